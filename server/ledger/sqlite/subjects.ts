import type { Database } from 'better-sqlite3';
import {
  type ExceededLimit,
  lastingRefusal,
  resetsAt,
  type SubjectRefusal,
  type WindowEntry,
  type WindowUse,
  windowStart,
} from '../rules/subject-limits.ts';

/**
 * What a subject of an account has used, read from the holds: exact at any edge of a rolling window. A call without a
 * subject (null) has used nothing.
 */
export interface Subjects {
  use(
    accountId: string,
    subject: string | null,
    windows: readonly number[],
    at: number,
  ): ReadonlyMap<number, WindowUse>;
  /** Why the call is refused. Throws a RangeError where nothing was exceeded. */
  refusal(accountId: string, subject: string | null, exceeded: readonly ExceededLimit[], at: number): SubjectRefusal;
}

const COUNTED_MICRO = "CASE state WHEN 'settled' THEN cost_micro ELSE amount_micro END";

export function createSubjects(db: Database): Subjects {
  const selectUse = db.prepare<[string, string | null, number], WindowUse>(
    `SELECT count(*) AS requests, coalesce(sum(${COUNTED_MICRO}), 0) AS micro FROM holds
     WHERE account_id = ? AND subject = ? AND created_at > ? AND state <> 'released'`,
  );
  const selectEntries = db.prepare<[string, string | null, number], { at: bigint; micro: bigint }>(
    `SELECT created_at AS at, ${COUNTED_MICRO} AS micro FROM holds
     WHERE account_id = ? AND subject = ? AND created_at > ? AND state <> 'released'
     ORDER BY created_at`,
  );

  function use(accountId: string, subject: string | null, windowSeconds: number, at: number): WindowUse {
    const row = selectUse.get(accountId, subject, windowStart(windowSeconds, at));
    return row ?? { requests: 0n, micro: 0n };
  }

  function* entries(
    accountId: string,
    subject: string | null,
    windowSeconds: number,
    at: number,
  ): Generator<WindowEntry> {
    for (const row of selectEntries.iterate(accountId, subject, windowStart(windowSeconds, at))) {
      yield { at: Number(row.at), micro: row.micro };
    }
  }

  return {
    use: (accountId, subject, windows, at) =>
      new Map(windows.map((seconds) => [seconds, use(accountId, subject, seconds, at)])),
    refusal(accountId, subject, exceeded, at) {
      const [first, ...others] = exceeded.map((over) => ({
        limit: over.limit,
        used: over.used,
        resetsAt: resetsAt(over, entries(accountId, subject, over.limit.windowSeconds, at), at),
      }));
      if (first === undefined) throw new RangeError('no limit was exceeded');
      return lastingRefusal([first, ...others]);
    },
  };
}
