import type * as Prices from '../../../../server/money/prices.ts';
import { type Build, withSwap } from '../build.ts';

const PRICES = 'server/money/prices.ts';
const MICRO_PER_USD = 1e8;
/** Microcredits in $0.0001. */
const SMALLEST_SHOWN_MICRO = 10_000n;

/** Dollars, as everybody writes them. */
export const addsInFloats: Build = withSwap<typeof Prices>('adds dollars in floats', PRICES, (real) => ({
  costAtPrice(price, consumption) {
    const { input, cachedInput, output } = real.ratesFor(price, consumption.inputTokens);
    const usd = (tokens: number, rate: bigint) => (tokens * (Number(rate) / MICRO_PER_USD)) / 1e6;
    const { inputTokens, cachedInputTokens, outputTokens } = consumption;
    const plain = usd(inputTokens - cachedInputTokens, input);
    return BigInt(Math.ceil((plain + usd(cachedInputTokens, cachedInput) + usd(outputTokens, output)) * MICRO_PER_USD));
  },
}));

export const roundsEveryPart: Build = withSwap<typeof Prices>('rounds every part of a cost up', PRICES, (real) => ({
  costAtPrice(price, consumption) {
    const output = { ...consumption, inputTokens: 0, cachedInputTokens: 0 };
    return real.costAtPrice(price, { ...consumption, outputTokens: 0 }) + real.costAtPrice(price, output);
  },
}));

export const discardsSmallCharges: Build = withSwap<typeof Prices>(
  'discards charges below $0.0001',
  PRICES,
  (real) => ({
    costAtPrice(price, consumption) {
      const cost = real.costAtPrice(price, consumption);
      return cost < SMALLEST_SHOWN_MICRO ? 0n : cost;
    },
  }),
);

export const readsBillAsFloat: Build = withSwap<typeof Prices>("reads the provider's bill as a float", PRICES, () => ({
  usdToMicro: (decimal) => BigInt(Math.ceil(Number(decimal) * MICRO_PER_USD)),
}));
