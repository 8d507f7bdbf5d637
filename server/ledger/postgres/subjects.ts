import { type Session, statement } from '../../database/postgres/connections.ts';
import {
  type ExceededLimit,
  lastingRefusal,
  mostUsed,
  resetsAt,
  type SubjectLimit,
  type SubjectRefusal,
  type WindowEntry,
  type WindowUse,
  windowStart,
} from '../rules/subject-limits.ts';

/**
 * What a subject of an account has used, read from the holds: exact at any edge of a rolling window. A call without a
 * subject (null) has used nothing.
 */

const COUNTED_MICRO = "CASE state WHEN 'settled' THEN cost_micro ELSE amount_micro END";

const SELECT_USE = statement(`
  SELECT count(*) AS requests, coalesce(sum(${COUNTED_MICRO}), 0)::bigint AS micro FROM holds
  WHERE account_id = $1 AND subject = $2 AND created_at > $3 AND state <> 'released'`);
const SELECT_ENTRIES = statement(`
  SELECT created_at AS at, ${COUNTED_MICRO} AS micro FROM holds
  WHERE account_id = $1 AND subject = $2 AND created_at > $3 AND state <> 'released'
  ORDER BY created_at LIMIT $4`);
const FIRST_ENTRIES = 100n;

/**
 * The condition that a subject keeps to its limits, for a statement that places a hold; `limitValues` are its parameters,
 * from number `first` on. Exact only behind the lock of the account, in a statement that begins after it.
 */
export const withinLimits = (accountId: string, subject: string, first: number) => `
  NOT EXISTS (
    SELECT 1 FROM unnest($${first}::text[], $${first + 1}::bigint[], $${first + 2}::bigint[]) AS wanted (unit, since, most)
    WHERE most < (
      SELECT CASE unit WHEN 'requests' THEN count(*) ELSE coalesce(sum(${COUNTED_MICRO}), 0)::bigint END
      FROM holds
      WHERE account_id = ${accountId} AND subject = ${subject} AND created_at > since AND state <> 'released'
    )
  )`;

export function limitValues(limits: readonly SubjectLimit[], amountMicro: bigint, at: number) {
  return [
    limits.map(({ unit }) => unit),
    limits.map(({ windowSeconds }) => windowStart(windowSeconds, at)),
    limits.map((limit) => mostUsed(limit, amountMicro)),
  ] as const;
}

export async function windowUses(
  tx: Session,
  accountId: string,
  subject: string | null,
  windows: readonly number[],
  at: number,
): Promise<ReadonlyMap<number, WindowUse>> {
  const uses = windows.map(async (seconds) => {
    const [use] = await tx.query<WindowUse>(SELECT_USE, [accountId, subject, windowStart(seconds, at)]);
    return [seconds, use ?? { requests: 0n, micro: 0n }] as const;
  });
  return new Map(await Promise.all(uses));
}

/** Why the call is refused. Throws a RangeError where nothing was exceeded. */
export async function subjectRefusal(
  tx: Session,
  accountId: string,
  subject: string | null,
  exceeded: readonly ExceededLimit[],
  at: number,
): Promise<SubjectRefusal> {
  const refusals = exceeded.map(async (over) => {
    const resets = await whenReset(tx, accountId, subject, over, at);
    return { limit: over.limit, used: over.used, resetsAt: resets };
  });
  const [first, ...others] = await Promise.all(refusals);
  if (first === undefined) throw new RangeError('no limit was exceeded');
  return lastingRefusal([first, ...others]);
}

/** Reads no more of a long window than it takes. */
async function whenReset(
  tx: Session,
  accountId: string,
  subject: string | null,
  over: ExceededLimit,
  at: number,
): Promise<number> {
  const { windowSeconds } = over.limit;
  const afterAll = at + windowSeconds * 1000;
  for (let most = FIRST_ENTRIES; ; most *= 10n) {
    const values = [accountId, subject, windowStart(windowSeconds, at), most];
    const rows = await tx.query<{ at: bigint; micro: bigint }>(SELECT_ENTRIES, values);
    const entries = rows.map((row): WindowEntry => ({ at: Number(row.at), micro: row.micro }));
    const resets = resetsAt(over, entries, at);
    if (resets < afterAll || BigInt(rows.length) < most) return resets;
  }
}
