import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ASSUMED_CONTEXT_TOKENS,
  type CallExtent,
  inputBound,
  OUTPUT_CAP_TOKENS,
  outputCap,
  readsOnce,
  upperBound,
} from './bounds.ts';
import { costAtPrice, type ModelPrice, ratesByMeter } from './prices.ts';
import { NO_USAGE } from './usage.ts';

const price: ModelPrice = {
  provider: 'anthropic',
  model: 'm',
  source: 'catalogue',
  base: {
    ...ratesByMeter(() => 0n),
    input: 300n,
    cachedInput: 30n,
    cacheWrite5m: 375n,
    cacheWrite1h: 600n,
    audioInput: 900n,
    output: 1_500n,
    webSearch: 10_000_000n,
  },
  tiers: [
    {
      aboveInputTokens: 1_000,
      rates: { ...ratesByMeter(() => 0n), input: 600n, cacheWrite1h: 1_200n, output: 2_250n },
    },
  ],
  contextTokens: 200_000,
  maxOutputTokens: undefined,
};

const UNSEEN = { unseenTokens: Number.POSITIVE_INFINITY };
/** 1,000 by 1,000 pixels by 750, and some room. */
const SQUARE = { kind: 'sized', width: 1_000, height: 1_000 } as const;
const text: CallExtent = {
  bodyBytes: 800,
  packedBytes: 0,
  pictures: [],
  soundTokens: 0,
  unseenTokens: 0,
  declaresTools: false,
  answers: 1,
  outputTokens: 100,
  webSearches: 0,
};

describe('the bound of the input', () => {
  it.each([
    ['a text: its bytes', {}, 800],
    ['a huge text: the context window', { bodyBytes: 9_000_000 }, 200_000],
    ['input that is elsewhere: the context window', UNSEEN, 200_000],
    ['several prompts that are elsewhere: as many windows', { ...UNSEEN, prompts: 3 }, 600_000],
    ['pictures: what they count in place of their bytes', { packedBytes: 700, pictures: [SQUARE, SQUARE] }, 2_800],
    ['pictures of unknown size: the most that one counts', { pictures: [{ kind: 'remote' }] }, 5_800],
    ['sound: its seconds in place of its bytes', { packedBytes: 700, soundTokens: 64 }, 164],
    ['what a stored response brings with it', { unseenTokens: 5_000 }, 5_800],
    ['a window that the caller asked for', { bodyBytes: 9_000_000, windowTokens: 1_000_000 }, 1_000_000],
    ['a window that is smaller than the listed one', { bodyBytes: 9_000_000, windowTokens: 9 }, 200_000],
    ['turns: the prompt in each, and after the first what was written', { turns: 3 }, 3 * 800 + 2 * 100],
    ['turns that find something: it too', { turns: 2, foundTokens: 5_000 }, 2 * 800 + 100 + 5_000],
    ['turns over input elsewhere: as many windows', { ...UNSEEN, turns: 3, foundTokens: 5_000 }, 600_000],
    ['tools: room for the instructions about them', { declaresTools: true }, 2_848],
  ] as const)('of %s', (_case, more, want) => {
    expect(inputBound(price, { ...text, ...more })).toBe(want);
  });

  it('of input elsewhere, with an unknown window: as large as any', () => {
    expect(inputBound({ ...price, contextTokens: undefined }, { ...text, ...UNSEEN })).toBe(ASSUMED_CONTEXT_TOKENS);
  });
});

describe('the upper bound of the cost', () => {
  const million = (micro: bigint) => (micro + 999_999n) / 1_000_000n;

  it('takes the dearest meters of text', () => {
    expect(upperBound(price, text)).toBe(million(800n * 600n + 100n * 1_500n));
  });

  it('takes the dearest tier in reach', () => {
    expect(upperBound(price, { ...text, bodyBytes: 1_001 })).toBe(million(1_001n * 1_200n + 100n * 2_250n));
  });

  it('takes sound into account where it may be there', () => {
    expect(upperBound({ ...price, tiers: [] }, { ...text, ...UNSEEN })).toBe(million(200_000n * 900n + 150_000n));
  });

  it('takes a full window for every turn', () => {
    const opaque = { ...text, ...UNSEEN };
    const [once, thrice] = [inputBound(price, opaque), inputBound(price, { ...opaque, turns: 3 })];
    expect(thrice).toBe(3 * once);
  });

  it('takes every answer to every prompt, and predictions that are rejected', () => {
    const extent = { ...text, answers: 3, prompts: 2, extraOutputTokens: 7 };
    expect(upperBound(price, extent)).toBe(million(800n * 600n + 6n * 107n * 1_500n));
  });

  it('takes searches by the piece', () => {
    expect(upperBound(price, { ...text, webSearches: 4 }) - upperBound(price, text)).toBe(40n);
  });

  it('is never below what a call within its extent costs', () => {
    const part = fc.nat({ max: 3_000 });
    fc.assert(
      fc.property(part, part, part, part, part, fc.nat({ max: 500 }), (plain, cached, w5m, w1h, output, slack) => {
        const inputTokens = plain + cached + w5m + w1h;
        const cost = costAtPrice(price, {
          inputTokens,
          cachedInputTokens: cached,
          cacheWrite5mTokens: w5m,
          cacheWrite1hTokens: w1h,
          outputTokens: output,
        });
        expect(upperBound(price, { ...text, bodyBytes: inputTokens + slack, outputTokens: output }) >= cost).toBe(true);
      }),
    );
  });
});

describe('the limit put in for an answer', () => {
  it.each([
    [undefined, 200_000, OUTPUT_CAP_TOKENS],
    [4_096, 128_000, 4_096],
    [64_000, 200_000, OUTPUT_CAP_TOKENS],
    [undefined, 8_192, 4_096],
    [undefined, undefined, OUTPUT_CAP_TOKENS],
  ])('is what a model answers (%s) in its window (%s), at most the default', (maxOutputTokens, contextTokens, want) => {
    expect(outputCap({ ...price, maxOutputTokens, contextTokens })).toBe(want);
  });
});

describe('the upper bound of a call of which some is known', () => {
  const input = { ...NO_USAGE, inputTokens: 900, cachedInputTokens: 500, outputTokens: 7, webSearches: 1 };
  const dear = { ...text, bodyBytes: 2_000 };

  it('has the input as it was told, at its own rates, and the whole output limit', () => {
    const most = costAtPrice(price, { ...NO_USAGE, inputTokens: 900, cachedInputTokens: 500, outputTokens: 100 });
    expect(upperBound(price, dear, { input })).toBe(most);
    expect(most).toBeLessThan(upperBound(price, dear));
  });

  it('has no more output than can have been written, and never more than the limit', () => {
    const fewer = upperBound(price, { ...dear, outputTokens: 40 });
    expect(upperBound(price, dear, { outputTokens: 40 })).toBe(fewer);
    expect(upperBound(price, dear, { outputTokens: 400 })).toBe(upperBound(price, dear));
  });

  it.each<readonly [string, Partial<CallExtent>, boolean]>([
    ['whose prompt is read once', {}, true],
    ['with a document of any size', UNSEEN, true],
    ['with several prompts', { prompts: 2 }, false],
    ['with tools that the provider runs', { turns: 11 }, false],
    ['that searches', { webSearches: 1 }, false],
    ['with tools that fetch more of any size', { ...UNSEEN, mayGrow: true, declaresTools: true }, false],
    ['with tools of the caller, and a document', { ...UNSEEN, declaresTools: true }, true],
  ])('may be told all its input early: a call %s', (_, change, isSo) => {
    expect(readsOnce({ ...text, ...change })).toBe(isSo);
  });
});
