import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Picture, pictureTokens } from './picture-tokens.ts';
import { type ModelPrice, type ProviderName, ratesByMeter } from './prices.ts';

function at(provider: ProviderName, model: string): ModelPrice {
  const base = ratesByMeter(() => 0n);
  return {
    provider,
    model,
    source: 'catalogue',
    base,
    tiers: [],
    contextTokens: undefined,
    maxOutputTokens: undefined,
  };
}

const sized = (width: number, height: number): Picture => ({ kind: 'sized', width, height });

/** What providers reported for pictures that were sent to them, the text of the prompt taken off. */
const MEASURED: readonly (readonly [ProviderName, string, number, number, number])[] = [
  ['openai', 'gpt-5.5', 256, 256, 77],
  ['openai', 'gpt-5.5', 1_920, 1_080, 2_448],
  ['openai', 'gpt-5.5', 4_032, 3_024, 11_868],
  ['openai', 'gpt-6-astra', 4_032, 3_024, 14_364],
  ['openai', 'gpt-4o', 1_024, 1_024, 765],
  ['openai', 'gpt-4o', 2_048, 4_096, 1_105],
  ['openai', 'gpt-4o-mini', 2_048, 4_096, 36_835],
  ['anthropic', 'claude-haiku-4-5', 512, 512, 350],
  ['anthropic', 'claude-haiku-4-5', 3_840, 2_160, 1_580],
  ['anthropic', 'claude-opus-5-5', 256, 256, 100],
  ['anthropic', 'claude-opus-5-5', 1_920, 1_080, 2_691],
  ['anthropic', 'claude-opus-5-5', 4_032, 3_024, 3_928],
  ['google', 'gemini-3-pro-preview', 3_840, 2_160, 1_101],
  ['google', 'gemini-2.5-flash', 960, 540, 1_548],
];

describe('the tokens of a picture', () => {
  it.each(MEASURED)(
    'at %s with %s, %i by %i pixels: at least the %i that were reported',
    (provider, model, width, height, reported) => {
      const bound = pictureTokens(at(provider, model), sized(width, height));
      expect(bound).toBeGreaterThanOrEqual(reported);
      expect(pictureTokens(at('openrouter', `${provider}/${model}`), sized(width, height))).toBe(bound);
    },
  );

  it.each<readonly [ProviderName, string, Picture['kind'], number]>([
    ['openai', 'gpt-4o', 'remote', 1_445],
    ['openai', 'gpt-4o-mini', 'remote', 48_169],
    ['openai', 'gpt-5-mini', 'unreadable', 3_779],
    ['openai', 'a-new-model', 'remote', 50_000],
    ['anthropic', 'claude-opus-5', 'remote', 5_000],
    // What is behind a URL may be a film.
    ['google', 'gemini-2.5-flash', 'remote', Number.POSITIVE_INFINITY],
    ['openrouter', 'openai/gpt-4o', 'remote', Number.POSITIVE_INFINITY],
    ['openrouter', 'qwen/qwen3-vl', 'unreadable', 50_000],
    ['openrouter', 'qwen/qwen3-vl', 'remote', Number.POSITIVE_INFINITY],
  ])('at %s with %s, which is %s: the most of any', (provider, model, kind, want) => {
    expect(pictureTokens(at(provider, model), { kind } as Picture)).toBe(want);
  });

  it('do not fall when the picture grows', () => {
    const side = fc.integer({ min: 1, max: 8_000 });
    const models = MEASURED.map(([provider, model]) => at(provider, model));
    fc.assert(
      fc.property(side, side, fc.nat(500), fc.constantFrom(...models), (width, height, more, price) => {
        // Gemini's tiles grow with the shorter side: there only the area bounds their number.
        fc.pre(price.provider !== 'google');
        const tokens = pictureTokens(price, sized(width, height));
        expect(tokens).toBeGreaterThan(0);
        expect(pictureTokens(price, sized(width + more, height))).toBeGreaterThanOrEqual(tokens);
      }),
      { seed: 12 },
    );
  });
});
