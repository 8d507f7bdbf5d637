import type { Price } from '../../platform/config.ts';

/** Tokens of one call, in parts that do not overlap. */
export interface BilledTokens {
  /** Input at the full price. */
  readonly input: number;
  readonly cachedInput?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite1h?: number;
  readonly output: number;
}

/** Microcredits in one US dollar: 100 credits of a million each (contract section 3). */
const MICRO_PER_USD = 100_000_000n;
const TOKENS_PER_PRICE = 1_000_000n;

/**
 * What a call costs: its price in USD times 100,000,000, rounded up once (contract section 4). Prices are decimal
 * numbers, so they are read digit by digit and summed as integers; no float takes part.
 */
export function chargeMicro(price: Price, tokens: BilledTokens): bigint {
  const cacheWrite5m = price.cache_write_5m ?? price.input;
  const parts: readonly (readonly [number, number])[] = [
    [tokens.input, price.input],
    [tokens.cachedInput ?? 0, price.cached_input ?? price.input],
    [tokens.cacheWrite5m ?? 0, cacheWrite5m],
    [tokens.cacheWrite1h ?? 0, price.cache_write_1h ?? cacheWrite5m],
    [tokens.output, price.output],
  ];
  const decimals = parts.map(([count, usd]) => ({ count: BigInt(count), ...decimalOf(usd) }));
  const scale = Math.max(...decimals.map((decimal) => decimal.scale));
  const total = decimals.reduce((sum, part) => sum + part.count * part.digits * 10n ** BigInt(scale - part.scale), 0n);
  return divideUp(total * MICRO_PER_USD, TOKENS_PER_PRICE * 10n ** BigInt(scale));
}

/** `2.5` is 25 with one digit after the point; `7.5e-8` is 75 with nine. */
function decimalOf(value: number): { readonly digits: bigint; readonly scale: number } {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
