import type { Micro } from './amounts.ts';
import { addDays, type Day, daysBetween, daysUntil, firstOfMonth, firstOfNextMonth } from './calendar.ts';

export interface DaySpend {
  readonly day: Day;
  readonly costMicro: Micro;
}

/** Whole days that the pace is taken from, today left out: it is not over. */
const PACE_DAYS = 7;

export type Outlook =
  /** No whole day of spending to go by. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'used_up' }
  | { readonly kind: 'lasts'; readonly paceMicro: Micro; readonly leftAtResetMicro: Micro }
  | { readonly kind: 'runs_out'; readonly paceMicro: Micro; readonly day: Day };

/** How far what remains goes if spending keeps the pace of the last week, rounded down to a microcredit a day. */
export function outlook(spent: readonly DaySpend[], remainingMicro: Micro, today: Day): Outlook {
  if (remainingMicro <= 0n) return { kind: 'used_up' };
  const since = addDays(today, -PACE_DAYS);
  const recent = spent.filter(({ day }) => day >= since && day < today);
  const paceMicro = recent.reduce((total, { costMicro }) => total + costMicro, 0n) / BigInt(PACE_DAYS);
  if (paceMicro === 0n) return { kind: 'idle' };
  const daysLeft = daysBetween(today, firstOfNextMonth(today));
  const leftAtResetMicro = remainingMicro - paceMicro * BigInt(daysLeft);
  if (leftAtResetMicro >= 0n) return { kind: 'lasts', paceMicro, leftAtResetMicro };
  return { kind: 'runs_out', paceMicro, day: addDays(today, Number(remainingMicro / paceMicro)) };
}

export interface Balance {
  readonly day: Day;
  readonly remainingMicro: Micro;
}

/**
 * What remained at the end of each day of this month, today last, worked out backwards from what remains now. The day
 * before the first stands for the grant.
 */
export function balances(spent: readonly DaySpend[], remainingMicro: Micro, today: Day): readonly Balance[] {
  const byDay = new Map(spent.map(({ day, costMicro }) => [day, costMicro]));
  const days = daysUntil(today, daysBetween(firstOfMonth(today), today) + 2);
  const found: Balance[] = [];
  let remaining = remainingMicro;
  for (const day of [...days].reverse()) {
    found.unshift({ day, remainingMicro: remaining });
    remaining += byDay.get(day) ?? 0n;
  }
  return found;
}
