import { type Session, statement } from '../../database/postgres/connections.ts';
import type { Micro } from '../../money/microcredits.ts';
import type { CreditsState } from '../../money/plans.ts';
import type { LedgerEntry } from '../audit.ts';
import { BALANCE_COLUMNS, type BalanceRow, dueTurn, monthlyGrant, toCredits } from '../rows.ts';

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
  const [row] = await tx.query<BalanceRow>(LOCK, [accountId]);
  const turn = row && dueTurn(row, at);
  if (row === undefined || turn === undefined) return row && toCredits(row);
  for (const entry of turn.entries) await post(tx, { ...entry, accountId, note: null });
  const totalMicro = monthlyGrant(row);
  await tx.query(SET_MONTH, [accountId, turn.month, totalMicro]);
  return { remainingMicro: turn.remainingMicro, totalMicro };
}

/** Books an entry that is about no hold. Returns what remains. */
export async function post(tx: Session, entry: Omit<LedgerEntry, 'holdId'>): Promise<Micro> {
  const { accountId, kind, amountMicro, note, at } = entry;
  const [row] = await tx.query<Pick<BalanceRow, 'balance_micro'>>(POST, [accountId, kind, amountMicro, note, at]);
  if (row === undefined) throw new Error(`no account ${accountId}`);
  return row.balance_micro;
}
