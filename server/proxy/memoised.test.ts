import { expect, it } from 'vitest';
import { memoised } from './memoised.ts';

it('makes an answer once, until as many others as fit were asked for since', () => {
  const made: string[] = [];
  const answer = memoised((text) => {
    made.push(text);
    return { text };
  }, 2);
  const first = answer('a');
  expect(answer('a')).toBe(first);
  answer('b');
  answer('c');
  expect(answer('b')).toEqual({ text: 'b' });
  expect(answer('a')).not.toBe(first);
  expect(made).toEqual(['a', 'b', 'c', 'a']);
});
