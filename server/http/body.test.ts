import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from './fixtures/raw-http.ts';
import { ALICE_KEY, AUTHORIZATION, JSON_HEADERS, type Service, startService } from './fixtures/service.ts';

let service: Service;
let call: Service['call'];
beforeAll(async () => {
  service = await startService();
  call = service.call;
});
afterAll(() => service.close());

const put = (body: NonNullable<RequestInit['body']>, headers: Record<string, string> = JSON_HEADERS) =>
  call('PUT', '/workspaces/ws-1/ai-config', { body, headers, duplex: 'half' } as RequestInit);

/** A PUT of ai-config with these header lines, as they are, and a body of ASCII. */
function raw(headers: readonly string[], body = '') {
  const head = ['PUT /api/v1/workspaces/ws-1/ai-config HTTP/1.1', 'Host: x', 'Connection: close', ...headers];
  return sendRaw(service.port, [...head, '', body].join('\r\n'));
}

describe('bodies', () => {
  it.each([
    ['its announced length', 'x'.repeat(1024 * 1024 + 1)],
    ['its length once it is read', new Blob(['x'.repeat(2 * 1024 * 1024)]).stream()],
  ])('answers 413 for a body that is too large by %s', async (_, body) => {
    expect(await put(body)).toMatchObject({ status: 413, body: { error: { code: 'payload_too_large' } } });
  });

  it('hangs up on a client that never stops sending', async () => {
    const socket = connect(service.port, '127.0.0.1');
    const head = ['PUT /api/v1/workspaces/ws-1/mode HTTP/1.1', 'Host: x', `Authorization: Bearer ${ALICE_KEY}`];
    socket.write([...head, 'Transfer-Encoding: chunked', '', ''].join('\r\n'));
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const send = (): void => void (socket.writable && socket.write(chunk, () => setImmediate(send)));
    send();
    await new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));
    expect(socket.bytesWritten).toBeGreaterThan(1024 * 1024);
  });

  it('takes a body of exactly 1 MiB', async () => {
    const body = `{"model":"x"}`;
    expect((await put(body + ' '.repeat(1024 * 1024 - body.length))).status).toBe(200);
  });

  it.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['Application/JSON;charset=UTF-8'],
    ['application/json; charset="utf-8"'],
  ])('takes content type %s', async (type) => {
    expect((await put('{}', { ...AUTHORIZATION, 'content-type': type })).status).toBe(200);
  });

  it.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['application/jsonp'],
    ['application/vnd.api+json'],
    ['application/json; charset=utf-16'],
    ['application/json; charset=latin1'],
    ['application/json; boundary=7'],
    ['application/json, text/plain'],
    ['multipart/form-data; boundary=x'],
    ['*/*'],
  ])('answers 415 for content type %s', async (type) => {
    expect(await put('{}', { ...AUTHORIZATION, 'content-type': type })).toMatchObject({
      status: 415,
      body: { error: { code: 'unsupported_media_type' } },
    });
  });

  it('answers 415 for a body without a content type', async () => {
    const headers = [`Authorization: Bearer ${ALICE_KEY}`, 'Content-Length: 2'];
    expect((await raw(headers, '{}')).status).toBe(415);
    expect((await raw(headers.slice(0, 1))).status).toBe(415);
  });

  it('answers 415 for a compressed body and says what to do', async () => {
    const answer = await put('{}', { ...JSON_HEADERS, 'content-encoding': 'gzip' });
    expect(answer.status).toBe(415);
    expect(answer.body.error.message).toContain('without Content-Encoding');
    expect((await put('{}', { ...JSON_HEADERS, 'content-encoding': 'identity' })).status).toBe(200);
  });

  it.each([['{"mode":'], ["{'mode':'byok'}"], ['{"mode":"byok"}{}'], ['undefined'], ['NaN'], [' ']])(
    'answers 400 malformed_json for %j and does not repeat it',
    async (text) => {
      expect(await put(text)).toMatchObject({
        status: 400,
        body: { error: { code: 'malformed_json', message: 'The body is not valid JSON.' } },
      });
    },
  );

  it('answers 400 malformed_json for a body that is not UTF-8', async () => {
    expect(await put(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toMatchObject({
      status: 400,
      body: { error: { code: 'malformed_json', message: 'The body is not valid UTF-8.' } },
    });
  });

  it.each([
    ['an announced length of 0', ['Content-Length: 0']],
    ['no length at all', []],
    ['an empty chunked body', ['Transfer-Encoding: chunked']],
  ])('answers 400 for a missing body with %s', async (_, headers) => {
    const all = [`Authorization: Bearer ${ALICE_KEY}`, 'Content-Type: application/json', ...headers];
    const answer = await raw(all, headers[0]?.includes('chunked') ? '0\r\n\r\n' : '');
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).error).toMatchObject({
      code: 'invalid_request',
      details: [{ in: 'body', pointer: '', code: 'required' }],
    });
  });

  it.each([['[]'], ['"x"'], ['1'], ['null'], ['true']])(
    'answers 400 for the body %s, which is no object',
    async (text) => {
      expect(await put(text)).toMatchObject({
        status: 400,
        body: { error: { details: [{ in: 'body', pointer: '', code: 'type', message: 'Must be object.' }] } },
      });
    },
  );

  it('answers 400 malformed_json for a body with two equal keys', async () => {
    expect(await put('{"mode":"managed","mode":"byok"}')).toMatchObject({
      status: 400,
      body: { error: { code: 'malformed_json', message: 'A field stands twice in an object.' } },
    });
  });

  it('does not read a body that the operation has no use for', async () => {
    const headers = { ...AUTHORIZATION, 'content-type': 'text/plain' };
    expect((await call('DELETE', '/workspaces/ws-1', { headers, body: 'x'.repeat(2 * 1024 * 1024) })).status).toBe(200);
  });

  it('hands the body to the handler as it was sent', async () => {
    const body = { name: 'n', ram_mb: null, catalog_ids: [] };
    expect(
      (await call('POST', '/workspaces', { headers: JSON_HEADERS, body: JSON.stringify(body) })).body.body,
    ).toEqual(body);
  });

  it('survives a body that is nested half a million deep', async () => {
    const depth = 500_000;
    const answer = await put(`{"model":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    expect(answer).toMatchObject({ status: 400, body: { error: { details: [{ pointer: '/model' }] } } });
  });

  it('bounds the answer to a body of a hundred thousand faults', async () => {
    const body = `{${Array.from({ length: 90_000 }, (_, n) => `"k${n}":1`).join(',')}}`;
    expect((await put(body)).body.error.details).toHaveLength(100);
  });
});
