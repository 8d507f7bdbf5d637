/**
 * What calls cost, worked out apart from the proxy: from the US dollars of the price lists as people write them, with
 * exact fractions.
 */
interface UsdPerMillion {
  readonly input: string;
  readonly cachedInput?: string;
  readonly cacheWrite5m?: string;
  readonly cacheWrite1h?: string;
  readonly output: string;
}

/** Transcribed by hand from the providers' price lists, as the catalogue has them. */
const PRICES = {
  'gpt-4o-mini': { input: '0.15', cachedInput: '0.075', output: '0.6' },
  'gpt-4o': { input: '2.5', cachedInput: '1.25', output: '10' },
  'gpt-3.5-turbo-instruct': { input: '1.5', output: '2' },
  'text-embedding-3-small': { input: '0.02', output: '0' },
  'claude-haiku-4-5': { input: '1', cachedInput: '0.1', cacheWrite5m: '1.25', cacheWrite1h: '2', output: '5' },
  'gemini-2.5-flash': { input: '0.3', cachedInput: '0.03', output: '2.5' },
  'gemini-embedding-001': { input: '0.15', output: '0' },
} as const satisfies Record<string, UsdPerMillion>;

export interface Tokens {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens?: number;
  readonly cacheWrite5mTokens?: number;
  readonly cacheWrite1hTokens?: number;
}

/** Microcredits: USD x 100 x 1,000,000, rounded up once. */
export function expectedMicro(model: keyof typeof PRICES, tokens: Tokens): bigint {
  const prices: UsdPerMillion = PRICES[model];
  const { cachedInputTokens = 0, cacheWrite5mTokens = 0, cacheWrite1hTokens = 0 } = tokens;
  const plain = tokens.inputTokens - cachedInputTokens - cacheWrite5mTokens - cacheWrite1hTokens;
  const parts: readonly [number, string][] = [
    [plain, prices.input],
    [cachedInputTokens, prices.cachedInput ?? prices.input],
    [cacheWrite5mTokens, prices.cacheWrite5m ?? prices.input],
    [cacheWrite1hTokens, prices.cacheWrite1h ?? prices.input],
    [tokens.outputTokens, prices.output],
  ];
  // In units of 10^-12 USD per million tokens: no listed price has more places.
  const scaled = parts.reduce((sum, [count, usd]) => sum + BigInt(count) * picoUsd(usd), 0n);
  const picoPerMicro = 10n ** 12n / 10n ** 8n;
  const divisor = 1_000_000n * picoPerMicro;
  return scaled / divisor + (scaled % divisor === 0n ? 0n : 1n);
}

function picoUsd(usd: string): bigint {
  const [whole = '0', fraction = ''] = usd.split('.');
  return BigInt(whole + fraction.padEnd(12, '0'));
}
