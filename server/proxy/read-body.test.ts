import { expect, it } from 'vitest';
import { createByteBudget } from './read-body.ts';

it('gives each account its part, and all of them no more than there is', () => {
  const budget = createByteBudget({ totalBytes: 10, accountBytes: 6 });
  const [one, other] = [budget('a'), budget('a')];
  expect([one.take(4), other.take(3), other.take(2)]).toEqual(['taken', 'over_account', 'taken']);
  const neighbour = budget('b');
  expect([neighbour.take(5), neighbour.take(4)]).toEqual(['over_all', 'taken']);
  other.release();
  expect([neighbour.take(2), one.take(1)]).toEqual(['taken', 'over_all']);
  for (const share of [one, other, neighbour, neighbour]) share.release();
  expect([budget('c').take(6), budget('d').take(4)]).toEqual(['taken', 'taken']);
});

it('counts small bodies against their account alone: no number of them takes more than its part', () => {
  const budget = createByteBudget({ totalBytes: 10, accountBytes: 6 });
  expect(Array.from({ length: 4 }, () => budget('a').take(2, 0))).toEqual(['taken', 'taken', 'taken', 'over_account']);
  expect([budget('b').take(6), budget('c').take(4)]).toEqual(['taken', 'taken']);
  expect([budget('d').take(1), budget('d').take(1, 0)]).toEqual(['over_all', 'taken']);
});
