import type { CreditsState } from '../money/plans.ts';
import { monthlyGrantMicro, type Plan } from '../money/plans.ts';
import { type MonthTurn, turnMonths } from './rules/month-turn.ts';

/** The money of an account, as it stands in its row. */
export interface BalanceRow {
  readonly plan: Plan;
  readonly monthly_credits_micro: bigint | null;
  readonly balance_micro: bigint;
  readonly month: string;
  readonly granted_micro: bigint;
}

export const BALANCE_COLUMNS = 'plan, monthly_credits_micro, balance_micro, month, granted_micro';

/** What each month of the account is granted. */
export function grantOf(row: BalanceRow): bigint {
  return monthlyGrantMicro({ plan: row.plan, monthlyCreditsMicro: row.monthly_credits_micro });
}

/** What has to be booked before the row tells of the month of `at`; undefined where it does already. */
export function turnOf(row: BalanceRow, at: number): MonthTurn | undefined {
  return turnMonths({ remainingMicro: row.balance_micro, month: row.month }, grantOf(row), at);
}

export function creditsOf(row: BalanceRow): CreditsState {
  return { remainingMicro: row.balance_micro, totalMicro: row.granted_micro };
}
