import type { Micro } from '../../money/microcredits.ts';
import { type Month, monthAfter, monthAt, startOfMonth } from '../../money/periods.ts';

/** An account's money at rest: what can be spent, and the month that the last grant was for. */
export interface PeriodState {
  readonly remainingMicro: Micro;
  readonly month: Month;
}

export interface TurnEntry {
  readonly kind: 'expiry' | 'grant';
  /** Signed: what the entry adds to the account. */
  readonly amountMicro: Micro;
  /** The first millisecond of the month that turned. */
  readonly at: number;
}

export interface MonthTurn extends PeriodState {
  /** What to book, oldest first. */
  readonly entries: readonly TurnEntry[];
}

/**
 * Brings an account to the month of `at`; undefined where that month, or a later one, has started already.
 * With each month what is left unused expires, a debt carries over, and the grant is added; open holds stay as they are.
 * Months without a reading are turned one by one, so that the balance does not depend on when it was read.
 */
export function turnMonths(state: PeriodState, grantMicro: Micro, at: number): MonthTurn | undefined {
  const target = monthAt(at);
  if (target <= state.month) return undefined;
  const entries: TurnEntry[] = [];
  let { remainingMicro, month } = state;
  while (month < target) {
    month = monthAfter(month);
    const start = startOfMonth(month);
    if (remainingMicro > 0n) {
      entries.push({ kind: 'expiry', amountMicro: -remainingMicro, at: start });
      remainingMicro = 0n;
    }
    entries.push({ kind: 'grant', amountMicro: grantMicro, at: start });
    remainingMicro += grantMicro;
  }
  return { remainingMicro, month, entries };
}
