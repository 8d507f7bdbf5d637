import { describe, expect, it } from 'vitest';
import { createSecrets } from './secrets.ts';

const SECRET = 'sk-live/With+odd chars="1"&é';

function secretsWith(...values: readonly string[]) {
  const secrets = createSecrets();
  for (const [index, value] of values.entries()) secrets.add(value, `SECRET_${index + 1}`);
  return secrets;
}

const inEscapes = (text: string) =>
  Array.from(text, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

describe('secrets of a run', () => {
  it.each([
    ['plain', SECRET],
    ['as JSON', JSON.stringify(SECRET)],
    [
      'as JSON inside of JSON inside of JSON',
      JSON.stringify(JSON.stringify(JSON.stringify(SECRET).slice(1, -1)).slice(1, -1)),
    ],
    ['as JSON with escaped slashes', SECRET.replaceAll('/', '\\/').replaceAll('"', '\\"')],
    ['as HTML', SECRET.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
    ['URL-encoded', encodeURIComponent(SECRET)],
    ['URL-encoded in lower case', encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase())],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64url', Buffer.from(SECRET).toString('base64url')],
    ['in hex', Buffer.from(SECRET).toString('hex')],
    ['in capitals', SECRET.toUpperCase().replace('É', 'é')],
    ['in escapes of JSON', inEscapes(SECRET)],
    [
      'in escapes of JSON inside of JSON, with upper-case digits',
      inEscapes(SECRET).replaceAll('\\u00', '\\\\u00').toUpperCase().replaceAll('U', 'u'),
    ],
    ['in escapes of JavaScript', SECRET.replaceAll('-', '\\x2d')],
    ['in numbered entities', SECRET.replace(/[^\w é]/g, (sign) => `&#${sign.charCodeAt(0)};`)],
    ['in entities of hex digits', SECRET.replace(/[^\w é]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`)],
    ['URL-encoded twice', encodeURIComponent(encodeURIComponent(SECRET))],
    ['URL-encoded where it need not be', `%73%6B${encodeURIComponent(SECRET.slice(2))}`],
    ['in base64, URL-encoded', encodeURIComponent(Buffer.from(SECRET).toString('base64'))],
    ['in base64 over two lines', Buffer.from(SECRET).toString('base64').replace(/.{20}/, '$&\r\n')],
    ['over the lines of a stream', `${SECRET.slice(0, 9)}\n\ndata: ${SECRET.slice(9)}`],
    ['in upper-case hex', Buffer.from(SECRET).toString('hex').toUpperCase()],
  ])('are hidden %s', (_, written) => {
    expect(secretsWith(SECRET).redact(`before ${written} after`)).toMatch(/^before "?\[redacted SECRET_1\]"? after$/);
  });

  it.each(['', 'u', 'us', 'use', 'user:'])('are hidden in base64 behind %j', (prefix) => {
    const written = Buffer.from(`${prefix}${SECRET}:tail`).toString('base64');
    const hidden = secretsWith(SECRET).redact(written);
    expect(hidden).toContain('[redacted SECRET_1]');
    // At most the characters that the secret shares with its neighbours are left of it.
    const left = Buffer.from(hidden.replace('[redacted SECRET_1]', ''), 'base64').toString('latin1');
    expect(left).not.toMatch(/live|odd|chars/);
  });

  it('hides the longer of two secrets of which one begins the other', () => {
    expect(secretsWith('sk-key', 'sk-key-long').redact('sk-key-long, sk-key')).toBe(
      '[redacted SECRET_2], [redacted SECRET_1]',
    );
  });

  it('hides every occurrence, and tells text and secrets apart', () => {
    expect(secretsWith('sk-key').split('a sk-key b sk-key')).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'secret', name: 'SECRET_1' },
      { kind: 'text', text: ' b ' },
      { kind: 'secret', name: 'SECRET_1' },
    ]);
  });

  it('keeps the first name of a value, and ignores what is too short to be a secret', () => {
    const secrets = secretsWith('abc', 'sk-key', 'sk-key');
    expect(secrets.redact('abc sk-key')).toBe('abc [redacted SECRET_2]');
  });

  it.each(['back\\slash-key', 'quoted"key"', '\\u002d-and-%41', 'new\\nline\\rkey', '&amp;entity;'])(
    'hides the odd secret %j in every form',
    (odd) => {
      const secrets = secretsWith(odd);
      for (const written of [
        odd,
        JSON.stringify(odd),
        JSON.stringify(JSON.stringify(odd)),
        encodeURIComponent(odd),
        inEscapes(odd),
      ]) {
        expect(secrets.redact(`before ${written} after`)).toMatch(/^before [\\"]*\[redacted SECRET_1\][\\"]* after$/);
      }
    },
  );

  it('leaves what is no secret as it is, escapes included', () => {
    const text = '{"a":"\\u002d\\n%41&amp;\\\\"}\r\ndata: x\n\n';
    expect(secretsWith(SECRET).redact(text)).toBe(text);
  });

  it('hides a secret that became known after the first redaction', () => {
    const secrets = secretsWith('sk-first');
    secrets.redact('sk-first');
    secrets.add('sk-second', 'LATE');
    expect(secrets.redact('sk-second')).toBe('[redacted LATE]');
  });
});
