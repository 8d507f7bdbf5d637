import type { Database } from 'better-sqlite3';
import type { Micro } from '../../money/microcredits.ts';
import type { CreditsState } from '../../money/plans.ts';
import type { LedgerEntry } from '../audit.ts';
import { BALANCE_COLUMNS, type BalanceRow, dueTurn, monthlyGrant, toCredits } from '../rows.ts';

/**
 * The one hand on `accounts.balance_micro`. It moves with a ledger entry or with a hold, in the transaction of its
 * caller, and in no other way.
 */
export interface Balances {
  /** What the month of `at` holds; undefined where that month has yet to be started, or the account is unknown. */
  peek(accountId: string, at: number): CreditsState | undefined;
  /** The same, starting the month first. Undefined for an unknown account. */
  current(accountId: string, at: number): CreditsState | undefined;
  /** Books the entry. `backMicro` is what a hold that ends with it gives back. Returns what remains. */
  post(entry: LedgerEntry, backMicro?: Micro): Micro;
  /** Takes a hold's amount off. Returns what remains. */
  hold(accountId: string, amountMicro: Micro): Micro;
  /** Gives a hold's amount back. Returns what remains. */
  giveBack(accountId: string, amountMicro: Micro): Micro;
}

export function createBalances(db: Database): Balances {
  const select = db.prepare<[string], BalanceRow>(`SELECT ${BALANCE_COLUMNS} FROM accounts WHERE id = ?`);
  const selectRemaining = db.prepare<[string], Pick<BalanceRow, 'balance_micro'>>(
    'SELECT balance_micro FROM accounts WHERE id = ?',
  );
  const change = db.prepare<[bigint, string], Pick<BalanceRow, 'balance_micro'>>(
    'UPDATE accounts SET balance_micro = balance_micro + ? WHERE id = ? RETURNING balance_micro',
  );
  const setMonth = db.prepare<[string, bigint, string]>(
    'UPDATE accounts SET month = ?, granted_micro = ? WHERE id = ?',
  );
  const append = db.prepare<[string, string, bigint, string | null, string | null, number]>(
    'INSERT INTO ledger_entries (account_id, kind, amount_micro, hold_id, note, at) VALUES (?, ?, ?, ?, ?, ?)',
  );

  function move(accountId: string, byMicro: Micro): Micro {
    const row = byMicro === 0n ? selectRemaining.get(accountId) : change.get(byMicro, accountId);
    if (row === undefined) throw new Error(`no account ${accountId}`);
    return row.balance_micro;
  }

  function post(entry: LedgerEntry, backMicro: Micro = 0n): Micro {
    append.run(entry.accountId, entry.kind, entry.amountMicro, entry.holdId, entry.note, entry.at);
    return move(entry.accountId, entry.amountMicro + backMicro);
  }

  return {
    peek(accountId, at) {
      const row = select.get(accountId);
      return row === undefined || dueTurn(row, at) !== undefined ? undefined : toCredits(row);
    },
    current(accountId, at) {
      const row = select.get(accountId);
      const turn = row && dueTurn(row, at);
      if (row === undefined || turn === undefined) return row && toCredits(row);
      for (const entry of turn.entries) post({ ...entry, accountId, holdId: null, note: null });
      const totalMicro = monthlyGrant(row);
      setMonth.run(turn.month, totalMicro, accountId);
      return { remainingMicro: turn.remainingMicro, totalMicro };
    },
    post,
    hold: (accountId, amountMicro) => move(accountId, -amountMicro),
    giveBack: move,
  };
}
