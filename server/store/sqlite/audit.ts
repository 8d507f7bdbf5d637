import type { Database } from 'better-sqlite3';
import type { AccountBooks, LedgerAudit, LedgerEntry, LedgerInspector, OpenHoldTotal } from '../../domain/ledger.ts';
import { HOLD_COLUMNS, type HoldRow, holdOf, OPEN_HOLD_COLUMNS, type OpenHoldRow, openHoldOf } from './hold-rows.ts';
import { createInspection } from './inspection.ts';

interface BooksRow {
  readonly id: string;
  readonly ledger_micro: bigint;
  readonly balance_micro: bigint;
  readonly open_holds_micro: bigint;
}

interface EntryRow {
  readonly account_id: string;
  readonly kind: LedgerEntry['kind'];
  readonly amount_micro: bigint;
  readonly hold_id: string | null;
  readonly note: string | null;
  readonly at: bigint;
}

interface TotalRow {
  readonly state: OpenHoldTotal['state'];
  readonly count: bigint;
  readonly amount_micro: bigint;
}

export function ledgerAudit(db: Database): LedgerAudit {
  const selectBooks = db.prepare<[], BooksRow>(
    `SELECT id, balance_micro,
       (SELECT coalesce(sum(amount_micro), 0) FROM ledger_entries WHERE account_id = accounts.id) AS ledger_micro,
       (SELECT coalesce(sum(amount_micro), 0) FROM holds
        WHERE account_id = accounts.id AND state IN ('held', 'uncertain')) AS open_holds_micro
     FROM accounts ORDER BY created_at, rowid`,
  );
  const selectLedger = db.prepare<[string], EntryRow>(
    'SELECT account_id, kind, amount_micro, hold_id, note, at FROM ledger_entries WHERE account_id = ? ORDER BY id',
  );
  const selectOpenHolds = db.prepare<[], OpenHoldRow>(
    `SELECT ${OPEN_HOLD_COLUMNS} FROM holds WHERE state IN ('held', 'uncertain') ORDER BY created_at, rowid`,
  );
  const selectTotals = db.prepare<[], TotalRow>(
    `SELECT state, count(*) AS count, sum(amount_micro) AS amount_micro
     FROM holds WHERE state IN ('held', 'uncertain') GROUP BY state`,
  );
  const selectHold = db.prepare<[string], HoldRow>(`SELECT ${HOLD_COLUMNS} FROM holds WHERE id = ?`);
  const inspectRest = createInspection(db);

  function books(): readonly AccountBooks[] {
    return selectBooks.all().map((row) => ({
      accountId: row.id,
      ledgerMicro: row.ledger_micro,
      remainingMicro: row.balance_micro,
      openHoldsMicro: row.open_holds_micro,
    }));
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
      return selectLedger.all(accountId).map(({ account_id, kind, amount_micro, hold_id, note, at }) => ({
        accountId: account_id,
        kind,
        amountMicro: amount_micro,
        holdId: hold_id,
        note,
        at: Number(at),
      }));
    },
    async openHolds() {
      return selectOpenHolds.all().map(openHoldOf);
    },
    async openHoldTotals() {
      return selectTotals.all().map(({ state, amount_micro, count }) => ({
        state,
        amountMicro: amount_micro,
        count: Number(count),
      }));
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
