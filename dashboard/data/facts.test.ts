import { expect, it } from 'vitest';
import { readCredits, readSeries } from './facts.ts';

const credits = { mode: 'managed', remaining: 0, total: 0, total_micro: 0 } as const;

it('keeps integers to the last digit that JSON carries exactly, and refuses those beyond', () => {
  expect(readCredits({ ...credits, remaining_micro: Number.MAX_SAFE_INTEGER }).remainingMicro).toBe(
    9_007_199_254_740_991n,
  );
  expect(() => readCredits({ ...credits, remaining_micro: Number.MAX_SAFE_INTEGER + 1 })).toThrow();
  expect(() => readCredits({ ...credits, remaining_micro: 0.5 })).toThrow();
});

it.each([
  [0.000001, 1n],
  [0.1 + 0.2, 300_000n],
  [1_234_567_890.123457, 1_234_567_890_123_457n],
])('finds the microcredits behind %d credits of a series', (v, costMicro) => {
  const point = [{ t: 1_768_467_600, v }];
  const none = [{ t: 1_768_467_600, v: 0 }];
  const series = { credits: point, requests: none, input_tokens: none, output_tokens: none };
  expect(readSeries({ range: '1h', step_seconds: 60, series }).steps[0]?.costMicro).toBe(costMicro);
});
