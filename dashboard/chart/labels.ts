import { formatCount, formatCredits, formatShort } from '../figures/amounts.ts';
import { formatDay, formatLongDay, formatStep, formatTime, toDay } from '../figures/calendar.ts';
import { type Measure, measured, type Totals } from '../figures/totals.ts';

const DAY_SECONDS = 86_400;

/** `Tuesday 24 March`, or `24 Mar, 14:00 to 15:00`. */
export function formatStepOrDay(startSeconds: number, stepSeconds: number): string {
  return stepSeconds >= DAY_SECONDS ? formatLongDay(toDay(startSeconds)) : formatStep(startSeconds, stepSeconds);
}

/** Below the axis: the day, or the time where one day is all there is. */
export function axisLabel(startSeconds: number, stepSeconds: number, spanSeconds: number): string {
  const byDay = stepSeconds >= DAY_SECONDS || spanSeconds > 2 * DAY_SECONDS;
  return byDay ? formatDay(toDay(startSeconds)) : formatTime(startSeconds);
}

export function tickLabel(value: number, measure: Measure): string {
  if (measure === 'credits' && value > 0 && value < 1) return String(Number(value.toPrecision(3)));
  return formatShort(value);
}

/** The exact value, in words for credits and calls alike. */
export function exactValue(totals: Totals, measure: Measure): string {
  const value = measured(totals, measure);
  return measure === 'credits' ? formatCredits(value) : formatCount(value);
}

/** What a screen reader says for a column. */
export function spoken(totals: Totals, measure: Measure): string {
  const value = exactValue(totals, measure);
  return measure === 'credits' ? `${value} credits` : `${value} ${measure}`;
}
