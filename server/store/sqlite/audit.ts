import type { Database } from 'better-sqlite3';
import type { LedgerAudit, LedgerEntry, OpenHold } from '../../domain/store.ts';

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

interface OpenHoldRow {
  readonly id: string;
  readonly account_id: string;
  readonly workspace_id: string;
  readonly state: OpenHold['state'];
  readonly amount_micro: bigint;
  readonly provider: string;
  readonly model: string;
  readonly reason: string | null;
  readonly created_at: bigint;
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
    `SELECT id, account_id, workspace_id, state, amount_micro, provider, model, reason, created_at
     FROM holds WHERE state IN ('held', 'uncertain') ORDER BY created_at, rowid`,
  );

  return {
    async books() {
      return selectBooks.all().map((row) => ({
        accountId: row.id,
        ledgerMicro: row.ledger_micro,
        remainingMicro: row.balance_micro,
        openHoldsMicro: row.open_holds_micro,
      }));
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
      return selectOpenHolds.all().map((row) => ({
        holdId: row.id,
        accountId: row.account_id,
        workspaceId: row.workspace_id,
        state: row.state,
        amountMicro: row.amount_micro,
        provider: row.provider,
        model: row.model,
        reason: row.reason,
        createdAt: Number(row.created_at),
      }));
    },
  };
}
