import type { ModelPrice } from '../../../../server/proxy/index.ts';
import type { Build } from '../build.ts';

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
