import type { Database } from 'better-sqlite3';
import type { AccountBooks, LedgerAudit, LedgerInspector } from '../audit.ts';
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
import { createInspection } from './inspection.ts';

export function ledgerAudit(db: Database): LedgerAudit {
  const selectBooks = db.prepare<[], BooksRow>(
    `SELECT id, balance_micro,
       (SELECT coalesce(sum(amount_micro), 0) FROM ledger_entries WHERE account_id = accounts.id) AS ledger_micro,
       (SELECT coalesce(sum(amount_micro), 0) FROM holds
        WHERE account_id = accounts.id AND state IN ('held', 'uncertain')) AS open_holds_micro
     FROM accounts ORDER BY created_at, rowid`,
  );
  const selectLedger = db.prepare<[string], EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM ledger_entries WHERE account_id = ? ORDER BY id`,
  );
  const selectOpenHolds = db.prepare<[], OpenHoldRow>(
    `SELECT ${OPEN_HOLD_COLUMNS} FROM holds WHERE state IN ('held', 'uncertain') ORDER BY created_at, rowid`,
  );
  const selectTotals = db.prepare<[], OpenTotalRow>(
    `SELECT state, count(*) AS count, sum(amount_micro) AS amount_micro
     FROM holds WHERE state IN ('held', 'uncertain') GROUP BY state`,
  );
  const selectHold = db.prepare<[string], HoldRow>(`SELECT ${HOLD_COLUMNS} FROM holds WHERE id = ?`);
  const inspectRest = createInspection(db);

  function books(): readonly AccountBooks[] {
    return selectBooks.all().map(booksOf);
  }

  const inspect = db.transaction((inspector: LedgerInspector) => {
    for (const account of books()) inspector.account(account);
    inspectRest(inspector);
  });

  return {
    async books() {
      return books();
    },
    async ledger(accountId) {
      return selectLedger.all(accountId).map(entryOf);
    },
    async openHolds() {
      return selectOpenHolds.all().map(openHoldOf);
    },
    async openHoldTotals() {
      return selectTotals.all().map(openTotalOf);
    },
    async findHold(holdId) {
      const row = selectHold.get(holdId);
      return row && holdOf(row);
    },
    async inspect(inspector) {
      inspect(inspector);
    },
  };
}
