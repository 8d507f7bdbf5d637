import { describe, it } from 'vitest';
import { CHAT, chat } from '../../harness/books.ts';
import { bearer, expectRefused, requestText, speak, useTestPlatform } from './fixture.ts';

const platform = useTestPlatform();

const body = JSON.stringify(chat);
const length = `Content-Length: ${body.length}`;
const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
/** What would be a call of its own, if the end of the request before it were seen where it is not. */
const hidden = () => requestText(`POST ${CHAT} HTTP/1.1`, [bearer(platform.tenant), json, length], body);
const json = 'Content-Type: application/json';

/** Heads that two servers in a row could read in two ways; the body is a good call, and another follows it. */
const heads: readonly [string, readonly string[]][] = [
  ['two hosts', ['Host: elsewhere', length]],
  ['two lengths', [length, 'Content-Length: 0']],
  ['two lengths in one', [`Content-Length: ${body.length}, 0`]],
  ['a length with a sign', [`Content-Length: +${body.length}`]],
  ['a negative length', ['Content-Length: -1']],
  ['a hexadecimal length', [`Content-Length: 0x${body.length.toString(16)}`]],
  ['a length with a space in it', ['Content-Length: 1 0']],
  ['a length beyond all numbers', ['Content-Length: 99999999999999999999999']],
  ['no number for a length', ['Content-Length: all']],
  ['a length and chunks', [length, 'Transfer-Encoding: chunked']],
  ['chunks and a length', ['Transfer-Encoding: chunked', length]],
  ['chunks that are chunked', ['Transfer-Encoding: chunked, chunked']],
  ['chunks under another coding', ['Transfer-Encoding: chunked, identity']],
  ['an unknown coding', ['Transfer-Encoding: xchunked']],
  ['a coding of two names', ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity']],
  ['a coding behind a vertical tab', ['Transfer-Encoding: \x0bchunked']],
  ['a coding and a length, one of them spelt oddly', [length, 'Transfer-Encoding : chunked']],
  ['a space before a colon', [`Content-Length : ${body.length}`]],
  ['a folded coding', ['Transfer-Encoding:\r\n chunked']],
  ['a folded credential', [length, 'X-Folded: a\r\n Authorization: Bearer b']],
  ['a line without a name', [': x', length]],
  ['a line without a colon', ['nothing', length]],
  ['a name with a space', ['X Name: x', length]],
  ['a NUL in a value', ['X-Value: a\0b', length]],
  ['a carriage return in a value', ['X-Value: a\rContent-Length: 0', length]],
  ['a line feed in a value', [`X-Value: a\nTransfer-Encoding: chunked`, length]],
  ['a name that is not ASCII', ['X-N\xe4me: x', length]],
];

describe.each(['proxyPort', 'controlPlanePort'] as const)('at the %s, a request with', (port) => {
  it.each(heads)('%s is refused, and what hides behind it is never seen', async (_case, lines) => {
    // Nothing ends the connection but the refusal.
    const head = [`POST ${CHAT} HTTP/1.1`, 'Host: rigkit', bearer(platform.tenant), json, ...lines, '', ''].join(
      '\r\n',
    );
    const isChunked = lines.some((line) => line.startsWith('Transfer-Encoding'));
    const said = await speak(platform[port], head + (isChunked ? chunked : body) + hidden());
    expectRefused(said, platform.secrets);
  });
});

describe('chunks', () => {
  it.each([
    ['without a size', `${body}\r\n0\r\n\r\n`],
    ['of a negative size', `-1\r\n${body}\r\n0\r\n\r\n`],
    ['of a size beyond all numbers', `${'f'.repeat(40)}\r\n${body}\r\n0\r\n\r\n`],
    ['longer than they say', `1\r\n${body}\r\n0\r\n\r\n`],
    ['with a space before their size', ` ${chunked}`],
    ['with a line feed for an end of line', chunked.replace('\r\n', '\n')],
    ['with an extension without end', `1;${'a'.repeat(100_000)}\r\n{\r\n0\r\n\r\n`],
    ['with trailers without end', `${chunked.slice(0, -2)}${'X: y\r\n'.repeat(20_000)}\r\n`],
  ])('%s are refused', async (_case, bytes) => {
    const lines = [bearer(platform.tenant), json, 'Transfer-Encoding: chunked'];
    expectRefused(
      await speak(platform.proxyPort, requestText(`POST ${CHAT} HTTP/1.1`, lines, bytes)),
      platform.secrets,
    );
  });

  it('bring no credential behind them', async () => {
    const lines = [json, 'Transfer-Encoding: chunked', 'Trailer: Authorization'];
    const trailers = `${chunked.slice(0, -2)}${bearer(platform.tenant)}\r\n\r\n`;
    expectRefused(
      await speak(platform.proxyPort, requestText(`POST ${CHAT} HTTP/1.1`, lines, trailers)),
      platform.secrets,
    );
  });
});

describe('what is no request of HTTP/1', () => {
  it.each([
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['HTTP/0.9', `GET ${CHAT}\r\n\r\n`],
    ['an unknown version', `POST ${CHAT} HTTP/1.9\r\nHost: x\r\n\r\n`],
    ['a method in small letters', `post ${CHAT} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['a target with a space in it', `POST ${CHAT} HTTP/1.1 HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['the hello of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['zeros', '\0'.repeat(5_000)],
  ])('is refused: %s', async (_case, bytes) => {
    expectRefused(await speak(platform.proxyPort, bytes), platform.secrets);
  });
});
