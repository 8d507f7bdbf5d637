import type { ScenarioUsage } from '../../generated/scenarios.ts';

/** Sums of usage. Amounts are safe integers, and so are their sums: they are exact. */
export interface Totals {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicro: number;
}

export function totalsOf(rows: readonly ScenarioUsage[]): Totals {
  const sum = { requests: 0, inputTokens: 0, outputTokens: 0, costMicro: 0 };
  for (const [, requests, inputTokens, outputTokens, costMicro] of rows) {
    sum.requests += requests;
    sum.inputTokens += inputTokens;
    sum.outputTokens += outputTokens;
    sum.costMicro += costMicro;
  }
  return sum;
}

/** Credits for display; the microcredits beside them decide (contract section 3). */
export function creditsOf(micro: number): number {
  return micro / 1_000_000;
}
