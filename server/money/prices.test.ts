import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addUsd,
  type Consumption,
  costAtPrice,
  dearestRates,
  METERS,
  type ModelPrice,
  microToUsd,
  type Rates,
  ratesByMeter,
  ratesFor,
  usdToMicro,
} from './prices.ts';
import { NO_USAGE } from './usage.ts';

function testPrice(base: Partial<Rates>, tiers: readonly [number, Partial<Rates>][] = []): ModelPrice {
  return {
    provider: 'openai',
    model: 'm',
    source: 'override',
    base: ratesByMeter((meter) => base[meter] ?? 0n),
    tiers: tiers.map(([above, rates]) => ({
      aboveInputTokens: above,
      rates: ratesByMeter((meter) => rates[meter] ?? 0n),
    })),
    contextTokens: undefined,
    maxOutputTokens: undefined,
  };
}

describe('the cost of a call', () => {
  const rates = {
    input: 15_000_000n,
    cachedInput: 7_500_000n,
    cacheWrite5m: 20_000_000n,
    cacheWrite1h: 30_000_000n,
    audioInput: 100_000_000n,
    cachedAudioInput: 10_000_000n,
    output: 60_000_000n,
    audioOutput: 200_000_000n,
    imageOutput: 300_000_000n,
    webSearch: 1_000_000_000_000n,
  };
  const cases: readonly [string, Partial<Consumption>, bigint][] = [
    ['nothing', {}, 0n],
    ['one token of input, which is 15 microcredits', { inputTokens: 1 }, 15n],
    ['input and output', { inputTokens: 1_000, outputTokens: 10 }, 15_600n],
    ['a cached part inside the input', { inputTokens: 1_000, cachedInputTokens: 400 }, 12_000n],
    [
      'cache writes inside the input',
      { inputTokens: 1_000, cachedInputTokens: 100, cacheWrite5mTokens: 200, cacheWrite1hTokens: 300 },
      6_000n + 750n + 4_000n + 9_000n,
    ],
    ['sound inside the input', { inputTokens: 1_000, audioInputTokens: 400 }, 9_000n + 40_000n],
    [
      'cached sound, which is inside both',
      { inputTokens: 1_000, audioInputTokens: 400, cachedInputTokens: 300, cachedAudioInputTokens: 100 },
      400n * 15n + (200n * 75n) / 10n + 300n * 100n + 100n * 10n,
    ],
    [
      'sound and pictures inside the output',
      { outputTokens: 100, audioOutputTokens: 30, imageOutputTokens: 20 },
      15_000n,
    ],
    ['searches, by the piece', { webSearches: 3 }, 3_000_000n],
    ['parts that exceed their total', { inputTokens: 1, cachedInputTokens: 2 }, 15n],
  ];
  it.each(cases)('of %s', (_case, consumption, want) => {
    expect(costAtPrice(testPrice(rates), { ...NO_USAGE, ...consumption })).toBe(want);
  });

  it('is rounded up once, not part by part', () => {
    const thirds = testPrice({ input: 333_333n, output: 333_333n, cachedInput: 333_333n });
    expect(costAtPrice(thirds, { ...NO_USAGE, inputTokens: 2, cachedInputTokens: 1, outputTokens: 1 })).toBe(1n);
  });

  it('equals the exact fraction of an independent sum, rounded up', () => {
    const count = fc.nat({ max: 5_000_000 });
    const rate = fc.bigInt({ min: 0n, max: 10n ** 13n });
    fc.assert(
      fc.property(
        fc.tuple(count, count, count, count, count),
        fc.tuple(rate, rate, rate, rate, rate),
        ([plain, cached, write5m, write1h, output], [rPlain, rCached, r5m, r1h, rOutput]) => {
          const price = testPrice({
            input: rPlain,
            cachedInput: rCached,
            cacheWrite5m: r5m,
            cacheWrite1h: r1h,
            output: rOutput,
          });
          const cost = costAtPrice(price, {
            inputTokens: plain + cached + write5m + write1h,
            cachedInputTokens: cached,
            cacheWrite5mTokens: write5m,
            cacheWrite1hTokens: write1h,
            outputTokens: output,
          });
          // cost is the least integer c with c * 10^6 >= the sum.
          const sum =
            BigInt(plain) * rPlain +
            BigInt(cached) * rCached +
            BigInt(write5m) * r5m +
            BigInt(write1h) * r1h +
            BigInt(output) * rOutput;
          expect(cost * 1_000_000n >= sum && (cost - 1n) * 1_000_000n < sum).toBe(true);
        },
      ),
    );
  });
});

describe('tiers', () => {
  const price = testPrice({ input: 10n, output: 5n }, [
    [200_000, { input: 20n, output: 4n }],
    [500_000, { input: 15n, output: 9n }],
  ]);

  it.each([
    [0, 10n],
    [200_000, 10n],
    [200_001, 20n],
    [500_000, 20n],
    [500_001, 15n],
  ])('with %i input tokens the rate is %s', (inputTokens, want) => {
    expect(ratesFor(price, inputTokens).input).toBe(want);
  });

  it.each([
    [200_000, 10n, 5n],
    [200_001, 20n, 5n],
    [900_000, 20n, 9n],
  ])('with at most %i the dearest rates in reach are %s and %s', (most, input, output) => {
    expect(dearestRates(price, most)).toMatchObject({ input, output });
  });
});

describe('US dollars in decimal text', () => {
  it.each([
    ['0', 0n],
    ['1', 100_000_000n],
    ['0.15', 15_000_000n],
    ['0.00000001', 1n],
    ['0.000000001', 1n],
    ['0.000000011', 2n],
    ['1.5e-7', 15n],
    ['2E+1', 2_000_000_000n],
    ['12345678901234567890.123456789', 1234567890123456789012345679n],
  ])('%s is %s microcredits', (text, want) => {
    expect(usdToMicro(text)).toBe(want);
  });

  it('comes back from microcredits as it was', () => {
    expect(
      ['0', '1', '0.15', '0.00000001', '12345678901234567890.12345678'].map((text) =>
        microToUsd(usdToMicro(text) ?? -1n),
      ),
    ).toEqual(['0', '1', '0.15', '0.00000001', '12345678901234567890.12345678']);
    fc.assert(fc.property(fc.bigInt(0n, 2n ** 70n), (micro) => usdToMicro(microToUsd(micro)) === micro));
  });

  it.each([
    ['0', '0', '0'],
    ['0.000000004', '0.000000006', '0.00000001'],
    ['1.5e-7', '2E+1', '20.00000015'],
    ['0.1', '0.2', '0.3'],
  ])('%s and %s make %s', (a, b, want) => {
    expect(addUsd(a, b)).toBe(want);
    expect(addUsd(b, a)).toBe(want);
  });

  it.each(['', '-1', '1.', '.5', 'NaN', '1e9999', '0x10', ' 1', '1,5'])('%j is no amount', (text) => {
    expect(usdToMicro(text)).toBeUndefined();
  });
});

it('has a rate for every meter', () => {
  expect(Object.keys(ratesByMeter(() => 1n))).toEqual([...METERS]);
});
