import fc from 'fast-check';
import { expect, it } from 'vitest';
import { messages } from '../../../server/proxy/apis/anthropic.ts';
import { responses } from '../../../server/proxy/apis/openai-responses.ts';
import { billCall } from '../../../server/proxy/bill.ts';
import { createPriceSource } from '../../../server/proxy/index.ts';
import type { Quote } from '../../../server/proxy/quote.ts';
import { type ChargedUse, chargeForAll, PRICES, type Used } from '../../harness/cost.ts';

const prices = createPriceSource();
const at = Date.parse('2026-11-20');
const seed = 20261120;
const runs = { seed, numRuns: 500 };

/** What the proxy bills for an answer. */
function billed(provider: 'anthropic' | 'openai', model: string, answer: object): bigint | string {
  const reported = (provider === 'openai' ? responses : messages).readResponse(JSON.stringify(answer), provider);
  const price = prices.find(provider, model, at);
  const quote = { provider, model, price, extent: { answers: 1 } } as Quote;
  if (reported === undefined) return 'nothing was reported';
  const bill = billCall(reported, { quote, prices, at });
  return bill.kind === 'bill' ? bill.costMicro : bill.reason;
}

const tokens = fc.nat(9_000);
const used: fc.Arbitrary<Used> = fc
  .tuple(tokens, tokens, tokens, tokens, tokens)
  .map(([plain, cached, write5m, write1h, output]) => {
    return { input: plain + cached + write5m + write1h, cached, write5m, write1h, output, searches: 0 };
  });

function anthropicCounts({ input, cached, write5m, write1h, output }: Used) {
  return {
    input_tokens: input - cached - write5m - write1h,
    cache_read_input_tokens: cached,
    cache_creation_input_tokens: write5m + write1h,
    cache_creation: { ephemeral_5m_input_tokens: write5m, ephemeral_1h_input_tokens: write1h },
    output_tokens: output,
  };
}

const GEOS = { global: [1, 1], us: [11, 10], not_available: [1, 1] } as const;
const SPEEDS = { standard: [1, 1], fast: [6, 1] } as const;
const names = <T extends object>(table: T) => fc.constantFrom(...(Object.keys(table) as (keyof T)[]));

it(`charges iterations, regions, speeds and searches of Anthropic as an independent reckoning does (seed ${seed})`, () => {
  const iteration = fc.record({ type: fc.constantFrom('message', 'compaction', 'advisor_message'), used });
  const searches = fc.nat(5);
  const property = fc.property(
    ...[used, fc.array(iteration, { maxLength: 4 }), names(GEOS), names(SPEEDS), searches],
    (total, iterations, geo, speed, web_search_requests) => {
      const usage = {
        ...anthropicCounts(total),
        iterations: iterations.map(({ type, used: own }) => {
          return { type, ...(type === 'advisor_message' && { model: 'claude-opus-4-6' }), ...anthropicCounts(own) };
        }),
        inference_geo: geo,
        speed,
        server_tool_use: { web_search_requests },
      };
      const times = [GEOS[geo][0] * SPEEDS[speed][0], GEOS[geo][1] * SPEEDS[speed][1]] as const;
      const price = PRICES['claude-opus-4-6'];
      const apart = iterations.filter(({ type }) => type !== 'message');
      const all: ChargedUse[] = [{ ...total, searches: web_search_requests }, ...apart.map((one) => one.used)].map(
        (one) => ({ price, used: one, times }),
      );
      const answer = { model: 'claude-opus-4-6', usage };
      expect(billed('anthropic', 'claude-opus-4-6', answer)).toBe(chargeForAll(all));
    },
  );
  fc.assert(property, runs);
});

const TIERS = { default: [1, 1], scale: [1, 1], flex: [1, 2], priority: [5, 3] } as const;

it(`charges tiers and searches of OpenAI as an independent reckoning does (seed ${seed})`, () => {
  const action = fc.constantFrom('search', 'open_page', 'find_in_page');
  const property = fc.property(used, names(TIERS), fc.array(action, { maxLength: 5 }), (drawn, tier, actions) => {
    const plain = { ...drawn, write5m: 0, write1h: 0 };
    const answer = {
      model: 'gpt-4o-mini-2024-07-18',
      service_tier: tier,
      output: actions.map((type) => ({ type: 'web_search_call', action: { type } })),
      usage: {
        input_tokens: plain.input,
        input_tokens_details: { cached_tokens: plain.cached },
        output_tokens: plain.output,
      },
    };
    const searches = actions.filter((type) => type === 'search').length;
    const use = { price: PRICES['gpt-4o-mini'], used: { ...plain, searches }, times: TIERS[tier] };
    expect(billed('openai', 'gpt-4o-mini', answer)).toBe(chargeForAll([use]));
  });
  fc.assert(property, runs);
});
