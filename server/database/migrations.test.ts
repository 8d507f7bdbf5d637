import { expect, it } from 'vitest';
import { commonSteps, type SchemaDialect } from './migrations.ts';

const newTable = ({ integer, bytes, table }: SchemaDialect) =>
  table('notes', `id text primary key, hash ${bytes}, created_at ${integer} not null`);

it.each([
  ['sqlite', 'create table if not exists notes (id text primary key, hash blob, created_at integer not null) strict;'],
  [
    'postgres',
    'create table if not exists notes (id text primary key, hash bytea, created_at bigint not null, ' +
      'written_at timestamptz not null default clock_timestamp());',
  ],
] as const)('writes a step that is given once as %s has it', (engine, statement) => {
  expect(commonSteps(engine, [newTable]).map((step) => String(step).replaceAll(/\s+/g, ' '))).toEqual([statement]);
});
