/**
 * What calls cost, worked out apart from the platform: the US dollars of the price lists as decimal text, exact
 * fractions, and the rule of the contract (USD x 100 x 1,000,000, rounded up once).
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
export interface Told {
  readonly input: number;
  readonly cached: number;
  readonly write5m: number;
  readonly write1h: number;
  readonly output: number;
  readonly searches: number;
}

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const MICRO_PER_USD = 100n * 1_000_000n;

/** The charge for what was told, at a price. */
export function chargeAt(price: ListedPrice, told: Told): bigint {
  const plain = told.input - told.cached - told.write5m - told.write1h;
  const parts: readonly (readonly [count: number, usd: string, per: bigint])[] = [
    [plain, price.input, 1_000_000n],
    [told.cached, price.cached, 1_000_000n],
    [told.write5m, price.write5m, 1_000_000n],
    [told.write1h, price.write1h, 1_000_000n],
    [told.output, price.output, 1_000_000n],
    [told.searches, price.search, 1_000n],
  ];
  const usd = parts
    .map(([count, text, per]) => times(fractionOf(text), { numerator: BigInt(count), denominator: per }))
    .reduce(plus);
  return roundUp(times(usd, { numerator: MICRO_PER_USD, denominator: 1n }));
}

/** The charge for a bill that the provider itself wrote, as decimal text in US dollars. */
export function chargeOfBill(usd: string): bigint {
  return roundUp(times(fractionOf(usd), { numerator: MICRO_PER_USD, denominator: 1n }));
}

function fractionOf(decimal: string): Fraction {
  const match = /^(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(decimal);
  if (match === null) throw new RangeError(`not a decimal number: ${decimal}`);
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places >= 0
    ? { numerator: digits, denominator: 10n ** BigInt(places) }
    : { numerator: digits * 10n ** BigInt(-places), denominator: 1n };
}

function times(a: Fraction, b: Fraction): Fraction {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

function plus(a: Fraction, b: Fraction): Fraction {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

function roundUp({ numerator, denominator }: Fraction): bigint {
  return numerator / denominator + (numerator % denominator === 0n ? 0n : 1n);
}
