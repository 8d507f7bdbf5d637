import { expect, it } from 'vitest';
import { hasDuplicateKey } from './duplicate-keys.ts';

it.each([
  ['at the top', '{"a":1,"b":2,"a":3}'],
  ['with equal values', '{"a":1,"a":1}'],
  ['escaped in one place', '{"a":1,"\\u0061":2}'],
  ['with white space before the colon', '{"a" :1,"a"\n\t:2}'],
  ['inside a list inside an object', '{"list":[{"a":1},{"b":2,"b":3}]}'],
  ['behind an object as a value', '{"a":{"b":1},"a":2}'],
  ['that are empty', '{"":1,"":2}'],
  ['that are called __proto__', '{"__proto__":1,"__proto__":2}'],
])('finds keys %s', (_, json) => {
  expect(hasDuplicateKey(json)).toBe(true);
});

it.each([
  ['different keys', '{"a":1,"b":1}'],
  ['the same key at different depths', '{"a":{"a":{"a":1}}}'],
  ['the same key in two objects of a list', '[{"a":1},{"a":1}]'],
  ['keys that differ in case', '{"a":1,"A":2}'],
  ['values that are equal', '{"a":"x","b":"x"}'],
  ['texts that look like keys and braces', '{"a":"{\\"a\\":1,\\"a\\":2}","b":"a"}'],
  ['a text that ends in a backslash', '{"a":"\\\\","b":"a"}'],
  ['no object', '"a"'],
])('finds none among %s', (_, json) => {
  expect(hasDuplicateKey(json)).toBe(false);
});

it('survives half a million levels, and a body of one long text', () => {
  expect(hasDuplicateKey('['.repeat(500_000) + ']'.repeat(500_000))).toBe(false);
  expect(hasDuplicateKey(JSON.stringify({ a: '\\"'.repeat(300_000) }))).toBe(false);
});
