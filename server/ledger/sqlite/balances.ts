import type { Database } from 'better-sqlite3';
import type { Micro } from '../../money/microcredits.ts';
import type { Month } from '../../money/periods.ts';
import type { CreditsState } from '../../money/plans.ts';
import type { LedgerEntry } from '../audit.ts';
import {
  BALANCE_COLUMNS,
  type BalanceRow,
  dueTurn,
  type HeldPart,
  lateExpiry,
  monthlyGrant,
  toCredits,
} from '../rows.ts';
import { freeHeld } from '../rules/month-turn.ts';

/**
 * The one hand on `accounts.balance_micro`. It moves with a ledger entry or with a hold, in the transaction of its
 * caller, and in no other way.
 */
export interface Balances {
  /** What the month of `at` holds; undefined where that month has yet to be started, or the account is unknown. */
  peek(accountId: string, at: number): CreditsState | undefined;
  /** The same, starting the month first. Undefined for an unknown account. */
  current(accountId: string, at: number): CreditsState | undefined;
  /** Books the entry. `heldMicro` is what a hold has reserved for it. Returns what remains. */
  post(entry: LedgerEntry, heldMicro?: Micro): Micro;
  /** Takes a hold's amount off. Returns what remains. */
  hold(accountId: string, amountMicro: Micro): Micro;
  /** Starts the month of `at`, where it has not begun, and answers which month it is. Throws on an unknown account. */
  startMonth(accountId: string, at: number): Month;
  /**
   * Gives a part of a hold back in `month`, the account's, and takes off again what has expired of it. Returns what remains.
   */
  giveBack(part: HeldPart, month: Month): Micro;
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

  const carryDebt = db.prepare<[string, string, bigint]>(
    'INSERT INTO carried_debts (account_id, month, debt_micro) VALUES (?, ?, ?)',
  );
  const selectDebts = db.prepare<[string, string], { readonly debt_micro: bigint }>(
    'SELECT debt_micro FROM carried_debts WHERE account_id = ? AND month > ?',
  );
  const payDebts = db.prepare<[bigint, string, string]>(
    'UPDATE carried_debts SET debt_micro = debt_micro - ? WHERE account_id = ? AND month > ?',
  );

  function move(accountId: string, byMicro: Micro): Micro {
    const row = byMicro === 0n ? selectRemaining.get(accountId) : change.get(byMicro, accountId);
    if (row === undefined) throw new Error(`no account ${accountId}`);
    return row.balance_micro;
  }

  function post(entry: LedgerEntry, heldMicro: Micro = 0n): Micro {
    append.run(entry.accountId, entry.kind, entry.amountMicro, entry.holdId, entry.note, entry.at);
    return move(entry.accountId, entry.amountMicro + heldMicro);
  }

  /** The account's row, as its month of `at` has it. */
  function started(accountId: string, at: number): BalanceRow | undefined {
    const row = select.get(accountId);
    const turn = row && dueTurn(row, at);
    if (row === undefined || turn === undefined) return row;
    for (const entry of turn.entries) post({ ...entry, accountId, holdId: null, note: null });
    for (const { month, debtMicro } of turn.debts) carryDebt.run(accountId, month, debtMicro);
    const granted = monthlyGrant(row);
    setMonth.run(turn.month, granted, accountId);
    return { ...row, balance_micro: turn.remainingMicro, month: turn.month, granted_micro: granted };
  }

  return {
    peek(accountId, at) {
      const row = select.get(accountId);
      return row === undefined || dueTurn(row, at) !== undefined ? undefined : toCredits(row);
    },
    current(accountId, at) {
      const row = started(accountId, at);
      return row && toCredits(row);
    },
    startMonth(accountId, at) {
      const row = started(accountId, at);
      if (row === undefined) throw new Error(`no account ${accountId}`);
      return row.month;
    },
    post,
    hold: (accountId, amountMicro) => move(accountId, -amountMicro),
    giveBack(part, month) {
      const { accountId, heldIn, freedMicro } = part;
      if (heldIn >= month) return move(accountId, freedMicro);
      const debts = selectDebts.all(accountId, heldIn).map((row) => row.debt_micro);
      const { backMicro, expiredMicro } = freeHeld(freedMicro, heldIn, month, debts);
      if (backMicro > 0n) payDebts.run(backMicro, accountId, heldIn);
      const remainingMicro = move(accountId, freedMicro);
      return expiredMicro === 0n ? remainingMicro : post(lateExpiry(part, expiredMicro));
    },
  };
}
