import { type Selectable, sql } from 'kysely';
import { all, type Database, each, type Script } from '../database/database.ts';
import { type Dialect, type EngineName, queriesOn } from '../database/query.ts';
import { toUsageTotals } from '../money/usage.ts';
import type {
  AccountBooks,
  HoldBooks,
  LedgerAudit,
  LedgerEntry,
  LedgerInspector,
  MonthBooks,
  UsageBooks,
} from './audit.ts';
import {
  type AccountsTable,
  HOLD_COLUMNS,
  type HoldsTable,
  heldIn,
  type LedgerEntriesTable,
  OPEN_HOLD_COLUMNS,
  toHold,
  toOpenHold,
} from './rows.ts';

const query = queriesOn<{ accounts: AccountsTable; holds: HoldsTable; ledger_entries: LedgerEntriesTable }>();

/** Spelled out, so that the index of open holds serves. */
const IS_OPEN = sql<boolean>`state in ('held', 'uncertain')`;

/** PostgreSQL numbers the entries of an account; SQLite, those of all. */
const order = (engine: EngineName) => sql.ref(`ledger_entries.${engine === 'postgres' ? 'number' : 'id'}`);

const BOOKS = query((db, _: object, { sum, written }) =>
  db
    .selectFrom('accounts')
    .select(['accounts.id', 'balance_micro'])
    .select((select) => [
      select
        .selectFrom('ledger_entries')
        .select(sum('amount_micro').as('sum'))
        .whereRef('account_id', '=', 'accounts.id')
        .as('ledger_micro'),
      select
        .selectFrom('holds')
        .select(sum('amount_micro').as('sum'))
        .whereRef('account_id', '=', 'accounts.id')
        .where(IS_OPEN)
        .as('open_holds_micro'),
    ])
    .orderBy('created_at')
    .orderBy(written('accounts')),
);
const MONTHS = query(
  (_db, _: object, { engine, sum }) => sql<MonthBooksRow>`
    select id, month, balance_micro, granted_micro, cast(coalesce((
      select ${sum('amount_micro')} from ledger_entries where account_id = accounts.id and kind = 'adjustment'
        and ${order(engine)} > (
          select max(${order(engine)}) from ledger_entries where account_id = accounts.id and kind = 'grant')
    ), 0) as bigint) as adjusted_micro
    from accounts`,
);
const ENTRY_COLUMNS = ['account_id', 'kind', 'amount_micro', 'hold_id', 'note', 'at'] as const;
const LEDGER = query((db, values: { accountId: string }, { engine }) =>
  db
    .selectFrom('ledger_entries')
    .select(ENTRY_COLUMNS)
    .where('account_id', '=', values.accountId)
    .orderBy(order(engine)),
);
const OPEN_HOLDS = query((db, _: object, { written }) =>
  db.selectFrom('holds').select(OPEN_HOLD_COLUMNS).where(IS_OPEN).orderBy('created_at').orderBy(written('holds')),
);
const OPEN_TOTALS = query((db, _: object, { count, sum }) =>
  db
    .selectFrom('holds')
    .select('state')
    .select([count().as('count'), sum('amount_micro').as('amount_micro')])
    .where(IS_OPEN)
    .groupBy('state'),
);
const HOLD = query((db, values: { holdId: string }) =>
  db.selectFrom('holds').select(HOLD_COLUMNS).where('id', '=', values.holdId),
);

interface MonthBooksRow extends Pick<Selectable<AccountsTable>, 'id' | 'month' | 'balance_micro' | 'granted_micro'> {
  readonly adjusted_micro: bigint;
}

interface HoldBooksRow extends Pick<Selectable<HoldsTable>, 'month' | 'created_at' | 'amount_micro' | 'placed_micro'> {
  readonly id: string;
  readonly account_id: string;
  readonly mode: HoldBooks['mode'];
  readonly state: HoldBooks['state'];
  readonly cost_micro: bigint;
  readonly charges: bigint;
  readonly charged_micro: bigint;
  readonly elsewhere: bigint;
  readonly decision: 'settle' | 'release' | null;
  readonly decided_micro: bigint | null;
}

const HOLDS = query(
  () => sql<HoldBooksRow>`
    select holds.id, holds.account_id, holds.mode, holds.state, holds.cost_micro, decision,
      holds.month, holds.created_at, holds.amount_micro, holds.placed_micro,
      reconciliations.cost_micro as decided_micro,
      cast(case when entry.hold_id is null then 0 else 1 end as bigint) as charges,
      coalesce(entry.amount_micro, 0) as charged_micro,
      cast(case when entry.account_id <> holds.account_id then 1 else 0 end as bigint) as elsewhere
    from holds
      left join ledger_entries as entry on entry.hold_id = holds.id
      left join reconciliations on reconciliations.hold_id = holds.id`,
);
const STRAY_CHARGES = query((db) =>
  db
    .selectFrom('ledger_entries')
    .select(ENTRY_COLUMNS)
    .where('hold_id', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('holds').select('holds.id').whereRef('holds.id', '=', 'hold_id'))),
    ),
);

interface UsageBooksRow {
  readonly account_id: string;
  readonly workspace_id: string;
  readonly period: string | bigint;
  readonly requests: bigint;
  readonly input_tokens: bigint;
  readonly output_tokens: bigint;
  readonly cost_micro: bigint;
  readonly settled_requests: bigint;
  readonly settled_input_tokens: bigint;
  readonly settled_output_tokens: bigint;
  readonly settled_cost_micro: bigint;
}

const COUNTS = ['requests', 'input_tokens', 'output_tokens', 'cost_micro'] as const;

/** What was counted for a workspace in each period, beside what the settled holds of that time come to. */
function usageBooks({ sum, count }: Dialect, period: 'day' | 'minute', holdPeriod: unknown, isCounted: unknown) {
  const table = sql.table(`usage_${period}s`);
  const sums = [sql`${count()} as requests`, ...COUNTS.slice(1).map((name) => sql`${sum(name)} as ${sql.ref(name)}`)];
  const both = COUNTS.flatMap((name) => [
    sql`coalesce(counted.${sql.ref(name)}, 0) as ${sql.ref(name)}`,
    sql`coalesce(settled.${sql.ref(name)}, 0) as ${sql.ref(`settled_${name}`)}`,
  ]);
  return sql<UsageBooksRow>`
    with settled as (
      select account_id, workspace_id, ${holdPeriod} as ${sql.ref(period)}, ${sql.join(sums)}
      from holds where state = 'settled' and ${isCounted} group by 1, 2, 3
    )
    select account_id, workspace_id, ${sql.ref(period)} as period, ${sql.join(both)}
    from ${table} as counted ${sql.raw(period === 'day' ? 'full' : 'left')} join settled
      using (account_id, workspace_id, ${sql.ref(period)})`;
}

const USAGE_DAYS = query((_db, _: object, dialect) =>
  usageBooks(dialect, 'day', dialect.day('updated_at'), sql`1 = 1`),
);
/** Old minutes are thrown away: those that are there are right. */
const USAGE_MINUTES = query((_db, _: object, dialect) =>
  usageBooks(
    dialect,
    'minute',
    sql`updated_at / 60000`,
    sql`updated_at >= (select min(minute) from usage_minutes) * 60000`,
  ),
);

const MINUTE_MS = 60_000;

export function ledgerAudit(database: Database): LedgerAudit {
  return {
    books: () => database.snapshot(books),
    ledger: async (accountId) => (await database.snapshot(() => all(LEDGER, { accountId }))).map(toEntry),
    openHolds: async () => (await database.all(OPEN_HOLDS, {})).map(toOpenHold),
    async openHoldTotals() {
      return (await database.all(OPEN_TOTALS, {})).map(({ state, amount_micro, count }) => ({
        state: state === 'uncertain' ? 'uncertain' : 'held',
        amountMicro: amount_micro,
        count: Number(count),
      }));
    },
    async findHold(holdId) {
      const row = await database.first(HOLD, { holdId });
      return row && toHold(row);
    },
    inspect: (inspector) =>
      database.snapshot(function* () {
        for (const account of yield* books()) inspector.account(account);
        for (const month of yield* all(MONTHS, {})) inspector.month(toMonthBooks(month));
        yield* inspectRows(inspector);
      }),
  };
}

function* books(): Script<readonly AccountBooks[]> {
  return (yield* all(BOOKS, {})).map((row) => ({
    accountId: row.id,
    ledgerMicro: row.ledger_micro ?? 0n,
    remainingMicro: row.balance_micro,
    openHoldsMicro: row.open_holds_micro ?? 0n,
  }));
}

/** Tells what the rows say of holds, charges and usage. What is wrong with it is for `rules/books.ts` to say. */
function* inspectRows(inspector: LedgerInspector): Script<void> {
  yield* each(HOLDS, {}, (row) => inspector.hold(toHoldBooks(row)));
  yield* each(STRAY_CHARGES, {}, (row) => inspector.strayCharge(toEntry(row)));
  for (const usage of [USAGE_DAYS, USAGE_MINUTES]) yield* each(usage, {}, (row) => inspector.usage(toUsageBooks(row)));
}

interface EntryRow extends Omit<LedgerEntriesTable, 'amount_micro' | 'at'> {
  readonly amount_micro: bigint;
  readonly at: bigint;
}

function toEntry({ account_id, kind, amount_micro, hold_id, note, at }: EntryRow): LedgerEntry {
  return { accountId: account_id, kind, amountMicro: amount_micro, holdId: hold_id, note, at: Number(at) };
}

function toMonthBooks(row: MonthBooksRow): MonthBooks {
  return {
    accountId: row.id,
    month: row.month,
    remainingMicro: row.balance_micro,
    grantedMicro: row.granted_micro,
    adjustedMicro: row.adjusted_micro,
  };
}

function toHoldBooks(row: HoldBooksRow): HoldBooks {
  return {
    holdId: row.id,
    accountId: row.account_id,
    mode: row.mode,
    state: row.state,
    month: heldIn(row),
    amountMicro: row.placed_micro ?? row.amount_micro,
    boundMicro: row.amount_micro,
    costMicro: row.cost_micro,
    charges: Number(row.charges),
    chargedMicro: row.charged_micro,
    chargesElsewhere: Number(row.elsewhere),
    reconciled: row.decision === null ? null : { decision: row.decision, costMicro: row.decided_micro },
  };
}

function toUsageBooks(row: UsageBooksRow): UsageBooks {
  const { account_id: accountId, workspace_id: workspaceId, period } = row;
  return {
    accountId,
    workspaceId,
    period: typeof period === 'string' ? period : new Date(Number(period) * MINUTE_MS).toISOString().slice(0, 16),
    counted: toUsageTotals(row),
    settled: toUsageTotals({
      requests: row.settled_requests,
      input_tokens: row.settled_input_tokens,
      output_tokens: row.settled_output_tokens,
      cost_micro: row.settled_cost_micro,
    }),
  };
}
