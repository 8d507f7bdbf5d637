import { expect, it } from 'vitest';
import { excessOf } from './json-scan.ts';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

it.each([
  ['as deep as the limit', nested(50), undefined],
  ['one level deeper', nested(51), 'levels'],
  ['objects and arrays in turn', '{"a":['.repeat(26) + ']}'.repeat(26), 'levels'],
  ['many arrays beside each other', `[${'[],'.repeat(400)}[]]`, undefined],
  ['brackets in a text', `{"a":"${'['.repeat(500)}"}`, undefined],
  ['brackets behind an escaped quote', `{"a":"\\"${'['.repeat(500)}"}`, undefined],
  ['brackets behind a text that ends in a backslash', `{"a":"\\\\","b":${'['.repeat(51)}`, 'levels'],
  ['as many values as the limit', `[${'1,'.repeat(998)}1]`, undefined],
  ['one value more', `[${'1,'.repeat(999)}1]`, 'values'],
  ['members of an object', `{${'"a":1,'.repeat(1_000)}"a":1}`, 'values'],
  ['empty lists in a list', `[${'[],'.repeat(500)}[]]`, 'values'],
  ['commas in a text', `{"a":"${','.repeat(2_000)}"}`, undefined],
])('%s', (_, json, excess) => {
  expect(excessOf(json, { levels: 50, values: 1_000 })).toBe(excess);
});
