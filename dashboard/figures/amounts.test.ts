import { describe, expect, it } from 'vitest';
import { amountParts, formatCredits, formatRoundCredits, plainCredits, ratio } from './amounts.ts';

describe('an amount', () => {
  it.each([
    [0n, '0.00', '0.000000'],
    [1n, '0.000001', '0.000001'],
    [-4_000n, '\u22120.004000', '-0.004000'],
    [1_874_250_000n, '1,874.25', '1874.250000'],
    [1_874_250_001n, '1,874.250001', '1874.250001'],
    [1_234_567_890_123_457n, '1,234,567,890.123457', '1234567890.123457'],
    [9_007_199_254_740_993n * 1_000_000n, '9,007,199,254,740,993.00', '9007199254740993.000000'],
  ])('of %i microcredits is told exactly', (micro, shown, plain) => {
    expect([formatCredits(micro), plainCredits(micro)]).toEqual([shown, plain]);
  });

  it('falls into the parts that are drawn apart', () => {
    expect(amountParts(77_500n)).toEqual({ credits: '0', hundredths: '.07', rest: '7500' });
  });

  it('is shown without decimals where it has none, and it may be', () => {
    expect([formatRoundCredits(2_000_000_000n), formatRoundCredits(500_000n)]).toEqual(['2,000', '0.50']);
  });
});

describe('a share', () => {
  it.each([
    [1n, 4n, 0.25],
    [-1n, 4n, 0],
    [5n, 4n, 1],
    [0n, 0n, 0],
    [1n, 9_007_199_254_740_993n, 0],
  ])('%i of %i is %d', (part, total, share) => {
    expect(ratio(part, total)).toBe(share);
  });
});
