import type { ScriptRule } from '../../../mocks/providers/index.ts';

/**
 * What a call costs, worked out apart from the proxy: nothing of the server is imported, every rate stands here as an
 * integer, and the token counts are those that the stub was told to report.
 */

/** The counts that the stub reports, before any API writes them in its own overlapping way. */
export type Reported = NonNullable<ScriptRule['respond']['usage']>;

/** Microcredits per million tokens: 1 USD is 100 credits, a credit is 1,000,000 microcredits. */
interface Rates {
  readonly input: bigint;
  readonly cachedInput: bigint;
  readonly cacheWrite5m: bigint;
  readonly cacheWrite1h: bigint;
  readonly output: bigint;
}

const TOKENS_PER_RATE = 1_000_000n;

/** Written down from the providers' price lists, in USD per million tokens times 100,000,000. */
const RATES = {
  'gpt-4o-mini': perMillion(15_000_000n, 60_000_000n, { cachedInput: 7_500_000n }),
  'gpt-3.5-turbo-instruct': perMillion(150_000_000n, 200_000_000n),
  'text-embedding-3-small': perMillion(2_000_000n, 0n),
  'claude-haiku-4-5': perMillion(100_000_000n, 500_000_000n, {
    cachedInput: 10_000_000n,
    cacheWrite5m: 125_000_000n,
    cacheWrite1h: 200_000_000n,
  }),
  'gemini-2.5-flash': perMillion(30_000_000n, 250_000_000n, { cachedInput: 3_000_000n }),
} as const satisfies Record<string, Rates>;

export type PricedModel = keyof typeof RATES;

/** A part of the input that the list does not name costs as much as any input. */
function perMillion(input: bigint, output: bigint, parts: Partial<Rates> = {}): Rates {
  return { cachedInput: input, cacheWrite5m: input, cacheWrite1h: input, ...parts, input, output };
}

/** The tokens as the account's usage counts them: all input with the cached part, all output with the thoughts. */
export function totalsOf(reported: Reported): { readonly inputTokens: number; readonly outputTokens: number } {
  return {
    inputTokens: reported.inputTokens + (reported.toolUsePromptTokens ?? 0),
    outputTokens: reported.outputTokens + (reported.thoughtsTokens ?? 0),
  };
}

/** The cost by the list, in microcredits, rounded up once. */
export function listedCost(model: PricedModel, reported: Reported): bigint {
  const rates = RATES[model];
  const { inputTokens, outputTokens } = totalsOf(reported);
  const { cachedInputTokens = 0, cacheWrite5mTokens = 0, cacheWrite1hTokens = 0 } = reported;
  const plain = inputTokens - cachedInputTokens - cacheWrite5mTokens - cacheWrite1hTokens;
  const scaled =
    BigInt(plain) * rates.input +
    BigInt(cachedInputTokens) * rates.cachedInput +
    BigInt(cacheWrite5mTokens) * rates.cacheWrite5m +
    BigInt(cacheWrite1hTokens) * rates.cacheWrite1h +
    BigInt(outputTokens) * rates.output;
  return roundUp(scaled, TOKENS_PER_RATE);
}

/** The cost by the provider's own bill, in microcredits. A microcredit is 10,000 millionths of a millionth of a dollar. */
export function billedCost(picoUsd: bigint): bigint {
  return roundUp(picoUsd, 10_000n);
}

function roundUp(amount: bigint, unit: bigint): bigint {
  return amount / unit + (amount % unit === 0n ? 0n : 1n);
}
