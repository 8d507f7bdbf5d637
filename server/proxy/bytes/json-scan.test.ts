import { expect, it } from 'vitest';
import { isDeeperThan } from './json-scan.ts';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

it.each([
  ['as deep as the limit', nested(50), false],
  ['one level deeper', nested(51), true],
  ['objects and arrays in turn', '{"a":['.repeat(26) + ']}'.repeat(26), true],
  ['many arrays beside each other', `[${'[],'.repeat(500)}[]]`, false],
  ['brackets in a text', `{"a":"${'['.repeat(500)}"}`, false],
  ['brackets behind an escaped quote', `{"a":"\\"${'['.repeat(500)}"}`, false],
  ['brackets behind a text that ends in a backslash', `{"a":"\\\\","b":${'['.repeat(51)}`, true],
])('%s', (_, json, deeper) => {
  expect(isDeeperThan(json, 50)).toBe(deeper);
});
