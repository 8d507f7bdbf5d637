import type * as Bounds from '../../../../server/money/bounds.ts';
import type * as Chat from '../../../../server/proxy/apis/openai.ts';
import { type Build, withSwap } from '../build.ts';

const BOUNDS = 'server/money/bounds.ts';

export const forgetsAnswers: Build = withSwap<typeof Bounds>(
  'holds for one answer where several are asked for',
  BOUNDS,
  (real) => ({
    upperBound: (price, extent) => real.upperBound(price, { ...extent, answers: 1 }),
  }),
);

/** True of most English prose. */
export const guessesTokens: Build = withSwap<typeof Bounds>('takes four bytes for a token', BOUNDS, (real) => ({
  upperBound: (price, extent) => real.upperBound(price, { ...extent, bodyBytes: Math.ceil(extent.bodyBytes / 4) }),
}));

export const holdsAtLowestTier: Build = withSwap<typeof Bounds>(
  'holds at the price of small calls',
  BOUNDS,
  (real) => ({
    upperBound: (price, extent) => real.upperBound({ ...price, tiers: [] }, extent),
  }),
);

export const holdsAtPlainRate: Build = withSwap<typeof Bounds>('holds at the price of plain input', BOUNDS, (real) => ({
  upperBound(price, extent) {
    const { input } = price.base;
    return real.upperBound({ ...price, base: { ...price.base, cacheWrite5m: input, cacheWrite1h: input } }, extent);
  },
}));

/** The hold is bounded, the call is not. */
export const injectsNoCap: Build = withSwap<typeof Chat>(
  'does not tell the provider of the cap that it holds for',
  'server/proxy/apis/openai.ts',
  ({ chatCompletions }) => ({
    chatCompletions: {
      ...chatCompletions,
      place: (facts, decisions) => chatCompletions.place(facts, { ...decisions, outputTokens: undefined }),
    },
  }),
);
