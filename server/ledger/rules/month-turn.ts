import type { Micro } from '../../money/microcredits.ts';
import { type Month, monthAfter, monthAt, monthsFrom, startOfMonth } from '../../money/periods.ts';

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

export interface CarriedDebt {
  /** The month that began with the debt. */
  readonly month: Month;
  readonly debtMicro: Micro;
}

export interface MonthTurn extends PeriodState {
  /** What to book, oldest first. */
  readonly entries: readonly TurnEntry[];
  readonly debts: readonly CarriedDebt[];
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
  const debts: CarriedDebt[] = [];
  let { remainingMicro, month } = state;
  while (month < target) {
    month = monthAfter(month);
    const start = startOfMonth(month);
    if (remainingMicro > 0n) {
      entries.push({ kind: 'expiry', amountMicro: -remainingMicro, at: start });
      remainingMicro = 0n;
    }
    if (remainingMicro < 0n) debts.push({ month, debtMicro: -remainingMicro });
    entries.push({ kind: 'grant', amountMicro: grantMicro, at: start });
    remainingMicro += grantMicro;
  }
  return { remainingMicro, month, entries, debts };
}

/** Where the freed part of a hold goes. The two are all of it. */
export interface Freed {
  /** To the balance. */
  readonly backMicro: Micro;
  readonly expiredMicro: Micro;
}

/**
 * A hold belongs to the month whose credits it was taken from, and what is freed of it goes back there: when the month is
 * over, it does what it would have done if it had been freed in the last moment of that month. It pays the debt that the
 * month carried over, as far as every later month carried it on (`debtsMicro`: of each month that began with a debt, after
 * `heldIn` and up to `month`); the rest expires. So no order of turns and endings makes credits that were not granted.
 */
export function freeHeld(freedMicro: Micro, heldIn: Month, month: Month, debtsMicro: readonly Micro[]): Freed {
  if (heldIn >= month) return { backMicro: freedMicro, expiredMicro: 0n };
  const isCarriedOn = debtsMicro.length === monthsFrom(heldIn, month);
  const backMicro = isCarriedOn ? debtsMicro.reduce(lesser, freedMicro) : 0n;
  return { backMicro, expiredMicro: freedMicro - backMicro };
}

/**
 * What a settled call leaves of its hold. The cost is paid by the hold first, whatever month that is of; only what is above it
 * is paid by the month in which it is settled.
 */
export function unusedMicro(heldMicro: Micro, costMicro: Micro): Micro {
  return heldMicro > costMicro ? heldMicro - costMicro : 0n;
}

function lesser(a: Micro, b: Micro): Micro {
  return a < b ? a : b;
}
