import type { EngineName } from './query.ts';
import type { Migration } from './schema-version.ts';

/** The schema's steps since they are written once for both engines. What came before stands with each engine. */

/** What differs between the engines in the definition of a table. */
export interface SchemaDialect {
  /** A whole number: microcredits, or milliseconds since the epoch. */
  readonly integer: string;
  readonly bytes: string;
  /** `create table`, with strict types, and with the order in which rows are written (see `Dialect.written`). */
  table(name: string, definitions: string): string;
}

const dialects: Readonly<Record<EngineName, SchemaDialect>> = {
  sqlite: {
    integer: 'integer',
    bytes: 'blob',
    table: (name, definitions) => `create table if not exists ${name} (${definitions}) strict;`,
  },
  postgres: {
    integer: 'bigint',
    bytes: 'bytea',
    table: (name, definitions) =>
      `create table if not exists ${name} (${definitions},
        written_at timestamptz not null default clock_timestamp());`,
  },
};

/**
 * Add a step to the end. A step that has been published is never changed. Processes of the version before are at work while
 * it runs, and may be started afterwards: it expands, or says that it breaks them.
 */
const STEPS: readonly ((dialect: SchemaDialect) => Migration)[] = [
  // The address that was given out last. PostgreSQL has had it from the start.
  ({ integer, table }) => `
    ${table('address_turn', `id ${integer} primary key check (id = 1), last_address text`)}
    insert into address_turn (id, last_address)
    select 1, (select ip_address from workspaces where ip_address is not null order by created_at desc limit 1)
    where not exists (select 1 from address_turn);`,
  // What providers keep under the platform's key, and the workspace that got it.
  ({ integer, table }) => `
    ${table(
      'provider_ids',
      `api text not null, id text not null, workspace_id text not null, context_tokens ${integer},
       kept_at ${integer} not null, primary key (api, id)`,
    )}
    create index provider_ids_by_workspace on provider_ids (workspace_id, kept_at);`,
  // The month whose credits a hold was taken from (null: the month in which it was placed), and what it reserved at first
  // (null: what it reserves now); the debts that months began with, as far as they are not paid by what was freed later.
  ({ integer, table }) => `
    alter table holds add column month text;
    alter table holds add column placed_micro ${integer};
    ${table(
      'carried_debts',
      `account_id text not null, month text not null, debt_micro ${integer} not null check (debt_micro >= 0),
        primary key (account_id, month)`,
    )}`,
  // What was charged without its price being known, once a day for each field, with the first hold of which it was so.
  ({ integer, table }) =>
    table(
      'unpriced_usage',
      `day text not null, provider text not null, model text not null, field text not null, hold_id text not null,
        at ${integer} not null, primary key (day, provider, model, field)`,
    ),
];

/** The steps for one engine, to stand behind its own. */
export function commonSteps(engine: EngineName, steps = STEPS): readonly Migration[] {
  return steps.map((step) => step(dialects[engine]));
}
