import { describe, expect, it } from 'vitest';
import { createPriceSource } from './source.ts';

const AT = Date.UTC(2026, 10, 22);
const list = createPriceSource({
  overrides: {
    'gpt-4o-mini': { provider: 'openai', input: 1, output: 2 },
    'house-model': { provider: 'openrouter', input: 1, output: 2 },
  },
});

describe('why a model has its price', () => {
  it.each([
    ['its id', 'openai', 'gpt-4.1', 'id', 'gpt-4.1', 'openai'],
    ['a name that the list states', 'openai', 'o3-mini-2025-01-31', 'listed_name', 'o3-mini-2025-01-31', 'openai'],
    ['an alias', 'anthropic', 'claude-3-7-sonnet', 'alias', 'claude-3-7-sonnet', 'anthropic'],
    [
      'a date behind its name',
      'anthropic',
      'claude-sonnet-4-5-20310102',
      'date_suffix',
      'claude-sonnet-4-5-20310102',
      'anthropic',
    ],
    ["the operator's word", 'openai', 'gpt-4o-mini', 'override', 'gpt-4o-mini', 'openai'],
    ["the operator's word over a date too", 'openrouter', 'house-model:free', 'override', 'house-model', 'openrouter'],
    ["OpenRouter's own list", 'openrouter', 'openai/gpt-4o-mini', 'id', 'openai/gpt-4o-mini', 'openrouter'],
    ["its maker's list", 'openrouter', 'anthropic/claude-haiku-4-5', 'id', 'claude-haiku-4-5', 'anthropic'],
  ] as const)('is %s', (_, provider, model, by, name, payee) => {
    const match = list.explain(provider, model, AT);
    expect(match).toMatchObject({ by, name, price: { provider: payee } });
    expect(list.find(provider, model, AT)).toBe(match?.price);
  });

  it('is not asked of a model that has none', () => {
    expect(list.explain('anthropic', 'claude-sonnet-5-5', AT)).toBeUndefined();
  });
});

describe('the names of a provider', () => {
  it('are those that lead to a price, sorted, with what the operator adds', () => {
    const names = list.names('openrouter', AT);
    expect(names).toContain('house-model');
    expect(names).toEqual([...new Set(names)].sort());
    for (const provider of ['openai', 'anthropic', 'google', 'openrouter'] as const) {
      const unpriced = list.names(provider, AT).filter((name) => list.find(provider, name, AT) === undefined);
      expect(unpriced).toEqual([]);
    }
    expect(list.names('openai', AT)).not.toContain('whisper-1');
    expect(list.names('openai', Date.UTC(1999, 0))).toContain('gpt-4o-mini');
  });
});
