import { describe, expect, it } from 'vitest';
import { leakIn } from './key-secrecy.ts';

const KEY = 'sk-canary/0123+456789';

function answered(text: string, headers: readonly (readonly [string, string])[] = []) {
  const request = { method: 'GET', url: 'https://x/', headers: [], body: undefined };
  return { request, response: { status: 200, headers, text, durationMs: 1 } };
}

describe('the search for a key', () => {
  it.each([
    ['in the body', answered(`say ${KEY}`), 'the body (plain)'],
    ['in a header', answered('', [['x-debug', `key=${KEY}`]]), 'the header x-debug (plain)'],
    ['in base64', answered(Buffer.from(`user:${KEY}`).toString('base64')), 'the body (base64)'],
    [
      'URL-encoded',
      answered('', [['location', `/?k=${encodeURIComponent(KEY)}`]]),
      'the header location (url-encoded)',
    ],
    ['in escapes of JSON', answered(`{"a":"${KEY.replaceAll('-', '\\u002D')}"}`), 'the body (plain, in escapes)'],
  ])('finds it %s', (_, call, place) => {
    expect(leakIn(call, KEY)).toBe(place);
  });

  it('finds nothing where only a preview stands', () => {
    expect(leakIn(answered(`{"preview":"${KEY.slice(0, 12)}..."}`), KEY)).toBeUndefined();
  });
});
