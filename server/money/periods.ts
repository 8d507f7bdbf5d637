/** Calendar arithmetic, all in UTC. Points in time are milliseconds since the epoch. */

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;

/** A calendar month, `YYYY-MM`: the period that credits are granted for. Compares in time order as text. */
export type Month = string;

/** A calendar day, `YYYY-MM-DD`. Compares in time order as text. */
export type Day = string;

/** `GET /users/me/ai-usage` looks back over this many days, today included. */
export const USAGE_WINDOW_DAYS = 30;

export type MetricRange = '1h' | '6h' | '24h' | '7d';

const METRIC_RANGES: Readonly<Record<MetricRange, { readonly seconds: number; readonly stepSeconds: number }>> = {
  '1h': { seconds: 3600, stepSeconds: 60 },
  '6h': { seconds: 21_600, stepSeconds: 300 },
  '24h': { seconds: 86_400, stepSeconds: 900 },
  '7d': { seconds: 604_800, stepSeconds: 3600 },
};

/** The longest that usage by the minute is asked for. */
const LONGEST_METRIC_RANGE_MS = METRIC_RANGES['7d'].seconds * SECOND_MS;

/** Usage by the minute is kept this long: the longest range, and a day's margin for its alignment. */
export const MINUTES_KEPT_MS = LONGEST_METRIC_RANGE_MS + DAY_MS;

/** A stretch of time cut into buckets, aligned to the epoch: `from` inclusive, `to` exclusive. */
export interface BucketWindow {
  readonly from: number;
  readonly to: number;
  readonly stepSeconds: number;
}

export function monthAt(at: number): Month {
  return new Date(at).toISOString().slice(0, 7);
}

/** First millisecond of the month. */
export function startOfMonth(month: Month): number {
  return Date.parse(`${month}-01T00:00:00Z`);
}

export function monthAfter(month: Month): Month {
  const start = new Date(startOfMonth(month));
  return monthAt(start.setUTCMonth(start.getUTCMonth() + 1));
}

/** How many months `later` is after `month`. */
export function monthsFrom(month: Month, later: Month): number {
  const count = (text: Month) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5));
  return count(later) - count(month);
}

export function dayAt(at: number): Day {
  return new Date(at).toISOString().slice(0, 10);
}

/** First day of the usage window that ends today. */
export function usageWindowStart(at: number): Day {
  return dayAt(at - (USAGE_WINDOW_DAYS - 1) * DAY_MS);
}

/** The buckets of a metric range, the last of which is the one under way at `at`. */
export function metricWindow(range: MetricRange, at: number): BucketWindow {
  const { seconds, stepSeconds } = METRIC_RANGES[range];
  const stepMs = stepSeconds * SECOND_MS;
  const to = (Math.floor(at / stepMs) + 1) * stepMs;
  return { from: to - seconds * SECOND_MS, to, stepSeconds };
}

/** One row for every bucket of the window: what was counted where something was, else `empty`. */
export function fillBuckets<T extends object>(
  window: BucketWindow,
  counted: Iterable<T & { readonly from: number }>,
  empty: T,
): readonly (T & { readonly from: number })[] {
  const byStart = new Map(Array.from(counted, (bucket) => [bucket.from, bucket]));
  const stepMs = window.stepSeconds * SECOND_MS;
  const count = Math.ceil((window.to - window.from) / stepMs);
  return Array.from({ length: count }, (_, index) => {
    const from = window.from + index * stepMs;
    return byStart.get(from) ?? { ...empty, from };
  });
}

/** RFC 3339 in UTC, with milliseconds: how every point in time is answered. */
export function timestamp(at: number): string {
  return new Date(at).toISOString();
}
