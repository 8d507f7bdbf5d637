import { describe, expect, it } from 'vitest';
import { linkedSession, normalBaseUrl } from './session.ts';

const ORIGIN = 'http://127.0.0.1:8080';

describe('a link', () => {
  it('fills in a key of the platform that serves the page, or of the one it names', () => {
    expect(linkedSession('#api_key=rb_1', ORIGIN)).toEqual({ baseUrl: `${ORIGIN}/api/v1`, apiKey: 'rb_1' });
    expect(linkedSession('#base_url=https://p.example/api/v1/&api_key=rb_1', ORIGIN)).toEqual({
      baseUrl: 'https://p.example/api/v1',
      apiKey: 'rb_1',
    });
  });

  it('cannot aim a key that the user types at a host of its own', () => {
    expect(linkedSession('#base_url=https://evil.example/api/v1', ORIGIN)).toBeUndefined();
  });
});

it.each([
  [' https://p.example/api/v1/ ', 'https://p.example/api/v1'],
  ['https://user:secret@p.example/api?x#y', 'https://p.example/api'],
  ['javascript:alert(1)', undefined],
  ['p.example/api', undefined],
])('takes %j for %j', (text, url) => {
  expect(normalBaseUrl(text)).toBe(url);
});
