import { findProvider } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { costAtPrice, costForUnits, type ProviderName, usdToMicro } from '../../money/prices.ts';
import { NO_USAGE } from '../../money/usage.ts';
import { createPriceSource } from './source.ts';
import { TIER_BOUNDARIES } from './tier-boundaries.ts';

const source = createPriceSource();
const LATER = Date.UTC(2030, 0);

/** The last prompt at the lower rates, as the providers publish it; written down here a second time. */
function lastCheapPrompt(provider: ProviderName, model: string): number {
  if (/gpt-/.test(model)) return 272_000;
  if (/grok-4-fast/.test(model)) return 127_999;
  return provider === 'google' && /1\.5/.test(model) ? 128_000 : 200_000;
}

type Price = number | { readonly base: number; readonly tiers: readonly { readonly price: number }[] } | undefined;

/** Every tiered price of the catalogue, with a time at which it holds, and the model's names. */
const TIERED = (['openai', 'anthropic', 'google', 'openrouter'] as const).flatMap((provider) =>
  (findProvider({ providerId: provider })?.models ?? [])
    .filter(({ id }) => !(provider === 'google' && id.startsWith('claude')))
    .flatMap(({ id, prices }) => {
      const periods = Array.isArray(prices) ? prices : [{ prices }];
      return periods.flatMap(({ constraint, prices: rates }, index) => {
        if (!Object.values(rates).some((rate) => typeof rate === 'object')) return [];
        const next = periods[index + 1]?.constraint;
        const end = next?.type === 'start_date' ? Date.parse(next.start_date) - 1 : LATER;
        const from = constraint?.type === 'start_date' ? constraint.start_date : '';
        return [{ provider, model: id, from, at: end, rates: rates as Readonly<Record<string, Price>> }];
      });
    }),
);

/** What a call costs by the catalogue's own numbers. */
function listedCost(rates: Readonly<Record<string, Price>>, inputTokens: number, isLong: boolean): bigint {
  const rate = (key: string) => {
    const price = rates[key];
    const usd = typeof price === 'object' ? (isLong ? price.tiers[0]?.price : price.base) : price;
    return usdToMicro(String(usd)) ?? -1n;
  };
  const cached = 'cache_read_mtok' in rates ? 1_000n : 0n;
  return costForUnits([
    [BigInt(inputTokens) - cached, rate('input_mtok')],
    [cached, cached === 0n ? 0n : rate('cache_read_mtok')],
    [100n, rate('output_mtok')],
  ]);
}

describe('the higher rates of a long prompt', () => {
  it.each(TIERED.map((tiered) => [tiered.provider, tiered.model, tiered.from, tiered] as const))(
    'of %s %s %s hold for the whole call above the published boundary, cache reads counted, and not at it',
    (provider, model, _from, { at, rates }) => {
      const price = source.find(provider, model, at);
      if (price === undefined) throw new Error('no price');
      const boundary = lastCheapPrompt(provider, model);
      for (const inputTokens of [boundary - 1, boundary, boundary + 1]) {
        const cachedInputTokens = 'cache_read_mtok' in rates ? 1_000 : 0;
        const cost = costAtPrice(price, { ...NO_USAGE, inputTokens, cachedInputTokens, outputTokens: 100 });
        expect([inputTokens, cost]).toEqual([inputTokens, listedCost(rates, inputTokens, inputTokens > boundary)]);
      }
    },
  );

  it('begin where a row with its source says, for every tiered model and no other', () => {
    const names = TIER_BOUNDARIES.flatMap(({ provider, models }) => models.map((model) => `${provider} ${model}`));
    expect(names.sort()).toEqual([...new Set(TIERED.map(({ provider, model }) => `${provider} ${model}`))].sort());
  });

  it('cost a call to gpt-5.4 with exactly 272,000 tokens of input nothing', () => {
    const price = source.find('openai', 'gpt-5.4', LATER);
    const usage = { ...NO_USAGE, inputTokens: 272_000, outputTokens: 100 };
    expect(price && costAtPrice(price, usage)).toBe(68_150_000n);
  });

  it('ended for the models of Anthropic that read a million tokens', () => {
    for (const model of ['claude-opus-4-6', 'claude-sonnet-4-6', 'claude-opus-5-5', 'claude-sonnet-5']) {
      expect(source.find('anthropic', model, Date.UTC(2026, 2, 13))?.tiers).toEqual([]);
    }
    expect(source.find('anthropic', 'claude-opus-4-6', Date.UTC(2026, 2, 12))?.tiers).toHaveLength(1);
  });

  it('are those of the maker at OpenRouter where its list has none, and never below its own', () => {
    const maker = source.find('google', 'gemini-2.5-pro', LATER);
    const there = source.find('openrouter', 'google/gemini-2.5-pro', LATER);
    expect(there?.tiers.map(({ aboveInputTokens }) => aboveInputTokens)).toEqual([200_000]);
    expect(there?.tiers[0]?.rates).toMatchObject({ input: 250_000_000n, output: 1_500_000_000n });
    expect(there?.tiers[0]?.rates.cachedInput).toBe(31_000_000n);
    expect(maker?.tiers[0]?.rates.cachedInput).toBe(25_000_000n);
  });
});

it('has no price for a name of OpenRouter that moves from model to model', () => {
  expect(source.find('openrouter', '~openai/gpt-latest', LATER)).toBeUndefined();
});
