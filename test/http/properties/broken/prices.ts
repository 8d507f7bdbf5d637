import type * as Bounds from '../../../../server/money/bounds.ts';
import type * as Prices from '../../../../server/money/prices.ts';
import type { ModelPrice } from '../../../../server/proxy/index.ts';
import { type Build, withSwap } from '../build.ts';

/** A build that bounds another call than the one that was asked for. */
function bounding(name: string, change: (...call: BoundedCall) => BoundedCall): Build {
  return withSwap<typeof Bounds>(name, 'server/money/bounds.ts', (real) => ({
    upperBound: (...call) => real.upperBound(...change(...call)),
  }));
}
type BoundedCall = Parameters<typeof Bounds.upperBound>;

export const forgetsAnswers = bounding('holds for one answer where several are asked for', (price, extent) => [
  price,
  { ...extent, answers: 1 },
]);

/** True of most English prose. */
export const guessesTokens = bounding('takes four bytes for a token', (price, extent) => [
  price,
  { ...extent, bodyBytes: Math.ceil(extent.bodyBytes / 4) },
]);

export const holdsAtLowestTier = bounding('holds at the price of small calls', (price, extent) => [
  { ...price, tiers: [] },
  extent,
]);

export const holdsAtPlainRate = bounding('holds at the price of plain input', (price, extent) => {
  const { input } = price.base;
  return [{ ...price, base: { ...price.base, cacheWrite5m: input, cacheWrite1h: input } }, extent];
});

const PRICES = 'server/money/prices.ts';
const MICRO_PER_USD = 1e8;
/** Microcredits in $0.0001. */
const SMALLEST_SHOWN_MICRO = 10_000n;

/** A build that reckons one use of a call in another way. */
function costing(name: string, cost: (use: Prices.PricedUse, real: typeof Prices) => bigint): Build {
  return withSwap<typeof Prices>(name, PRICES, (real) => ({
    costOfUses: (uses) => uses.reduce((sum, use) => sum + cost(use, real), 0n),
  }));
}

/** Dollars, as everybody writes them. */
export const addsInFloats = costing('adds dollars in floats', ({ price, consumption }, real) => {
  const { input, cachedInput, output } = real.ratesFor(price, consumption.inputTokens);
  const usd = (tokens: number, rate: bigint) => (tokens * (Number(rate) / MICRO_PER_USD)) / 1e6;
  const { inputTokens, cachedInputTokens, outputTokens } = consumption;
  const plain = usd(inputTokens - cachedInputTokens, input);
  return BigInt(Math.ceil((plain + usd(cachedInputTokens, cachedInput) + usd(outputTokens, output)) * MICRO_PER_USD));
});

export const roundsEveryPart = costing('rounds every part of a cost up', ({ price, consumption }, real) => {
  const output = { ...consumption, inputTokens: 0, cachedInputTokens: 0 };
  return real.costAtPrice(price, { ...consumption, outputTokens: 0 }) + real.costAtPrice(price, output);
});

export const discardsSmallCharges = costing('discards charges below $0.0001', (use, real) => {
  const cost = real.costOfUses([use]);
  return cost < SMALLEST_SHOWN_MICRO ? 0n : cost;
});

export const readsBillAsFloat: Build = withSwap<typeof Prices>("reads the provider's bill as a float", PRICES, () => ({
  usdToMicro: (decimal) => BigInt(Math.ceil(Number(decimal) * MICRO_PER_USD)),
}));

/** Cuts pieces off a name until some model has it: a new, dearer model is charged as an old one. */
export const matchesLoosely: Build = {
  name: 'prices a model by the beginning of its name',
  prices: (prices) => ({
    ...prices,
    find(provider, model, at) {
      for (let name = model; name.includes('-'); name = name.slice(0, name.lastIndexOf('-'))) {
        const price = prices.find(provider, name, at);
        if (price !== undefined) return price;
      }
      return undefined;
    },
  }),
};

/** What has no price is logged at $0. */
export const givesUnknownAway: Build = {
  name: 'takes a model without a price for free',
  prices: (prices) => ({
    ...prices,
    find: (provider, model, at) => prices.find(provider, model, at) ?? { ...priceless, provider, model },
  }),
};

const priceless: Omit<ModelPrice, 'provider' | 'model'> = {
  source: 'override',
  base: {
    input: 0n,
    cachedInput: 0n,
    cacheWrite5m: 0n,
    cacheWrite1h: 0n,
    audioInput: 0n,
    cachedAudioInput: 0n,
    output: 0n,
    audioOutput: 0n,
    imageOutput: 0n,
    webSearch: 0n,
  },
  tiers: [],
  contextTokens: undefined,
  maxOutputTokens: undefined,
};
