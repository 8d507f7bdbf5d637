import type { Selectable } from 'kysely';
import type { Int, IntOrNull } from '../database/query.ts';
import type { Micro } from '../money/microcredits.ts';
import { type Month, monthAt } from '../money/periods.ts';
import { type CreditsState, monthlyGrantMicro, type Plan } from '../money/plans.ts';
import type { Mode } from '../money/prices.ts';
import type { HoldRecord, LedgerEntry, OpenHold, Reconciled } from './audit.ts';
import type { HoldState } from './rules/holds.ts';
import { type MonthTurn, turnMonths } from './rules/month-turn.ts';

/** The tables of the books, and what their rows mean. Every integer is read as bigint. */

export interface AccountsTable {
  readonly id: string;
  readonly plan: Plan;
  readonly monthly_credits_micro: IntOrNull;
  readonly balance_micro: Int;
  readonly month: string;
  readonly granted_micro: Int;
  readonly created_at: Int;
}

export interface HoldsTable {
  readonly id: string;
  readonly account_id: string;
  readonly workspace_id: string;
  readonly mode: Mode;
  readonly state: HoldState;
  /** What it reserves now. */
  readonly amount_micro: Int;
  /** What it reserved at first; null: what it reserves now. */
  readonly placed_micro: IntOrNull;
  readonly cost_micro: Int;
  /** Whose credits it was taken from; null: of the month in which it was placed, as older versions left it. */
  readonly month: Month | null;
  readonly provider: string;
  readonly model: string;
  readonly subject: string | null;
  readonly reason: string | null;
  readonly input_tokens: Int;
  readonly output_tokens: Int;
  readonly created_at: Int;
  readonly updated_at: Int;
}

export interface LedgerEntriesTable {
  readonly account_id: string;
  readonly kind: 'grant' | 'expiry' | 'charge' | 'adjustment';
  readonly amount_micro: Int;
  readonly hold_id: string | null;
  readonly note: string | null;
  readonly at: Int;
}

export interface ReconciliationsTable {
  readonly hold_id: string;
  readonly decision: Reconciled['decision'];
  readonly cost_micro: IntOrNull;
  readonly operator: string;
  readonly reason: string;
  readonly evidence_sha256: string | null;
  readonly at: Int;
}

/** The money of an account, as it stands in its row. */
export type BalanceRow = Pick<
  Selectable<AccountsTable>,
  'plan' | 'monthly_credits_micro' | 'balance_micro' | 'month' | 'granted_micro'
>;

export const BALANCE_COLUMNS = 'plan, monthly_credits_micro, balance_micro, month, granted_micro';

/** What each month of the account is granted. */
export function monthlyGrant(row: BalanceRow): bigint {
  return monthlyGrantMicro({ plan: row.plan, monthlyCreditsMicro: row.monthly_credits_micro });
}

/** What has to be booked before the row tells of the month of `at`; undefined where it does already. */
export function dueTurn(row: BalanceRow, at: number): MonthTurn | undefined {
  return turnMonths({ remainingMicro: row.balance_micro, month: row.month }, monthlyGrant(row), at);
}

export function toCredits(row: BalanceRow): CreditsState {
  return { remainingMicro: row.balance_micro, totalMicro: row.granted_micro };
}

/** The month whose credits a hold was taken from. */
export function heldIn(row: { readonly month: Month | null; readonly created_at: bigint }): Month {
  return row.month ?? monthAt(Number(row.created_at));
}

/** What is given back of a hold. */
export interface HeldPart {
  readonly holdId: string;
  readonly accountId: string;
  readonly heldIn: Month;
  readonly freedMicro: Micro;
  readonly at: number;
}

/** The entry of what has expired of a hold with its month. */
export function lateExpiry({ accountId, holdId, heldIn, at }: HeldPart, expiredMicro: Micro): LedgerEntry {
  const note = `was held until now, by ${holdId} of ${heldIn}`;
  return { accountId, kind: 'expiry', amountMicro: -expiredMicro, holdId: null, note, at };
}

export const OPEN_HOLD_COLUMNS = [
  'id',
  'account_id',
  'workspace_id',
  'state',
  'amount_micro',
  'placed_micro',
  'provider',
  'model',
  'reason',
  'created_at',
  'updated_at',
] as const;
export const HOLD_COLUMNS = [...OPEN_HOLD_COLUMNS, 'mode', 'cost_micro'] as const;

export type HoldRow = Pick<Selectable<HoldsTable>, (typeof HOLD_COLUMNS)[number]>;

/** A hold that is known to be open. */
export function toOpenHold(row: Omit<HoldRow, 'mode' | 'cost_micro'>): OpenHold {
  return { ...toFields(row), state: row.state === 'uncertain' ? 'uncertain' : 'held' };
}

export function toHold(row: HoldRow): HoldRecord {
  return { ...toFields(row), state: row.state, mode: row.mode, costMicro: row.cost_micro };
}

function toFields(row: Omit<HoldRow, 'mode' | 'cost_micro'>) {
  return {
    holdId: row.id,
    accountId: row.account_id,
    workspaceId: row.workspace_id,
    amountMicro: row.placed_micro ?? row.amount_micro,
    boundMicro: row.amount_micro,
    provider: row.provider,
    model: row.model,
    reason: row.reason,
    createdAt: Number(row.created_at),
    since: Number(row.updated_at),
  };
}
