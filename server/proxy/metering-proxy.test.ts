import { expect, it } from 'vitest';
import { memoised } from './metering-proxy.ts';

it('makes a result once, until as many others as fit were asked for since', () => {
  const made: string[] = [];
  const result = memoised((text) => {
    made.push(text);
    return { text };
  }, 2);
  const first = result('a');
  expect(result('a')).toBe(first);
  result('b');
  result('c');
  expect(result('b')).toEqual({ text: 'b' });
  expect(result('a')).not.toBe(first);
  expect(made).toEqual(['a', 'b', 'c', 'a']);
});
