import { describe, expect, it } from 'vitest';
import { NO_USAGE } from '../money/usage.ts';
import { messages } from './apis/anthropic.ts';
import { generateContent } from './apis/gemini.ts';
import { chatCompletions } from './apis/openai.ts';
import { responses } from './apis/openai-responses.ts';
import type { Operation, Reported } from './apis/operation.ts';
import { billCall } from './bill.ts';
import { createPriceSource } from './prices/source.ts';
import type { Quote } from './quote.ts';

const at = Date.parse('2026-11-20');
const listed = createPriceSource();

type Provider = 'openai' | 'anthropic' | 'google' | 'openrouter';

/** The bill for an answer to a call to a model. */
function bill(provider: Provider, model: string, reported: Reported | undefined, prices = listed) {
  if (reported === undefined) throw new Error('nothing was reported');
  const extent = { answers: 1 };
  const price = prices.find(provider, model, at);
  const quote = { provider, model, price, extent } as Quote;
  return billCall(reported, { quote, prices, at });
}

function answer(operation: Operation, provider: Provider, body: object) {
  return operation.readResponse(JSON.stringify(body), provider);
}

const claude = (body: object) => answer(messages, 'anthropic', body);
const chat = (body: object) => answer(chatCompletions, 'openai', body);

describe('usage that stands apart from the totals', () => {
  const compacted = {
    input_tokens: 23_000,
    output_tokens: 1_000,
    iterations: [
      { type: 'compaction', input_tokens: 180_000, output_tokens: 3_500 },
      { type: 'message', input_tokens: 23_000, output_tokens: 1_000 },
    ],
  };

  it('is charged: the compaction of a long conversation', () => {
    const reported = claude({ model: 'claude-sonnet-4-6', usage: compacted });
    expect(bill('anthropic', 'claude-sonnet-4-6', reported)).toEqual({
      kind: 'bill',
      costMicro: 67_650_000n,
      usage: { ...NO_USAGE, inputTokens: 203_000, outputTokens: 4_500 },
      unpriced: [],
    });
  });

  it('is charged at the price of its own model: an advisor', () => {
    const usage = {
      input_tokens: 1_000,
      output_tokens: 100,
      iterations: [
        { type: 'message', input_tokens: 1_000, output_tokens: 100 },
        { type: 'advisor_message', model: 'claude-opus-5', input_tokens: 2_000, output_tokens: 300 },
      ],
    };
    // 1,000 x 100 + 100 x 500, and 2,000 x 500 + 300 x 2,500.
    const want = { costMicro: 1_900_000n, unpriced: [] };
    expect(bill('anthropic', 'claude-haiku-4-5', claude({ usage }))).toMatchObject(want);
  });

  it('has no bill where its model has no price', () => {
    const iterations = [{ type: 'advisor_message', model: 'claude-next', input_tokens: 1, output_tokens: 1 }];
    const reported = claude({ usage: { input_tokens: 1, output_tokens: 1, iterations } });
    const want = { kind: 'no_bill', reason: 'used_a_model_without_price' };
    expect(bill('anthropic', 'claude-haiku-4-5', reported)).toEqual(want);
  });

  it('of a fallback is charged attempt by attempt, and not where an attempt wrote nothing', () => {
    const attempts = (declined: number) => ({
      model: 'claude-opus-4-8',
      usage: {
        input_tokens: 400,
        output_tokens: 200,
        iterations: [
          { type: 'message', model: 'claude-fable-5', input_tokens: 500, output_tokens: declined },
          { type: 'fallback_message', model: 'claude-opus-4-8', input_tokens: 400, output_tokens: 200 },
        ],
      },
    });
    const served = 400n * 500n + 200n * 2_500n;
    const cost = (declined: number) => bill('anthropic', 'claude-fable-5', claude(attempts(declined)));
    expect(cost(0)).toMatchObject({ costMicro: served });
    expect(cost(7)).toMatchObject({ costMicro: served + 500n * 1_000n + 7n * 5_000n });
  });

  it('of a kind that is not known is charged as apart', () => {
    const iterations = [{ type: 'dream', input_tokens: 10, output_tokens: 0 }];
    const reported = claude({ usage: { input_tokens: 0, output_tokens: 1, iterations } });
    expect(bill('anthropic', 'claude-haiku-4-5', reported)).toMatchObject({ costMicro: 1_500n });
  });
});

describe('what was served is charged', () => {
  const usage = { prompt_tokens: 100, completion_tokens: 100 };
  const tier = (service_tier: unknown) => chat({ model: 'gpt-4o-mini-2024-07-18', service_tier, usage });
  const plain = 100n * 15n + 100n * 60n;

  it.each<[unknown, bigint]>([
    [undefined, plain],
    [null, plain],
    ['default', plain],
    ['scale', plain],
    ['flex', plain / 2n],
    ['priority', 12_500n],
  ])('in the tier %s', (name, costMicro) => {
    expect(bill('openai', 'gpt-4o-mini', tier(name))).toMatchObject({ costMicro, unpriced: [] });
  });

  it('in a tier that is not known, at the dearest one, and says so', () => {
    const want = { costMicro: (plain * 5n) / 2n, unpriced: ['service_tier'] };
    for (const name of ['hyper', 7]) expect(bill('openai', 'gpt-4o-mini', tier(name))).toMatchObject(want);
  });

  it('at the multiplier of a model that has none of its own, at the dearest one, and says so', () => {
    const reported = chat({ model: 'gpt-4', service_tier: 'priority', usage });
    expect(bill('openai', 'gpt-4', reported)).toMatchObject({ unpriced: ['service_tier'] });
  });

  it('by a model that was not asked for, at its own price', () => {
    const want = { costMicro: 100n * 250n + 100n * 1_000n, unpriced: [] };
    for (const model of ['gpt-4o-2024-08-06', 'openai/gpt-4o']) {
      expect(bill('openai', 'gpt-4o-mini', chat({ model, usage }))).toMatchObject(want);
    }
  });

  it('under a name that has no price, at the price of the model that was asked for, and says so', () => {
    const named = (model: string) => bill('openai', 'gpt-4o-mini', chat({ model, usage }));
    expect(named('owl-alpha')).toMatchObject({ costMicro: plain, unpriced: ['model'] });
    expect(named('gpt-4o-mini-0718')).toMatchObject({ costMicro: plain, unpriced: [] });
    for (const other of ['gpt-4o-mini-eu-7', 'gpt-4o-mini-pro', 'gpt']) {
      expect(named(other)).toMatchObject({ costMicro: plain, unpriced: ['model'] });
    }
  });

  it("under a dated name, at the operator's price for the model", () => {
    const own = { 'gpt-4o-mini': { provider: 'openai' as const, input: 1, output: 2 } };
    const prices = createPriceSource({ overrides: own });
    const want = { costMicro: 100n * 100n + 100n * 200n };
    expect(bill('openai', 'gpt-4o-mini', tier('default'), prices)).toMatchObject(want);
  });

  it('in a region and at a speed', () => {
    const served = (terms: object) => claude({ usage: { input_tokens: 1_000, output_tokens: 0, ...terms } });
    const cost = (terms: object) => bill('anthropic', 'claude-opus-4-6', served(terms));
    expect(cost({ inference_geo: 'global', speed: 'standard' })).toMatchObject({ costMicro: 500_000n, unpriced: [] });
    expect(cost({ inference_geo: 'us' })).toMatchObject({ costMicro: 550_000n, unpriced: [] });
    expect(cost({ inference_geo: 'us', speed: 'fast' })).toMatchObject({ costMicro: 3_300_000n, unpriced: [] });
    expect(cost({ inference_geo: 'moon' })).toMatchObject({ costMicro: 550_000n, unpriced: ['inference_geo'] });
  });

  it.each<[object, bigint]>([
    [{ serviceTier: 'standard' }, 30_000n],
    [{ trafficType: 'ON_DEMAND' }, 30_000n],
    [{ serviceTier: 'flex', trafficType: 'ON_DEMAND_FLEX' }, 15_000n],
    [{ trafficType: 'ON_DEMAND_PRIORITY' }, 60_000n],
  ])('by Gemini on the terms %j', (terms, costMicro) => {
    const usageMetadata = { promptTokenCount: 1_000, ...terms };
    const reported = answer(generateContent, 'google', { modelVersion: 'gemini-2.5-flash', usageMetadata });
    expect(bill('google', 'gemini-2.5-flash', reported)).toMatchObject({ costMicro, unpriced: [] });
  });
});

describe('searches', () => {
  const search = (action?: object) => ({ type: 'web_search_call', action });

  it('of OpenAI are charged but for the pages that were opened', () => {
    const output = [
      search({ type: 'search' }),
      search({ type: 'open_page' }),
      search({ type: 'find_in_page' }),
      search(),
    ];
    const body = { model: 'gpt-4o-mini', output, usage: { input_tokens: 0, output_tokens: 0 } };
    const reported = answer(responses, 'openai', body);
    expect(bill('openai', 'gpt-4o-mini', reported)).toMatchObject({ costMicro: 2_000_000n });
  });

  it.each([
    ['gemini-2.5-flash', 1],
    ['gemini-3.1-pro-preview', 2],
  ])('of %s count %i for two queries', (modelVersion, webSearches) => {
    const groundingMetadata = { webSearchQueries: ['a', 'b', 'a', ''] };
    const body = { modelVersion, candidates: [{ groundingMetadata }], usageMetadata: { promptTokenCount: 1 } };
    expect(answer(generateContent, 'google', body)?.consumption).toMatchObject({ webSearches });
  });

  it('without a fee are told', () => {
    const candidates = [{ groundingMetadata: { webSearchQueries: ['a'] } }];
    const reported = answer(generateContent, 'google', { candidates, usageMetadata: { promptTokenCount: 1 } });
    expect(bill('google', 'gemini-2.5-flash', reported)).toMatchObject({ unpriced: ['web_search'] });
  });
});

describe('counts that cannot be', () => {
  const counted = (consumption: object) => ({ consumption: { ...NO_USAGE, ...consumption }, costUsd: undefined });

  it.each([
    ['inputTokens', 140_000],
    ['outputTokens', 140_000],
    ['cachedInputTokens', Number.NaN],
    ['inputTokens', 2 ** 53],
    ['webSearches', 10_001],
  ])('are not believed: %s of %d', (name, count) => {
    const reason = `impossible_count: ${name}`;
    expect(bill('openai', 'gpt-4o-mini', counted({ [name]: count }))).toEqual({ kind: 'no_bill', reason });
  });

  it('are not believed where the workspace pays the provider itself', () => {
    expect(bill('openai', 'none', counted({ outputTokens: 1e12 }))).toMatchObject({ kind: 'no_bill' });
    expect(bill('openai', 'none', counted({ outputTokens: 1e6 }))).toMatchObject({ kind: 'bill', costMicro: 0n });
  });

  it('are believed up to the window', () => {
    expect(bill('openai', 'gpt-4o-mini', counted({ inputTokens: 128_000 }))).toMatchObject({ kind: 'bill' });
  });

  it("are not believed in the provider's own bill", () => {
    const reported = { ...counted({}), costUsd: '1e8' };
    const reason = 'impossible_count: cost';
    expect(bill('openai', 'gpt-4o-mini', reported)).toEqual({ kind: 'no_bill', reason });
  });
});
