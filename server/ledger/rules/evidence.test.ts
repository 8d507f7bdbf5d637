import { describe, expect, it } from 'vitest';
import { type ModelPrice, ratesByMeter } from '../../money/prices.ts';
import { NO_USAGE } from '../../money/usage.ts';
import { evidencedCost } from './evidence.ts';

const price: ModelPrice = {
  provider: 'openai',
  model: 'm',
  source: 'catalogue',
  base: ratesByMeter((meter) => (meter === 'output' ? 60_000_000n : 15_000_000n)),
  tiers: [],
  contextTokens: undefined,
  maxOutputTokens: undefined,
};
const usage = { ...NO_USAGE, inputTokens: 1_001, outputTokens: 10 };
const evidence = { holdId: 'hold', costUsd: undefined, usage: undefined };

describe('what a call cost by its evidence', () => {
  it("is the provider's own bill, rounded up once, rather than its tokens at their price", () => {
    const billed = evidencedCost({ ...evidence, costUsd: '0.000000011', usage }, 'managed', price);
    expect(billed).toEqual({ kind: 'cost', costMicro: 2n, usage });
  });

  it('is nothing where the provider says so', () => {
    expect(evidencedCost({ ...evidence, costUsd: '0' }, 'managed', price)).toEqual({
      kind: 'cost',
      costMicro: 0n,
      usage: NO_USAGE,
    });
  });

  it('is the tokens at their price where there is no bill', () => {
    expect(evidencedCost({ ...evidence, usage }, 'managed', price)).toEqual({
      kind: 'cost',
      costMicro: 15_615n,
      usage,
    });
  });

  it('is nothing in byok, whatever the provider billed its customer', () => {
    const own = evidencedCost({ ...evidence, costUsd: '1', usage }, 'byok', undefined);
    expect(own).toEqual({ kind: 'cost', costMicro: 0n, usage });
  });

  it('is unknown for tokens that have no price', () => {
    expect(evidencedCost({ ...evidence, usage }, 'managed', undefined)).toEqual({ kind: 'unpriced' });
  });
});
