import { describe, expect, it } from 'vitest';
import { ageText } from './print.ts';

describe('an age', () => {
  it.each([
    [0, '0s'],
    [59, '59s'],
    [60, '1m'],
    [61, '1m 1s'],
    [3_599, '59m 59s'],
    [7_200, '2h'],
    [7_265, '2h 1m'],
    [90_000, '1d 1h'],
    [86_400 * 400 + 59, '400d'],
  ])('of %i seconds is told as %s', (seconds, text) => {
    expect(ageText(seconds)).toBe(text);
  });
});
