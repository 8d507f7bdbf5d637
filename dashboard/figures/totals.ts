import type { Micro } from './amounts.ts';

/** What was used: over a day, an hour, or by a workspace. Integers, and so are their sums. */
export interface Totals {
  readonly requests: bigint;
  readonly inputTokens: bigint;
  readonly outputTokens: bigint;
  readonly costMicro: Micro;
}

export const NOTHING: Totals = { requests: 0n, inputTokens: 0n, outputTokens: 0n, costMicro: 0n };

export function sum(parts: Iterable<Totals>): Totals {
  let { requests, inputTokens, outputTokens, costMicro } = NOTHING;
  for (const part of parts) {
    requests += part.requests;
    inputTokens += part.inputTokens;
    outputTokens += part.outputTokens;
    costMicro += part.costMicro;
  }
  return { requests, inputTokens, outputTokens, costMicro };
}

/** What remains of `all` when `part` is taken away, or undefined where `part` has more of anything. */
export function remainder(all: Totals, part: Totals): Totals | undefined {
  const rest = {
    requests: all.requests - part.requests,
    inputTokens: all.inputTokens - part.inputTokens,
    outputTokens: all.outputTokens - part.outputTokens,
    costMicro: all.costMicro - part.costMicro,
  };
  return Object.values(rest).every((value) => value >= 0n) ? rest : undefined;
}

/** Looks at the four sums alone: rows that say more are totals, too. */
export function isNothing({ requests, inputTokens, outputTokens, costMicro }: Totals): boolean {
  return [requests, inputTokens, outputTokens, costMicro].every((value) => value === 0n);
}

/** What the chart shows: one of these at a time. */
export type Measure = 'credits' | 'requests' | 'tokens';

/** In the measure's own unit: microcredits, calls, or tokens of both directions. */
export function measured(totals: Totals, measure: Measure): bigint {
  switch (measure) {
    case 'credits':
      return totals.costMicro;
    case 'requests':
      return totals.requests;
    case 'tokens':
      return totals.inputTokens + totals.outputTokens;
  }
}
