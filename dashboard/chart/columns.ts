import type { DayUsage, Series, Usage, WorkspaceUsage } from '../data/facts.ts';
import { type Day, daysUntil, startOfDay, toDay } from '../figures/calendar.ts';
import { isNothing, NOTHING, remainder, sum, type Totals } from '../figures/totals.ts';

/** Colours that can be told apart; beyond them workspaces are `others`. */
export const MOST_WORKSPACES = 6;

/** A workspace's id, the rest of the sum, or a sum that is not divided. */
export type SegmentKey = string;
export const OTHERS: SegmentKey = 'others';
export const UNDIVIDED: SegmentKey = 'undivided';

export interface Segment {
  readonly key: SegmentKey;
  readonly totals: Totals;
}

/** A stretch of time with its sum, which is the platform's own, and what it consists of, from the axis upwards. */
export interface Column {
  readonly startSeconds: number;
  readonly total: Totals;
  readonly segments: readonly Segment[];
}

/** Usage over time of the account, and of those of its workspaces that are told apart. */
export interface DividedSeries {
  readonly account: Series;
  readonly workspaces: ReadonlyMap<string, Series>;
}

/** The workspaces that get a colour: those with the most requests, in any mode. In the order of `living`. */
export function workspacesToTellApart(used: readonly WorkspaceUsage[], living: readonly string[]): readonly string[] {
  const requests = new Map(used.map((row) => [row.id, row.requests]));
  const countRequests = (id: string) => requests.get(id) ?? 0n;
  const inUse = living.filter((id) => countRequests(id) > 0n);
  const busiest = inUse.toSorted((a, b) => Number(countRequests(b) - countRequests(a))).slice(0, MOST_WORKSPACES);
  return inUse.filter((id) => busiest.includes(id));
}

/** One column for each step of the series: an hour, or as fine as the range asks for. */
export function stepColumns({ account, workspaces }: DividedSeries): readonly Column[] {
  const byStart = new Map(
    Array.from(workspaces, ([id, { steps }]) => [id, new Map(steps.map((step) => [step.startSeconds, step]))]),
  );
  return account.steps.map((step) => {
    const parts = Array.from(byStart, ([key, steps]) => ({
      key,
      totals: pickTotals(steps.get(step.startSeconds) ?? NOTHING),
    }));
    return column(step.startSeconds, step, parts);
  });
}

/** One column for each day of the window. Days that the hourly series covers whole are divided, older ones are not. */
export function dayColumns(usage: Usage, today: Day, hourly: DividedSeries | undefined): readonly Column[] {
  const byDay = new Map(usage.days.map((row) => [row.day, row]));
  const hours = Map.groupBy(hourly === undefined ? [] : stepColumns(hourly), (hour) => toDay(hour.startSeconds));
  return daysUntil(lastDay(usage.days, today), usage.windowDays).map((day) => {
    const total = byDay.get(day) ?? NOTHING;
    const startSeconds = startOfDay(day);
    const own = hours.get(day);
    const isWhole = own?.[0]?.startSeconds === startSeconds;
    if (!isWhole) return { startSeconds, total, segments: undivided(total) };
    const keys = [...(hourly?.workspaces.keys() ?? [])];
    return column(
      startSeconds,
      total,
      keys.map((key) => ({ key, totals: sum(own.map((hour) => findTotals(hour, key))) })),
    );
  });
}

export function findTotals({ segments }: Column, key: SegmentKey): Totals {
  return segments.find((segment) => segment.key === key)?.totals ?? NOTHING;
}

/** The steps of one day, where the series has it whole. */
export function hoursOnDay(columns: readonly Column[], day: Day): readonly Column[] {
  const own = columns.filter(({ startSeconds }) => toDay(startSeconds) === day);
  return own[0]?.startSeconds === startOfDay(day) ? own : [];
}

/** The keys that occur, in the order of the stack: those told apart first, as they are told apart. */
export function stackedKeys(columns: readonly Column[], toldApart: readonly string[]): readonly SegmentKey[] {
  const keys = new Set(columns.flatMap(({ segments }) => segments.map(({ key }) => key)));
  const ends: readonly SegmentKey[] = [OTHERS, UNDIVIDED];
  const rest = [...keys].filter((key) => !toldApart.includes(key) && !ends.includes(key));
  return [...toldApart, ...rest, ...ends].filter((key) => keys.has(key));
}

/** Adds the usage that belongs to no workspace. A sum that is smaller than its parts was read earlier; it is not divided. */
function column(startSeconds: number, total: Totals, parts: readonly Segment[]): Column {
  const rest = remainder(total, sum(parts.map(({ totals }) => totals)));
  if (rest === undefined) return { startSeconds, total, segments: undivided(total) };
  const segments = [...parts, { key: OTHERS, totals: rest }].filter(({ totals }) => !isNothing(totals));
  return { startSeconds, total: pickTotals(total), segments };
}

function undivided(total: Totals): readonly Segment[] {
  return isNothing(total) ? [] : [{ key: UNDIVIDED, totals: pickTotals(total) }];
}

/** The sums of a row that has more fields. */
function pickTotals({ requests, inputTokens, outputTokens, costMicro }: Totals): Totals {
  return { requests, inputTokens, outputTokens, costMicro };
}

/** Today, unless the platform lists a later day. */
function lastDay(days: readonly DayUsage[], today: Day): Day {
  const last = days.at(-1)?.day;
  return last !== undefined && last > today ? last : today;
}
