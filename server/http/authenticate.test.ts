import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { readCredential } from './authenticate.ts';

function presented(rawHeaders: string[], query = '') {
  return readCredential({ rawHeaders } as IncomingMessage, new URLSearchParams(query));
}

describe('the credential of a request', () => {
  it.each([
    ['none without a header', [], { kind: 'none' }],
    ['the token of a bearer header', ['Authorization', 'Bearer rb_1'], { kind: 'bearer', token: 'rb_1' }],
    ['the scheme in any case', ['authorization', 'bEARER rb_1'], { kind: 'bearer', token: 'rb_1' }],
    ['several blanks', ['AUTHORIZATION', 'Bearer   rb_1'], { kind: 'bearer', token: 'rb_1' }],
    ['another scheme', ['Authorization', 'Basic rb_1'], { kind: 'malformed' }],
    ['the word bearer elsewhere', ['Authorization', 'Token bearer rb_1'], { kind: 'malformed' }],
    ['a scheme glued to its token', ['Authorization', 'Bearerrb_1'], { kind: 'malformed' }],
    ['no scheme', ['Authorization', 'rb_1'], { kind: 'malformed' }],
    ['no token', ['Authorization', 'Bearer '], { kind: 'malformed' }],
    ['two tokens', ['Authorization', 'Bearer rb_1 rb_2'], { kind: 'malformed' }],
    ['an empty header', ['Authorization', ''], { kind: 'malformed' }],
    ['a tab', ['Authorization', 'Bearer\trb_1'], { kind: 'malformed' }],
    ['two equal headers', ['Authorization', 'Bearer rb_1', 'authorization', 'Bearer rb_1'], { kind: 'duplicate' }],
    ['two headers joined by a proxy', ['Authorization', 'Bearer rb_1, Bearer rb_2'], { kind: 'duplicate' }],
    ['a key beside the header', ['Authorization', 'Bearer rb_1', 'X-Api-Key', 'rb_1'], { kind: 'duplicate' }],
    ['a key in another header only', ['X-Goog-Api-Key', 'rb_1'], { kind: 'none' }],
  ])('is %s', (_, rawHeaders, expected) => {
    expect(presented(rawHeaders)).toEqual(expected);
  });

  it.each([['access_token=rb_1'], ['api_key=rb_1'], ['key=rb_1']])(
    'is duplicate with ?%s beside the header',
    (query) => {
      expect(presented(['Authorization', 'Bearer rb_1'], query)).toEqual({ kind: 'duplicate' });
    },
  );

  it('does not take the value of another header for a name', () => {
    expect(presented(['X-Note', 'authorization', 'Authorization', 'Bearer rb_1'])).toEqual({
      kind: 'bearer',
      token: 'rb_1',
    });
  });
});
