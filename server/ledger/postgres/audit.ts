import { type Connections, type Session, statement } from '../../database/postgres/database.ts';
import type { LedgerAudit } from '../audit.ts';
import { HOLD_COLUMNS, type HoldRow, holdOf, OPEN_HOLD_COLUMNS, type OpenHoldRow, openHoldOf } from '../hold-rows.ts';
import {
  type BooksRow,
  booksOf,
  ENTRY_COLUMNS,
  type EntryRow,
  entryOf,
  type OpenTotalRow,
  openTotalOf,
} from '../ledger-rows.ts';
import { inspectRest } from './inspection.ts';

const SELECT_BOOKS = statement(`
  SELECT id, balance_micro,
    (SELECT coalesce(sum(amount_micro), 0)::bigint FROM ledger_entries WHERE account_id = accounts.id) AS ledger_micro,
    (SELECT coalesce(sum(amount_micro), 0)::bigint FROM holds
     WHERE account_id = accounts.id AND state IN ('held', 'uncertain')) AS open_holds_micro
  FROM accounts ORDER BY created_at, written_at`);
const SELECT_LEDGER = statement(`SELECT ${ENTRY_COLUMNS} FROM ledger_entries WHERE account_id = $1 ORDER BY number`);
const SELECT_OPEN_HOLDS = statement(`
  SELECT ${OPEN_HOLD_COLUMNS} FROM holds WHERE state IN ('held', 'uncertain') ORDER BY created_at, written_at`);
const SELECT_TOTALS = statement(`
  SELECT state, count(*) AS count, sum(amount_micro)::bigint AS amount_micro
  FROM holds WHERE state IN ('held', 'uncertain') GROUP BY state`);
const SELECT_HOLD = statement(`SELECT ${HOLD_COLUMNS} FROM holds WHERE id = $1`);

export function ledgerAudit({ run }: Connections): LedgerAudit {
  const books = async (tx: Session) => (await tx.query<BooksRow>(SELECT_BOOKS)).map(booksOf);
  return {
    books: () => run((db) => db.snapshot(books)),
    ledger: (accountId) =>
      run((db) => db.snapshot(async (tx) => (await tx.query<EntryRow>(SELECT_LEDGER, [accountId])).map(entryOf))),
    openHolds: () => run(async (db) => (await db.query<OpenHoldRow>(SELECT_OPEN_HOLDS)).map(openHoldOf)),
    openHoldTotals: () => run(async (db) => (await db.query<OpenTotalRow>(SELECT_TOTALS)).map(openTotalOf)),
    findHold: (holdId) =>
      run(async (db) => {
        const [row] = await db.query<HoldRow>(SELECT_HOLD, [holdId]);
        return row && holdOf(row);
      }),
    inspect: (inspector) =>
      run((db) =>
        db.snapshot(async (tx) => {
          for (const account of await books(tx)) inspector.account(account);
          await inspectRest(tx, inspector);
        }),
      ),
  };
}
