import { describe, expect, it } from 'vitest';
import { CHAT, chat } from '../../harness/books.ts';
import { bearer, expectRefused, requestText, speak, useTestPlatform } from './fixture.ts';

const MIB = 1024 * 1024;

describe('too much of something', () => {
  const platform = useTestPlatform();

  function post(text: string | Buffer, lines: readonly string[] = ['Content-Type: application/json']): string {
    const about = [bearer(platform.tenant), `Content-Length: ${Buffer.byteLength(text)}`, ...lines];
    return requestText(`POST ${CHAT} HTTP/1.1`, about, text.toString('latin1'));
  }

  it.each([
    ['path', (key: string) => requestText(`POST /v1/${'a'.repeat(20_000)} HTTP/1.1`, [key])],
    ['query', (key: string) => requestText(`GET /rig/v1/usage?subject=${'a'.repeat(20_000)} HTTP/1.1`, [key])],
    ['of one header', (key: string) => requestText(`POST ${CHAT} HTTP/1.1`, [key, `X: ${'a'.repeat(20_000)}`])],
    ['of a header name', (key: string) => requestText(`POST ${CHAT} HTTP/1.1`, [key, `${'a'.repeat(20_000)}: x`])],
    ['of all headers', (key: string) => requestText(`POST ${CHAT} HTTP/1.1`, [key, ...Array(9_000).fill('a:')])],
    ['of a credential', () => requestText(`POST ${CHAT} HTTP/1.1`, [`Authorization: Bearer ${'a'.repeat(15_000)}`])],
    [
      'of a query, in parameters',
      (key: string) => requestText(`GET /rig/v1/usage?${'a&'.repeat(7_000)} HTTP/1.1`, [key]),
    ],
  ])('is refused: %s', async (_case, bytes) => {
    for (const port of [platform.proxyPort, platform.controlPlanePort]) {
      expectRefused(await speak(port, bytes(bearer(platform.tenant))), platform.secrets);
    }
  });

  const MOST = 8 * MIB;
  const members = (count: number, name: string) =>
    Array.from({ length: count }, (_, index) => `"${name}${index}":1`).join();
  it.each<readonly [string, (most: number) => string]>([
    ['lists in lists', (most) => `{"a":${'['.repeat(most / 2)}${']'.repeat(most / 2 - 10)}`],
    ['lists in lists that never end', (most) => `{"a":${'['.repeat(most - 10)}`],
    ['objects in objects', (most) => `${'{"a":'.repeat(most / 6)}1${'}'.repeat(most / 6 - 10)}`],
    ['empty lists', (most) => `{"messages":[${'[],'.repeat(most / 3 - 10)}[]]}`],
    ['empty objects', (most) => `{"messages":[${'{},'.repeat(most / 3 - 10)}{}]}`],
    ['numbers', (most) => `{"messages":[${'1,'.repeat(most / 2 - 10)}1]}`],
    ['members of one name', (most) => `{${'"a":1,'.repeat(most / 6 - 10)}"a":1}`],
    ['members of other names', (most) => `{${members(most / 20, '\\u0061')}}`],
    ['members of small objects', (most) => `{"messages":[${`{${members(3, 'a')}},`.repeat(most / 64)}1]}`],
    ['digits', (most) => `{"max_tokens":${'9'.repeat(most - 20)}}`],
    ['decimals', (most) => `{"stream":1,"max_tokens":1.${'0'.repeat(most - 30)}1}`],
    ['an exponent', () => '{"max_tokens":1e999999999}'],
    ['backslashes', (most) => `{"stream":1,"messages":"${'\\'.repeat(most - 30)}"}`],
    ['escaped quotes', (most) => `{"stream":1,"messages":"${'\\"'.repeat(most / 2 - 20)}"}`],
    ['escapes of one name', (most) => `{"stream":1,"${'\\u0061'.repeat(most / 6 - 20)}":1}`],
    ['spaces', (most) => `{"stream":1${' '.repeat(most - 20)}}`],
    ['byte order marks', (most) => '\ufeff'.repeat(most / 3 - 10)],
    ['a name of the language', () => '{"__proto__":{"model":"gpt-4o-mini","stream":true},"stream":1,"constructor":{}}'],
  ])('in a body is refused, in bounded time and memory: %s', async (_case, make) => {
    const text = make(MOST);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST);
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    const status = expectRefused(
      await speak(platform.proxyPort, Buffer.from(post(Buffer.from(text)), 'latin1')),
      platform.secrets,
    );
    expect(status).toBe(400);
    // The bytes stand in memory a few times: as text on both sides, as what was read, as what is scanned.
    expect(process.memoryUsage().rss - before, 'memory').toBeLessThan(24 * MOST);
  });

  it('in a body is refused before it is sent, where its length says so', async () => {
    const lines = [bearer(platform.tenant), 'Content-Type: application/json', 'Content-Length: 99999999999'];
    const said = await speak(platform.proxyPort, requestText(`POST ${CHAT} HTTP/1.1`, lines, '{'));
    expect(expectRefused(said, platform.secrets)).toBe(413);
  });

  it('of kinds of content is refused each time', async () => {
    const KINDS = 3_000;
    const requests = Array.from({ length: KINDS }, (_, kind) => {
      const last = kind === KINDS - 1 ? 'Connection: close\r\n' : '';
      const about = `${bearer(platform.tenant)}\r\nContent-Type: text/x-${kind}; a=${kind}\r\n${last}Content-Length: 2`;
      return `POST ${CHAT} HTTP/1.1\r\nHost: x\r\n${about}\r\n\r\n{}`;
    });
    const said = await speak(platform.proxyPort, requests.join(''));
    expect(said.match(/HTTP\/1\.1 415 /g)).toHaveLength(KINDS);
    expect(said.match(/HTTP\/1\.1 /g)).toHaveLength(KINDS);
  });

  it('of limits of one subject is judged or refused, in one answer', async () => {
    const rates = Array.from({ length: 1_000 }, (_, second) => `0;window=${second + 1}`).join(',');
    const said = await speak(
      platform.proxyPort,
      post(JSON.stringify(chat), [
        'Content-Type: application/json',
        'X-Rigbox-Subject: a',
        `X-Rigbox-Subject-Rate: ${rates}`,
      ]),
    );
    expect(expectRefused(said, platform.secrets)).toBe(429);
  });
});
