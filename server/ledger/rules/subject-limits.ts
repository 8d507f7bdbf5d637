import type { Micro } from '../../money/microcredits.ts';

/** A budget refuses with 402, a rate with 429; both count a rolling window. */
export type SubjectLimit = {
  readonly purpose: 'budget' | 'rate';
  readonly windowSeconds: number;
} & (
  | { readonly unit: 'credits'; readonly amountMicro: Micro }
  | { readonly unit: 'requests'; readonly amount: number }
);

/** Why a subject was refused, with what its error body shows. */
export interface SubjectRefusal {
  readonly limit: SubjectLimit;
  /** Used in the window, open holds included: microcredits or requests, as the limit counts. */
  readonly used: bigint;
  /** When enough of the window will have passed for the next call, milliseconds since the epoch. */
  readonly resetsAt: number;
}

/** What counts in a window: settled calls with their charge, open holds with what they reserve. Released ones do not. */
export interface WindowUse {
  readonly requests: bigint;
  readonly micro: Micro;
}

/** One call that counts in a window: when it was admitted, and what it counts for in microcredits. */
export interface WindowEntry {
  readonly at: number;
  readonly micro: Micro;
}

/** A limit that the next call would break. */
export interface ExceededLimit {
  readonly limit: SubjectLimit;
  readonly used: bigint;
  /** How much must leave the window before the call fits. */
  readonly excess: bigint;
}

/** A window reaches back from `at`, and this point itself is outside. */
export function windowStart(windowSeconds: number, at: number): number {
  return at - windowSeconds * 1000;
}

/** The windows to sum up before judging, each once. */
export function distinctWindows(limits: readonly SubjectLimit[]): readonly number[] {
  return [...new Set(limits.map((limit) => limit.windowSeconds))];
}

/**
 * The limits that a call holding `amountMicro` would break; budgets before rates, and only the former if there are any.
 * Exact: what is used and what the call may cost together stay within the limit, whatever runs at the same time.
 */
export function exceededLimits(
  limits: readonly SubjectLimit[],
  uses: ReadonlyMap<number, WindowUse>,
  amountMicro: Micro,
): readonly ExceededLimit[] {
  const exceeded = limits.map((limit) => measure(limit, uses, amountMicro)).filter(({ excess }) => excess > 0n);
  const budgets = exceeded.filter(({ limit }) => limit.purpose === 'budget');
  return budgets.length > 0 ? budgets : exceeded;
}

/**
 * When a call of the same size fits: the moment that enough of the window's entries, oldest first, have left it.
 * A call that would not fit an empty window either is told to come back after a whole one.
 */
export function resetsAt({ limit, excess }: ExceededLimit, oldestFirst: Iterable<WindowEntry>, at: number): number {
  const windowMs = limit.windowSeconds * 1000;
  let left = 0n;
  for (const entry of oldestFirst) {
    left += limit.unit === 'requests' ? 1n : entry.micro;
    if (left >= excess) return entry.at + windowMs;
  }
  return at + windowMs;
}

/** Of several broken limits the one that lasts longest: a caller that waits for it meets none of the others. */
export function lastingRefusal(refusals: readonly [SubjectRefusal, ...SubjectRefusal[]]): SubjectRefusal {
  return refusals.reduce((longest, refusal) => (refusal.resetsAt > longest.resetsAt ? refusal : longest));
}

/** How much may be used in the limit's window, as the limit counts, for a call that holds `amountMicro` to keep to it. */
export function mostUsed(limit: SubjectLimit, amountMicro: Micro): bigint {
  return limit.unit === 'requests' ? BigInt(limit.amount) - 1n : limit.amountMicro - amountMicro;
}

function measure(limit: SubjectLimit, uses: ReadonlyMap<number, WindowUse>, amountMicro: Micro): ExceededLimit {
  const use = uses.get(limit.windowSeconds);
  if (use === undefined) throw new RangeError(`no use given for a window of ${limit.windowSeconds} s`);
  const used = limit.unit === 'requests' ? use.requests : use.micro;
  return { limit, used, excess: used - mostUsed(limit, amountMicro) };
}
