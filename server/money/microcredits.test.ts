import { describe, expect, it } from 'vitest';
import { creditsToMicro, MICRO_PER_USD, microAsCredits, microAsInteger } from './microcredits.ts';

describe('microcredits', () => {
  it('are 1,000,000 to the credit and 100 credits to the dollar', () => {
    expect(creditsToMicro(250)).toBe(250_000_000n);
    expect(MICRO_PER_USD).toBe(100_000_000n);
  });

  it('become exact integers at the JSON edge, debts too', () => {
    expect(microAsInteger(-7n)).toBe(-7);
    expect(microAsCredits(1_500_000n)).toBe(1.5);
  });

  it('are never answered inexactly', () => {
    expect(microAsInteger(2n ** 63n - 1n)).toBe(2 ** 63);
    expect(() => creditsToMicro(0.5)).toThrow(RangeError);
  });
});
