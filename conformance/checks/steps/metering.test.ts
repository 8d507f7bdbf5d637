import { describe, expect, it } from 'vitest';
import { chargeMicro } from './metering.ts';

const price = { provider: 'openai', input: 2.5, cached_input: 1.25, output: 10 } as const;

describe('the charge that a check expects', () => {
  it.each([
    [{ input: 1_000_000, output: 0 }, 250_000_000n],
    [{ input: 0, output: 1 }, 1_000n],
    [{ input: 11, cachedInput: 5, output: 7 }, 11n * 250n + 5n * 125n + 7n * 1_000n],
    [{ input: 0, output: 0 }, 0n],
  ])('of %j is %s microcredits', (tokens, expected) => {
    expect(chargeMicro(price, tokens)).toBe(expected);
  });

  it('is rounded up once, over all parts together', () => {
    const fractions = { provider: 'openai', input: 0.003, cached_input: 0.004, output: 0.003 } as const;
    // 0.3 + 0.4 + 0.3 microcredits: each part alone would round up to one.
    expect(chargeMicro(fractions, { input: 1, cachedInput: 1, output: 1 })).toBe(1n);
    expect(chargeMicro(fractions, { input: 1, cachedInput: 1, output: 2 })).toBe(2n);
  });

  it('is exact where floats are not', () => {
    // In floats, 3 x 0.1 x 100 is a little more than 30, which would round up to 31.
    expect(chargeMicro({ provider: 'openai', input: 0.1, output: 0 }, { input: 3, output: 0 })).toBe(30n);
  });

  it('reads prices that are written with an exponent', () => {
    expect(chargeMicro({ provider: 'openai', input: 7.5e-8, output: 1e21 }, { input: 1, output: 0 })).toBe(1n);
    expect(chargeMicro({ provider: 'openai', input: 0, output: 1e21 }, { input: 0, output: 1 })).toBe(10n ** 23n);
  });
});
