import { describe, expect, it } from 'vitest';
import { costAtPrice } from '../../money/prices.ts';
import { NO_USAGE } from '../../money/usage.ts';
import { PriceFileError, parsePricesFile, toModelPrice } from './overrides.ts';

const rates = { input: 2, output: 3 };
const rule = {
  provider: 'openai',
  operation: 'responses',
  shape: 'tool',
  type: 'web_search_2027_01_01',
  like: 'web_search',
  clause: 'https://example.com',
};
const tiered = (...tiers: object[]) => JSON.stringify({ m: { provider: 'openai', ...rates, tiers } });

describe('a prices file', () => {
  it('is read as it stands', () => {
    const entry = { provider: 'openai', input: 2.5, cached_input: 1.25, output: 10, context: 128000 };
    expect(parsePricesFile(JSON.stringify({ ' gpt-4o ': entry }))).toEqual({ prices: { 'gpt-4o': entry }, rules: [] });
  });

  it('may begin with a byte order mark', () => {
    expect(parsePricesFile('\uFEFF{"m":{"provider":"openai","input":1,"output":2}}').prices).toHaveProperty('m');
  });

  it('may have rules beside its models', () => {
    expect(parsePricesFile(JSON.stringify({ rules: [rule] }))).toEqual({ prices: {}, rules: [rule] });
  });

  it.each([
    ['that is no JSON', '{', 'not valid JSON'],
    ['that is no JSON further on', '{"m":\n!}', "Unexpected token '!'"],
    ['that is a list', '[]', 'expected object'],
    ['without an output price', '{"m":{"provider":"openai","input":1}}', 'm.output'],
    ['with a field that nobody knows', '{"m":{"provider":"openai","input":1,"output":1,"inputs":2}}', 'inputs'],
    ['for a provider that nobody knows', '{"m":{"provider":"acme","input":1,"output":1}}', 'm.provider'],
    ['with a price below zero', '{"m":{"provider":"openai","input":-1,"output":1}}', 'm.input'],
    ['with half a token', '{"m":{"provider":"openai","input":1,"output":1,"context":0.5}}', 'm.context'],
    ['with a tier that has no output price', tiered({ above_input_tokens: 9, input: 2 }), 'm.tiers.0.output'],
    ['with a tier from zero tokens', tiered({ above_input_tokens: 0, ...rates }), 'm.tiers.0.above_input_tokens'],
    [
      'with tiers in the wrong order',
      tiered({ above_input_tokens: 9, ...rates }, { above_input_tokens: 9, ...rates }),
      'm.tiers.1.above_input_tokens: expected more tokens',
    ],
    [
      'with a model that has no name',
      JSON.stringify({ ' ': { provider: 'openai', ...rates } }),
      'a name for every model',
    ],
    ['with a rule that no page states', JSON.stringify({ rules: [{ ...rule, clause: '' }] }), 'rules.0.clause'],
    [
      'with a rule of neither kind',
      JSON.stringify({ rules: [{ ...rule, like: undefined }] }),
      'rules.0: expected either',
    ],
    [
      'with a rule that fits nowhere',
      JSON.stringify({ rules: [{ ...rule, shape: 'tol' }] }),
      'rules: openai responses tol',
    ],
    ['with a search below zero', '{"m":{"provider":"openai","input":1,"output":1,"web_search":-1}}', 'm.web_search'],
  ])('%s is refused with its fault', (_what, json, fault) => {
    expect(() => parsePricesFile(json)).toThrow(PriceFileError);
    expect(() => parsePricesFile(json)).toThrow(fault);
  });

  it('with several faults names them all', () => {
    expect(() => parsePricesFile('{"a":{"provider":"openai"}}')).toThrow(/a\.input.*a\.output/);
  });
});

it('refuses a price with more decimals than a rate can hold', () => {
  const priced = (input: number) => JSON.stringify({ own: { provider: 'openai', input, output: 1 } });
  expect(() => parsePricesFile(priced(0.12345678))).not.toThrow();
  expect(() => parsePricesFile(priced(0.123456789))).toThrow('eight decimals');
});

describe('an entry', () => {
  const stated = {
    provider: 'openai',
    input: 1,
    output: 2,
    audio_input: 8,
    audio_output: 16,
    image_output: 32,
    web_search: 10,
    tiers: [{ above_input_tokens: 1_000, input: 2, cached_input: 0.5, output: 3 }],
  } as const;

  it('states sound, pictures, searches by the thousand, and tiers', () => {
    const price = toModelPrice('m', { ...stated, tiers: [...stated.tiers] }, undefined);
    expect(price.base).toMatchObject({
      input: 100_000_000n,
      audioInput: 800_000_000n,
      cachedAudioInput: 800_000_000n,
      audioOutput: 1_600_000_000n,
      imageOutput: 3_200_000_000n,
      webSearch: 1_000_000_000_000n,
    });
    const call = { ...NO_USAGE, cachedInputTokens: 500, outputTokens: 100, webSearches: 1 };
    // At the boundary every token has the rates below it, and above it every token those of the tier.
    expect(costAtPrice(price, { ...call, inputTokens: 1_000 })).toBe(100_000n + 20_000n + 1_000_000n);
    expect(costAtPrice(price, { ...call, inputTokens: 1_001 })).toBe(501n * 200n + 500n * 50n + 30_000n + 1_000_000n);
  });

  it('of before, without them, means what it meant: text prices for all, and no tiers', () => {
    const price = toModelPrice('m', { provider: 'openai', input: 1, cached_input: 0.5, output: 2 }, undefined);
    expect(price.base).toMatchObject({
      audioInput: 100_000_000n,
      cachedAudioInput: 50_000_000n,
      audioOutput: 200_000_000n,
      webSearch: 0n,
    });
    expect(price.tiers).toEqual([]);
  });
});
