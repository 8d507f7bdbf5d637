import { type Session, statement } from '../../database/postgres/connections.ts';
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
 * `accounts.balance_micro` moves here, with a ledger entry, and in the statements that place and close holds; always
 * under the lock of the account's row, which numbers its entries too.
 */

const SELECT = statement(`SELECT ${BALANCE_COLUMNS} FROM accounts WHERE id = $1`);
const LOCK = statement(`SELECT ${BALANCE_COLUMNS} FROM accounts WHERE id = $1 FOR UPDATE`);
const POST = statement(`
  WITH account AS (
    UPDATE accounts SET balance_micro = balance_micro + $3, last_entry = last_entry + 1 WHERE id = $1
    RETURNING id, last_entry, balance_micro
  ), entry AS (
    INSERT INTO ledger_entries (account_id, number, kind, amount_micro, note, at)
    SELECT id, last_entry, $2, $3, $4, $5 FROM account
  )
  SELECT balance_micro FROM account`);
const CARRY_DEBT = statement('INSERT INTO carried_debts (account_id, month, debt_micro) VALUES ($1, $2, $3)');
const SELECT_DEBTS = statement('SELECT debt_micro FROM carried_debts WHERE account_id = $1 AND month > $2');
const PAY_DEBTS = statement(
  'UPDATE carried_debts SET debt_micro = debt_micro - $3::bigint WHERE account_id = $1 AND month > $2',
);
const SET_MONTH = statement('UPDATE accounts SET month = $2, granted_micro = $3 WHERE id = $1');

/** What the month of `at` holds; undefined where that month has yet to be started, or the account is unknown. */
export async function peekCredits(db: Session, accountId: string, at: number): Promise<CreditsState | undefined> {
  const [row] = await db.query<BalanceRow>(SELECT, [accountId]);
  return row === undefined || dueTurn(row, at) !== undefined ? undefined : toCredits(row);
}

/**
 * The same, starting the month first. From then on until the transaction ends no other transaction moves the account's money or
 * places a hold on it. Undefined for an unknown account.
 */
export async function lockCredits(tx: Session, accountId: string, at: number): Promise<CreditsState | undefined> {
  const row = await lockStarted(tx, accountId, at);
  return row && toCredits(row);
}

/** The same; answers which month it is. Throws on an unknown account. */
export async function lockMonth(tx: Session, accountId: string, at: number): Promise<Month> {
  const row = await lockStarted(tx, accountId, at);
  if (row === undefined) throw new Error(`no account ${accountId}`);
  return row.month;
}

async function lockStarted(tx: Session, accountId: string, at: number): Promise<BalanceRow | undefined> {
  const [row] = await tx.query<BalanceRow>(LOCK, [accountId]);
  const turn = row && dueTurn(row, at);
  if (row === undefined || turn === undefined) return row;
  for (const entry of turn.entries) await post(tx, { ...entry, accountId, note: null });
  for (const { month, debtMicro } of turn.debts) await tx.query(CARRY_DEBT, [accountId, month, debtMicro]);
  const granted = monthlyGrant(row);
  await tx.query(SET_MONTH, [accountId, turn.month, granted]);
  return { ...row, balance_micro: turn.remainingMicro, month: turn.month, granted_micro: granted };
}

/** Takes off again what has expired of a part of a hold that was given back in `month`, the account's. Returns how much that is. */
export async function expireLate(tx: Session, part: HeldPart, month: Month): Promise<Micro> {
  const { accountId, heldIn, freedMicro } = part;
  if (heldIn >= month) return 0n;
  const debts = await tx.query<{ debt_micro: bigint }>(SELECT_DEBTS, [accountId, heldIn]);
  const debtsMicro = debts.map((row) => row.debt_micro);
  const { backMicro, expiredMicro } = freeHeld(freedMicro, heldIn, month, debtsMicro);
  if (backMicro > 0n) await tx.query(PAY_DEBTS, [accountId, heldIn, backMicro]);
  if (expiredMicro > 0n) await post(tx, lateExpiry(part, expiredMicro));
  return expiredMicro;
}

/** Books an entry that is about no hold. Returns what remains. */
export async function post(tx: Session, entry: Omit<LedgerEntry, 'holdId'>): Promise<Micro> {
  const { accountId, kind, amountMicro, note, at } = entry;
  const [row] = await tx.query<Pick<BalanceRow, 'balance_micro'>>(POST, [accountId, kind, amountMicro, note, at]);
  if (row === undefined) throw new Error(`no account ${accountId}`);
  return row.balance_micro;
}
