import { expect, it } from 'vitest';
import { type Chance, createChance } from './chance.ts';

const draws = (chance: Chance, count = 200) => Array.from({ length: count }, () => chance.int(1_000));

it('draws the same values for the same seed and name', () => {
  expect(draws(createChance(7, 'getThing/3'))).toEqual(draws(createChance(7, 'getThing/3')));
});

it.each([
  ['another seed', createChance(8, 'getThing/3')],
  ['another name', createChance(7, 'getThing/4')],
])('draws other values for %s', (_, other) => {
  expect(draws(other)).not.toEqual(draws(createChance(7, 'getThing/3')));
});

it('stays below its bound, and reaches everything below it', () => {
  const chance = createChance(1, 'bounds');
  const seen = new Set(Array.from({ length: 500 }, () => chance.int(7)));
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

it('has nothing to pick from an empty list', () => {
  expect(() => createChance(1, 'none').pick([])).toThrow('nothing to pick from');
});
