import { findProvider } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { createPriceSource, splitName } from './source.ts';

const source = createPriceSource();
const AT = Date.UTC(2026, 10, 22);

describe('a model has a price', () => {
  it.each([
    ['by its id', 'openai', 'gpt-4o-mini', 'gpt-4o-mini'],
    ['by an exact name of the list', 'openai', 'o3-mini-2025-01-31', 'o3-mini'],
    ['with a date', 'openai', 'gpt-4o-mini-2031-12-24', 'gpt-4o-mini'],
    ['with a short date', 'anthropic', 'claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
    ['by an alias', 'anthropic', 'claude-3-7-sonnet-20250219', 'claude-3-7-sonnet-latest'],
    ['by an alias with a version', 'google', 'gemini-2.0-flash-001', 'gemini-2.0-flash'],
    ['at OpenRouter by its name there', 'openrouter', 'openai/gpt-4o-mini', 'openai/gpt-4o-mini'],
  ] as const)('%s', (_how, provider, model, listed) => {
    expect(source.find(provider, model, AT)?.model).toBe(listed);
  });

  it('of its own with a date that the list has, rather than that of its family', () => {
    expect(source.find('openai', 'gpt-4o-2024-05-13', AT)?.base.input).toBe(500_000_000n);
    expect(source.find('openai', 'gpt-4o-2024-08-06', AT)?.base.input).toBe(250_000_000n);
  });
});

describe('a model has no price', () => {
  it.each([
    ['that resembles one', 'anthropic', 'claude-sonnet-5-5'],
    ['that begins like one', 'openai', 'gpt-4o-mini-turbo'],
    ['with a date that is none', 'openai', 'gpt-4o-mini-2024-13-40'],
    ['in other letters', 'openai', 'GPT-4o-mini'],
    ['of another provider', 'openai', 'claude-haiku-4-5'],
    ["of Anthropic's on Google Cloud", 'google', 'claude-3-5-sonnet'],
    ['that the list thinks free', 'google', 'gemma-4-31b-it'],
    ['by a name that every object has', 'openai', '__proto__'],
    ['whose sound the list has no price for', 'openai', 'gpt-4o-audio-preview'],
    ['that charges by the minute', 'openai', 'whisper-1'],
    ['that searches without being asked', 'openai', 'gpt-4o-mini-search-preview'],
    ['that is charged by the search at OpenRouter', 'openrouter', 'perplexity/sonar-pro'],
    ['that is always online', 'openrouter', 'perplexity/llama-3.1-sonar-small-128k-online'],
    ['that OpenRouter does not list, nor its maker', 'openrouter', 'openai/gpt-99'],
  ] as const)('%s', (_what, provider, model) => {
    expect(source.find(provider, model, AT)).toBeUndefined();
  });
});

describe('rates', () => {
  it('of pictures and sound at OpenRouter, whose list leaves them out, are those of the maker', () => {
    const model = 'gemini-2.5-flash-image';
    const [own, listed] = [source.find('google', model, AT), source.find('openrouter', `google/${model}`, AT)];
    expect(listed?.base.imageOutput).toBe(own?.base.imageOutput);
    expect(listed?.base.imageOutput).toBeGreaterThan(listed?.base.output ?? 0n);
  });

  it('are exact integers of microcredits per million tokens', () => {
    expect(source.find('openai', 'gpt-4o-mini', AT)?.base).toMatchObject({
      input: 15_000_000n,
      cachedInput: 7_500_000n,
      output: 60_000_000n,
      webSearch: 1_000_000_000_000n,
    });
    expect(source.find('anthropic', 'claude-haiku-4-5', AT)?.base).toMatchObject({
      input: 100_000_000n,
      cachedInput: 10_000_000n,
      cacheWrite5m: 125_000_000n,
      cacheWrite1h: 200_000_000n,
      output: 500_000_000n,
    });
    expect(source.find('google', 'gemini-2.5-flash', AT)?.base).toMatchObject({
      audioInput: 100_000_000n,
      cachedAudioInput: 10_000_000n,
    });
  });

  it('have the tiers of the list, each above its size', () => {
    const price = source.find('openai', 'gpt-5.4', AT);
    expect(price?.base).toMatchObject({ input: 250_000_000n, output: 1_500_000_000n });
    expect(price?.tiers).toMatchObject([
      { aboveInputTokens: 272_000, rates: { input: 500_000_000n, cachedInput: 50_000_000n, output: 2_250_000_000n } },
    ]);
  });

  it('change on the day that was announced', () => {
    const before = source.find('openai', 'o3', Date.UTC(2025, 5, 9))?.base.input;
    const after = source.find('openai', 'o3', Date.UTC(2025, 5, 10))?.base.input;
    expect([before, after]).toEqual([1_000_000_000n, 200_000_000n]);
  });

  it('are above zero for all input of every model that has a price', () => {
    for (const provider of ['openai', 'anthropic', 'google', 'openrouter'] as const) {
      for (const { id } of findProvider({ providerId: provider })?.models ?? []) {
        const price = source.find(provider, id, AT);
        if (price !== undefined) expect([id, price.base.input > 0n]).toEqual([id, true]);
      }
    }
  });
});

describe('a model named free', () => {
  it('is bounded by the price of its paid twin', () => {
    const paid = source.find('openrouter', 'meta-llama/llama-3.3-70b-instruct', AT);
    expect(source.find('openrouter', 'meta-llama/llama-3.3-70b-instruct:free', AT)).toEqual(paid);
  });
});

describe('overrides', () => {
  const overridden = createPriceSource({
    overrides: {
      'gpt-4o-mini': { provider: 'openai', input: 1, output: 2.5 },
      'house-model': { provider: 'openai', input: 0.1, cached_input: 0.01, output: 0, context: 9_000, max_output: 100 },
    },
  });

  it('add models and win over the list, whose limits stand in', () => {
    expect(overridden.find('openai', 'house-model', AT)).toMatchObject({
      source: 'override',
      base: { input: 10_000_000n, cachedInput: 1_000_000n, cacheWrite1h: 10_000_000n, output: 0n },
      contextTokens: 9_000,
      maxOutputTokens: 100,
    });
    expect(overridden.find('openai', 'gpt-4o-mini', AT)).toMatchObject({
      source: 'override',
      base: { input: 100_000_000n, cachedInput: 100_000_000n, output: 250_000_000n },
      contextTokens: 134_400,
    });
  });

  it('make a provider the maker of a model', () => {
    expect(overridden.providersOf('house-model', AT)).toEqual(['openai']);
    expect(overridden.providersOf('claude-haiku-4-5', AT)).toEqual(['anthropic']);
    expect(overridden.providersOf('nobodys-model', AT)).toEqual([]);
  });
});

describe('a name', () => {
  it.each([
    ['openai/gpt-4o', ['openai', 'gpt-4o']],
    ['gpt-4o', [undefined, 'gpt-4o']],
    ['meta-llama/llama-3', [undefined, 'meta-llama/llama-3']],
    ['google/', ['google', '']],
  ])('%s is split', (name, want) => {
    expect(splitName(name)).toEqual(want);
  });
});
