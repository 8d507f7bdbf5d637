/** Days, months and clock times, all in UTC. Points in time are Unix seconds, as in the contract's metrics. */

const DAY_SECONDS = 86_400;

/** `YYYY-MM-DD`. Compares in time order as text. */
export type Day = string;

export function toDay(atSeconds: number): Day {
  return new Date(atSeconds * 1000).toISOString().slice(0, 10);
}

export function startOfDay(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}

export function addDays(day: Day, days: number): Day {
  return toDay(startOfDay(day) + days * DAY_SECONDS);
}

/** `count` days, oldest first, the last of which is `last`. */
export function daysUntil(last: Day, count: number): readonly Day[] {
  return Array.from({ length: count }, (_, index) => addDays(last, index - count + 1));
}

export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

/** The day on which credits are granted anew: a period is a calendar month. */
export function firstOfNextMonth(day: Day): Day {
  return firstOfMonth(addDays(firstOfMonth(day), 31));
}

/** Days from one to the other; negative when `to` comes first. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / DAY_SECONDS);
}

const format = (options: Intl.DateTimeFormatOptions) => {
  const formatter = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
  return (atSeconds: number) => formatter.format(atSeconds * 1000);
};

const shortDay = format({ day: 'numeric', month: 'short' });
const longDay = format({ weekday: 'long', day: 'numeric', month: 'long' });
const time = format({ hour: '2-digit', minute: '2-digit' });
const preciseTime = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** `24 Mar` */
export const formatDay = (day: Day) => shortDay(startOfDay(day));
/** `Tuesday 24 March` */
export const formatLongDay = (day: Day) => longDay(startOfDay(day)).replace(',', '');
/** `14:25` */
export const formatTime = (atSeconds: number) => time(atSeconds);
/** `14:25:30` */
export const formatPreciseTime = (atSeconds: number) => preciseTime(atSeconds);
/** `24 Mar, 14:00 to 15:00` */
export function formatStep(fromSeconds: number, stepSeconds: number): string {
  const until = formatTime(fromSeconds + stepSeconds);
  return `${shortDay(fromSeconds)}, ${formatTime(fromSeconds)} to ${until}`;
}
