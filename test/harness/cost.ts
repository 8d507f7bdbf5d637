/**
 * What calls cost, worked out apart from the platform: from the US dollars of the price lists as decimal text, in exact
 * integers, by the rule of the contract (USD x 100 x 1,000,000, rounded up once).
 */

/** Decimal text: US dollars per million tokens, and per thousand searches. */
export interface ListedPrice {
  readonly input: string;
  readonly cached: string;
  readonly write5m: string;
  readonly write1h: string;
  readonly output: string;
  readonly search: string;
}

/** What a provider says that a call used; the parts of the input lie inside it. */
export interface Used {
  readonly input: number;
  readonly cached: number;
  readonly write5m: number;
  readonly write1h: number;
  readonly output: number;
  readonly searches: number;
}

/** US dollars are reckoned in units of so many decimal places. No price and no bill of a test has more. */
const PLACES = 18;

/** One of the things that a call is charged for: token prices times a fraction, searches at their price. */
export interface ChargedUse {
  readonly price: ListedPrice;
  readonly used: Used;
  readonly times?: readonly [numerator: number, denominator: number];
}

/** The charge in microcredits for what was used, at a price. */
export function chargeAt(price: ListedPrice, used: Used): bigint {
  return chargeForAll([{ price, used }]);
}

/** The charge in microcredits for all that a call used, rounded up once. */
export function chargeForAll(uses: readonly ChargedUse[]): bigint {
  // All fractions over one denominator.
  const common = uses.reduce((product, { times: [, denominator] = [1, 1] }) => product * BigInt(denominator), 1n);
  const sum = uses.reduce((total, { price, used, times: [numerator, denominator] = [1, 1] }) => {
    const tokens = (tokenUnits(price, used) * BigInt(numerator) * common) / BigInt(denominator);
    return total + tokens + BigInt(used.searches * 1_000) * inUnits(price.search) * common;
  }, 0n);
  return roundUp(sum, common * 10n ** BigInt(PLACES + 6 - 8));
}

function tokenUnits(price: ListedPrice, used: Used): bigint {
  const plain = used.input - used.cached - used.write5m - used.write1h;
  const perMillion: readonly (readonly [count: number, usd: string])[] = [
    [plain, price.input],
    [used.cached, price.cached],
    [used.write5m, price.write5m],
    [used.write1h, price.write1h],
    [used.output, price.output],
  ];
  return perMillion.reduce((total, [count, usd]) => total + BigInt(count) * inUnits(usd), 0n);
}

/** The charge in microcredits for a bill that the provider itself wrote, as decimal text in US dollars. */
export function chargeForBill(usd: string): bigint {
  return roundUp(inUnits(usd), 10n ** BigInt(PLACES - 8));
}

function inUnits(decimal: string): bigint {
  const match = /^(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(decimal);
  if (match === null) throw new RangeError(`not a decimal number: ${decimal}`);
  const [, whole = '', fraction = '', exponent = '0'] = match;
  return BigInt(whole + fraction) * 10n ** BigInt(PLACES - fraction.length + Number(exponent));
}

function roundUp(amount: bigint, unit: bigint): bigint {
  return amount / unit + (amount % unit === 0n ? 0n : 1n);
}

function listed(input: string, output: string, parts: Partial<ListedPrice> = {}): ListedPrice {
  return { input, cached: input, write5m: input, write1h: input, output, search: '0', ...parts };
}

/** Transcribed by hand from the providers' price lists. */
export const PRICES = {
  'gpt-4o-mini': listed('0.15', '0.6', { cached: '0.075', search: '10' }),
  'gpt-4o': listed('2.5', '10', { cached: '1.25' }),
  'gpt-5.5': listed('5', '30', { cached: '0.5' }),
  'gpt-3.5-turbo-instruct': listed('1.5', '2'),
  'text-embedding-3-small': listed('0.02', '0'),
  'claude-opus-4-6': listed('5', '25', { cached: '0.5', write5m: '6.25', write1h: '10', search: '10' }),
  'claude-haiku-4-5': listed('1', '5', { cached: '0.1', write5m: '1.25', write1h: '2' }),
  'claude-opus-5': listed('5', '25', { cached: '0.5', write5m: '6.25', write1h: '10' }),
  'gemini-2.5-pro': listed('1.25', '10', { cached: '0.125' }),
  'gemini-2.5-flash': listed('0.3', '2.5', { cached: '0.03' }),
  'gemini-embedding-001': listed('0.15', '0'),
} as const satisfies Record<string, ListedPrice>;

export type PricedModel = keyof typeof PRICES;

/** Token counts as the stub's scripts take them, before any API writes them in its own overlapping way. */
export interface ReportedTokens {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens?: number | undefined;
  readonly cacheWrite5mTokens?: number | undefined;
  readonly cacheWrite1hTokens?: number | undefined;
  readonly thoughtsTokens?: number | undefined;
  readonly toolUsePromptTokens?: number | undefined;
}

/** The tokens as an account's usage counts them: all input with the cached part, all output with the thoughts. */
export function countedTokens({
  inputTokens,
  outputTokens,
  toolUsePromptTokens = 0,
  thoughtsTokens = 0,
}: ReportedTokens) {
  return { inputTokens: inputTokens + toolUsePromptTokens, outputTokens: outputTokens + thoughtsTokens };
}

/** The charge in microcredits for what a provider reports, by its price list. */
export function expectedMicro(model: PricedModel, reported: ReportedTokens): bigint {
  const { inputTokens: input, outputTokens: output } = countedTokens(reported);
  const { cachedInputTokens: cached = 0, cacheWrite5mTokens: write5m = 0, cacheWrite1hTokens: write1h = 0 } = reported;
  return chargeAt(PRICES[model], { input, cached, write5m, write1h, output, searches: 0 });
}
