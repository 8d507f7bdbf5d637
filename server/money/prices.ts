import type { Micro } from './microcredits.ts';
import type { TokenUsage } from './usage.ts';

/** Who pays the provider: the platform (`managed`) or the workspace with its own key (`byok`). */
export type Mode = 'managed' | 'byok';

/** The model makers a workspace can be configured for. */
export type Provider = 'google' | 'openai' | 'anthropic';

/** The company that serves a call and bills it. */
export type ProviderName = Provider | 'openrouter';

/**
 * What one call consumed: the token counts, and what some price lists charge apart. The parts below lie inside the counts
 * of {@link TokenUsage}; left out means none.
 */
export interface Consumption extends TokenUsage {
  /** Part of `inputTokens` that was sound, cached or not. */
  readonly audioInputTokens?: number;
  /** Part of both `audioInputTokens` and `cachedInputTokens`. */
  readonly cachedAudioInputTokens?: number;
  /** Part of `outputTokens` that was sound. */
  readonly audioOutputTokens?: number;
  /** Part of `outputTokens` that was pictures. */
  readonly imageOutputTokens?: number;
  /** Searches that the provider ran by itself; charged by the piece. */
  readonly webSearches?: number;
}

export const TEXT_INPUT_METERS = ['input', 'cachedInput', 'cacheWrite5m', 'cacheWrite1h'] as const;
export const AUDIO_INPUT_METERS = ['audioInput', 'cachedAudioInput'] as const;
export const OUTPUT_METERS = ['output', 'audioOutput', 'imageOutput'] as const;

/** The meters that a price list has a rate for. No unit of a call runs through two of them. */
export const METERS = [...TEXT_INPUT_METERS, ...AUDIO_INPUT_METERS, ...OUTPUT_METERS, 'webSearch'] as const;
export type Meter = (typeof METERS)[number];

/** Microcredits per million units: tokens, or searches. */
export type Rates = Readonly<Record<Meter, bigint>>;

/** Rates that hold for the whole call once its input is above a size. */
export interface PriceTier {
  readonly aboveInputTokens: number;
  readonly rates: Rates;
}

/** What a model costs at a provider, and the sizes that bound a call to it. */
export interface ModelPrice {
  readonly provider: ProviderName;
  /** The model's name in the price list, where aliases and dated names end up. */
  readonly model: string;
  /** Who states it: the bundled catalogue, a newer one, or the operator's prices file. */
  readonly source: 'catalogue' | 'update' | 'override';
  readonly base: Rates;
  /** By `aboveInputTokens`, ascending. */
  readonly tiers: readonly PriceTier[];
  /** Most tokens of one prompt; undefined where it is not known. */
  readonly contextTokens: number | undefined;
  /** Most tokens of one answer; undefined where it is not known. */
  readonly maxOutputTokens: number | undefined;
}

const UNITS_PER_RATE = 1_000_000n;

/** The rates for a call with that much input, cache reads and writes included. */
export function ratesFor(price: ModelPrice, inputTokens: number): Rates {
  return price.tiers.findLast((tier) => inputTokens > tier.aboveInputTokens)?.rates ?? price.base;
}

/** Meter by meter the dearest rate that a call with at most that much input can come to. */
export function dearestRates(price: ModelPrice, mostInputTokens: number): Rates {
  const reachable = price.tiers.filter((tier) => mostInputTokens > tier.aboveInputTokens).map((tier) => tier.rates);
  return [price.base, ...reachable].reduce((dearest, rates) =>
    ratesByMeter((meter) => dearer(rates[meter], dearest[meter])),
  );
}

export function ratesByMeter(rateFor: (meter: Meter) => bigint): Rates {
  return Object.fromEntries(METERS.map((meter) => [meter, rateFor(meter)])) as Record<Meter, bigint>;
}

/** The dearest rate of some meters. */
export function dearestRate(rates: Rates, meters: readonly Meter[]): bigint {
  return meters.reduce((dearest, meter) => dearer(rates[meter], dearest), 0n);
}

function dearer(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

/** A multiplier of token prices, as an exact fraction. */
export type Factor = readonly [times: bigint, dividedBy: bigint];

/** What one request of a call used, and at which price. */
export interface PricedUse {
  readonly price: ModelPrice;
  readonly consumption: Consumption;
  /** Multiplies what tokens cost; searches cost the same. Default 1. */
  readonly factor?: Factor;
}

/** The cost of a call at these prices, rounded up once. */
export function costAtPrice(price: ModelPrice, consumption: Consumption): Micro {
  return costOfUses([{ price, consumption }]);
}

/** The cost of a call that used several things, rounded up once for all of them. */
export function costOfUses(uses: readonly PricedUse[]): Micro {
  const [sum, divisor] = uses.reduce<Factor>(
    ([total, by], { price, consumption, factor: [times, dividedBy] = [1n, 1n] }) => {
      const parts = unitsAtPrice(price, consumption);
      const scaled = parts.map(([units, rate], at) => units * rate * (METERS[at] === 'webSearch' ? dividedBy : times));
      return [total * dividedBy + scaled.reduce((own, part) => own + part) * by, by * dividedBy];
    },
    [0n, 1n],
  );
  return divideUp(sum, divisor * UNITS_PER_RATE);
}

/** The units of each meter, with their rates. */
export function unitsAtPrice(price: ModelPrice, consumption: Consumption): readonly RatedUnits[] {
  const rates = ratesFor(price, consumption.inputTokens);
  const units = metered(consumption);
  return METERS.map((meter) => [BigInt(units[meter]), rates[meter]]);
}

/** Sum of units times rate, rounded up once. */
export function costForUnits(parts: readonly RatedUnits[]): Micro {
  const sum = parts.reduce((total, [units, rate]) => total + units * rate, 0n);
  return divideUp(sum, UNITS_PER_RATE);
}

type RatedUnits = readonly [units: bigint, rate: bigint];

function divideUp(amount: bigint, divisor: bigint): bigint {
  return (amount + divisor - 1n) / divisor;
}

/** Divides the overlapping counts among the meters. */
function metered(consumption: Consumption): Record<Meter, number> {
  const {
    audioInputTokens = 0,
    cachedAudioInputTokens = 0,
    audioOutputTokens = 0,
    imageOutputTokens = 0,
  } = consumption;
  const { cacheWrite5mTokens, cacheWrite1hTokens } = consumption;
  const cachedInput = consumption.cachedInputTokens - cachedAudioInputTokens;
  const audioInput = audioInputTokens - cachedAudioInputTokens;
  const special = cachedInput + cacheWrite5mTokens + cacheWrite1hTokens + audioInputTokens;
  return {
    input: atLeastZero(consumption.inputTokens - special),
    cachedInput: atLeastZero(cachedInput),
    cacheWrite5m: cacheWrite5mTokens,
    cacheWrite1h: cacheWrite1hTokens,
    audioInput: atLeastZero(audioInput),
    cachedAudioInput: cachedAudioInputTokens,
    output: atLeastZero(consumption.outputTokens - audioOutputTokens - imageOutputTokens),
    audioOutput: audioOutputTokens,
    imageOutput: imageOutputTokens,
    webSearch: consumption.webSearches ?? 0,
  };
}

/** A provider whose parts exceed its total is charged for the parts: they are what it counted. */
function atLeastZero(count: number): number {
  return Math.max(0, count);
}

const DECIMAL = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;
/** 1 USD is 10^8 microcredits: the decimal point moves by so many places. */
const USD_TO_MICRO_PLACES = 8;

/** A decimal number as `digits` times ten to the power of `exponent`. */
function parseDecimal(decimal: string) {
  const match = DECIMAL.exec(decimal);
  if (match === null) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/**
 * US dollars, as decimal text, to microcredits, exactly and rounded up once; an amount per million tokens becomes a rate
 * of {@link Rates} the same way. Undefined for anything but a non-negative decimal number.
 */
export function usdToMicro(decimal: string): Micro | undefined {
  const parsed = parseDecimal(decimal);
  if (parsed === undefined) return undefined;
  const places = parsed.exponent + USD_TO_MICRO_PLACES;
  if (places >= 0) return parsed.digits * 10n ** BigInt(places);
  const divisor = 10n ** BigInt(-places);
  return (parsed.digits + divisor - 1n) / divisor;
}

/** A price per million tokens, as a rate of {@link Rates}, rounded up. Doubles print as the shortest decimal that reads back the same, which is the decimal was written. */
export function toRate(usd: number): bigint {
  const micro = usdToMicro(String(usd));
  if (micro === undefined) throw new RangeError(`not a price: ${usd}`);
  return micro;
}

/** The exact sum of two amounts that {@link usdToMicro} reads, so that it is rounded once. Throws for any other text. */
export function addUsd(a: string, b: string): string {
  const [one, other] = [parseDecimal(a), parseDecimal(b)];
  if (one === undefined || other === undefined) throw new RangeError('not an amount of money');
  const places = Math.max(0, -one.exponent, -other.exponent);
  const scaled = ({ digits, exponent }: typeof one) => digits * 10n ** BigInt(exponent + places);
  return decimalText(scaled(one) + scaled(other), places);
}

/** Microcredits as US dollars in decimal text, exactly: the way back from {@link usdToMicro}. */
export function microToUsd(micro: Micro): string {
  return decimalText(micro, USD_TO_MICRO_PLACES);
}

function decimalText(scaled: bigint, places: number): string {
  const digits = String(scaled).padStart(places + 1, '0');
  const point = digits.length - places;
  const fraction = digits.slice(point).replace(/0+$/, '');
  return `${digits.slice(0, point)}${fraction && '.'}${fraction}`;
}
