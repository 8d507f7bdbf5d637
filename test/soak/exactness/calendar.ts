import { until } from '../../harness/wait.ts';

/** A clock that stands still, and is moved over the ends of months. */
export interface Calendar {
  now(): number;
  /** Moves it to the last seconds of the month after this one: so no day of the last turn is within 30 days of the next. */
  toEndOfMonth(): void;
  /** Moves it from there into the first seconds of the next month, in a moment in which nothing is being booked. */
  turn(): Promise<void>;
  /** Books something at this time. */
  booking<T>(book: (at: number) => Promise<T>): Promise<T>;
}

const SECONDS_BESIDE_MS = 10_000;

export function createCalendar(startMs: number): Calendar {
  let nowMs = startMs;
  let underWay = 0;
  const monthStart = (monthsAhead: number) => {
    const date = new Date(nowMs);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsAhead);
  };
  return {
    now: () => nowMs,
    toEndOfMonth() {
      nowMs = monthStart(2) - SECONDS_BESIDE_MS;
    },
    async turn() {
      await until(() => underWay === 0);
      nowMs = monthStart(1) + SECONDS_BESIDE_MS;
    },
    async booking(book) {
      underWay += 1;
      try {
        return await book(nowMs);
      } finally {
        underWay -= 1;
      }
    },
  };
}
