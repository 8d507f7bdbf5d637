import { describe, expect, it } from 'vitest';
import { chargeAt, chargeForBill, type Used } from '../../harness/cost.ts';
import { createPriceBook, type Maker } from './price-book.ts';

const nothing: Used = { input: 0, cached: 0, write5m: 0, write1h: 0, output: 0, searches: 0 };
const NOW = Date.UTC(2026, 5, 1);
const book = createPriceBook({ mine: { provider: 'openai', input: '0.3', output: '1' } }, NOW);

describe('the oracle', () => {
  it.each<readonly [string, Maker, string, Partial<Used>, bigint]>([
    ['a token at $0.15 a million', 'openai', 'gpt-4o-mini', { input: 1 }, 15n],
    ['half a microcredit, rounded up once', 'openai', 'gpt-4o-mini', { input: 3, cached: 1 }, 38n],
    ['cache writes of both lives', 'anthropic', 'claude-haiku-4-5', { input: 30, write5m: 10, write1h: 20 }, 5_250n],
    ['three searches at $10 a thousand', 'anthropic', 'claude-haiku-4-5', { searches: 3 }, 3_000_000n],
    ['a call at the end of the tier', 'openai', 'gpt-5.4', { input: 272_000, output: 2 }, 68_003_000n],
    ['a call above the tier, as a whole', 'openai', 'gpt-5.4', { input: 272_001, output: 2 }, 136_005_000n],
    ['cache reads at the price of input, where none is listed', 'openai', 'mine', { input: 10, cached: 10 }, 300n],
  ])('charges %s', (_case, maker, model, told, want) => {
    expect(chargeAt(book.priceOf(maker, model, told.input ?? 0), { ...nothing, ...told })).toBe(want);
  });

  it.each([
    ['0.00012345678901', 12_346n],
    ['1.5e-7', 15n],
    ['1e-9', 1n],
    ['0', 0n],
    ['12', 1_200_000_000n],
  ])('charges a bill of $%s', (usd, want) => {
    expect(chargeForBill(usd)).toBe(want);
  });
});
