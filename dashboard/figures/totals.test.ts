import { expect, it } from 'vitest';
import { measured, NOTHING, remainder, sum } from './totals.ts';

const ONE = { requests: 1n, inputTokens: 2n, outputTokens: 3n, costMicro: 9_007_199_254_740_991n };

it('sums beyond what a number holds exactly', () => {
  expect(sum([ONE, ONE]).costMicro).toBe(18_014_398_509_481_982n);
  expect(sum([])).toEqual(NOTHING);
});

it('takes a part away, and has no answer where the part is more', () => {
  expect(remainder(sum([ONE, ONE]), ONE)).toEqual(ONE);
  expect(remainder(ONE, { ...NOTHING, requests: 2n })).toBeUndefined();
});

it('measures tokens of both directions', () => {
  expect([measured(ONE, 'tokens'), measured(ONE, 'requests')]).toEqual([5n, 1n]);
});
