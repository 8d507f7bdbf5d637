import type { Micro } from './microcredits.ts';

/**
 * Token counts of one call in one scheme for all APIs: the parts do not overlap but for what a name says.
 * Providers count differently (cache reads inside or outside the input, thoughts inside or outside the output);
 * the usage readers of the proxy translate.
 */
export interface TokenUsage {
  /** All input tokens: plain, cache reads and cache writes. */
  readonly inputTokens: number;
  /** Part of `inputTokens` that was read from the provider's cache. */
  readonly cachedInputTokens: number;
  /** Part of `inputTokens` that was written to the provider's 5-minute cache. */
  readonly cacheWrite5mTokens: number;
  /** Part of `inputTokens` that was written to the provider's 1-hour cache. */
  readonly cacheWrite1hTokens: number;
  /** All output tokens: text, reasoning, thoughts. */
  readonly outputTokens: number;
}

/**
 * The most that one call can be charged: ten million US dollars, far beyond any call that providers serve. Books that take
 * no more stay within the integers of their database, whatever a provider answers.
 */
export const MAX_CALL_MICRO: Micro = 10n ** 15n;

/** The most tokens that one call can have in one count: 2,000 prompts that each fill the largest window 200 times. */
export const MAX_CALL_TOKENS = 1_000_000_000_000;

export const NO_USAGE: TokenUsage = {
  inputTokens: 0,
  cachedInputTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  outputTokens: 0,
};

/** Settled calls only. Input includes cache reads and writes, output includes reasoning. */
export interface UsageTotals {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicro: Micro;
}

export interface TotalsRow {
  readonly requests: bigint;
  readonly input_tokens: bigint;
  readonly output_tokens: bigint;
  readonly cost_micro: bigint;
}

export function toUsageTotals(row: TotalsRow): UsageTotals {
  return {
    requests: Number(row.requests),
    inputTokens: Number(row.input_tokens),
    outputTokens: Number(row.output_tokens),
    costMicro: row.cost_micro,
  };
}
