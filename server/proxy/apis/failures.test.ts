import { expect, it } from 'vitest';
import { mayBeOutput } from './failures.ts';

it.each([
  ['', false],
  ['[DONE]', false],
  ['{"type":"ping"}', false],
  ['{"error":{"message":"Overloaded."}}', false],
  ['{"choices":[{"delta":{"content":"Hi"}}],"error":{"message":"Overloaded."}}', true],
  ['what is no JSON', true],
])('an event of %s may have output in it: %s', (data, may) => {
  expect(mayBeOutput(data)).toBe(may);
});
