import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from './fixtures/raw-http.ts';
import { ALICE_KEY, type Service, startService } from './fixtures/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const AUTHORIZATION = { authorization: `Bearer ${ALICE_KEY}` };
const JSON_HEADERS = { ...AUTHORIZATION, 'content-type': 'application/json' };

async function call(method: string, path: string, init: RequestInit = {}) {
  const answer = await fetch(service.api + path, { method, headers: AUTHORIZATION, ...init });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: text === '' ? undefined : JSON.parse(text) };
}

const put = (body: NonNullable<RequestInit['body']>, headers: Record<string, string> = JSON_HEADERS) =>
  call('PUT', '/workspaces/ws-1/ai-config', { body, headers, duplex: 'half' } as RequestInit);

/** A request of the given header lines, as they are, and a body of ASCII. */
const raw = (requestLine: string, headers: readonly string[], body = '') =>
  sendRaw(service.port, [requestLine, 'Host: x', 'Connection: close', ...headers, '', body].join('\r\n'));

const AI_CONFIG = '/api/v1/workspaces/ws-1/ai-config';

describe('paths and methods', () => {
  it.each([
    ['/nothing'],
    ['/workspaces/'],
    ['/workspaces//ai-config'],
    ['/Workspaces'],
    ['/workspaces/ws-1/ai-config/'],
    ['/users/me'],
    ['/users/%zz/credits'],
  ])('answers 404 for %s, with a credential and without', async (path) => {
    const expected = { error: { code: 'not_found', message: 'Not found.' } };
    expect(await call('GET', path)).toMatchObject({ status: 404, body: expected });
    expect(await call('GET', path, { headers: {} })).toMatchObject({ status: 404, body: expected });
  });

  it.each([
    ['PATCH', '/workspaces/ws-1/ai-config', 'GET, HEAD, PUT'],
    ['DELETE', '/users/me/credits', 'GET, HEAD'],
    ['OPTIONS', '/workspaces', 'GET, HEAD, POST'],
    ['HEAD', '/users/me/ai-mode', 'PUT'],
    ['POST', '/capacity', 'GET, HEAD'],
  ])('answers %s %s with 405 and the methods there are', async (method, path, allow) => {
    const answer = await call(method, path);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allow);
  });

  it('answers HEAD as GET, without the body', async () => {
    const get = await call('GET', '/workspaces');
    const head = await call('HEAD', '/workspaces');
    expect(head).toMatchObject({ status: get.status, text: '' });
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
    expect((await call('HEAD', '/workspaces/ws-2')).status).toBe(404);
    expect((await call('HEAD', '/workspaces', { headers: {} })).status).toBe(401);
  });

  it('finds the path of a request target in absolute form', async () => {
    const answer = await raw(`GET http://x/api/v1/workspaces?a=1 HTTP/1.1`, [`Authorization: Bearer ${ALICE_KEY}`]);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('"pointer":"/a"');
  });
});

describe('credentials', () => {
  it.each([
    ['no header', []],
    ['an unknown key', ['Authorization: Bearer rb_nobody']],
    ['another scheme', [`Authorization: Basic ${ALICE_KEY}`]],
    ['the word bearer after another scheme', [`Authorization: Token bearer ${ALICE_KEY}`]],
    ['the key alone', [`Authorization: ${ALICE_KEY}`]],
    ['a header that is not read', [`X-Api-Key: ${ALICE_KEY}`]],
  ])('answers 401 for %s, in the same words', async (_, headers) => {
    const answer = await raw(`GET ${AI_CONFIG} HTTP/1.1`, headers);
    expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
    expect(JSON.parse(answer.body)).toEqual({
      error: { code: 'unauthorized', message: 'A valid API key is required: Authorization: Bearer rb_...' },
    });
  });

  it.each([
    ['two headers, the first good', ['Authorization: Bearer rb_alice', 'Authorization: Bearer rb_nobody']],
    ['two headers, the last good', ['Authorization: Bearer rb_nobody', 'authorization: Bearer rb_alice']],
    ['two equal headers', ['Authorization: Bearer rb_alice', 'Authorization: Bearer rb_alice']],
    ['a second place', ['Authorization: Bearer rb_alice', 'X-Api-Key: rb_alice']],
  ])('answers 401 duplicate_credentials for %s', async (_, headers) => {
    const answer = await raw(`GET ${AI_CONFIG} HTTP/1.1`, headers);
    expect(answer.status).toBe(401);
    expect(answer.body).toContain('"duplicate_credentials"');
  });

  it('asks for none where the contract does not', async () => {
    expect((await call('GET', '/capacity', { headers: {} })).status).toBe(200);
    expect((await call('GET', '/templates', { headers: { authorization: 'nonsense' } })).status).toBe(200);
  });
});

describe('the id in a path', () => {
  it.each([['ws-2'], ['ws-1%00'], ['%zz'], ['ws%2F1'], ["'%20OR%201=1"], ['x'.repeat(2000)], ['__proto__']])(
    'answers for %s what it answers for any unknown id',
    async (id) => {
      const unknown = await call('GET', '/workspaces/ws-unknown/ai-config');
      const answer = await call('GET', `/workspaces/${id}/ai-config`);
      expect([answer.status, answer.text]).toEqual([404, unknown.text]);
    },
  );
});

describe('bodies', () => {
  it.each([
    ['its announced length', 'x'.repeat(1024 * 1024 + 1)],
    ['its length once it is read', new Blob(['x'.repeat(2 * 1024 * 1024)]).stream()],
  ])('answers 413 for a body that is too large by %s', async (_, body) => {
    expect(await put(body)).toMatchObject({ status: 413, body: { error: { code: 'payload_too_large' } } });
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
    expect((await raw(`PUT ${AI_CONFIG} HTTP/1.1`, headers, '{}')).status).toBe(415);
    expect((await raw(`PUT ${AI_CONFIG} HTTP/1.1`, headers.slice(0, 1))).status).toBe(415);
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
    const answer = await raw(`PUT ${AI_CONFIG} HTTP/1.1`, all, headers[0]?.includes('chunked') ? '0\r\n\r\n' : '');
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

  it('lets the last of two equal keys count', async () => {
    expect((await put('{"mode":"managed","mode":"byok"}')).body.body).toEqual({ mode: 'byok' });
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

describe('violations', () => {
  it('are all listed, each with its pointer', async () => {
    const body = '{"modle":"x","a/b~c":1,"":1,"mode":5,"provider":"acme","model":"","api_key":"a\\u0000"}';
    const answer = await call('PUT', '/workspaces/ws-1/ai-config?x=1&x=2&y=', { headers: JSON_HEADERS, body });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
    const { details } = answer.body.error as { details: { in: string; pointer: string; code: string }[] };
    expect(details.map((each) => `${each.in} ${each.pointer} ${each.code}`).sort()).toEqual([
      'body / additionalProperties',
      'body /api_key pattern',
      'body /a~1b~0c additionalProperties',
      'body /mode enum',
      'body /mode type',
      'body /model minLength',
      'body /model pattern',
      'body /modle additionalProperties',
      'body /provider enum',
      'query /x additionalProperties',
      'query /y additionalProperties',
    ]);
  });

  it('never repeat a value', async () => {
    const answer = await put(JSON.stringify({ api_key: 'sk-hunter2\n', mode: 'sk-hunter2', provider: ['sk-hunter2'] }));
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('hunter2');
  });

  it.each([
    ['{"__proto__":{"mode":"byok"}}', '/__proto__'],
    ['{"model":{"__proto__":1}}', '/model/__proto__'],
    ['{"\\u005f_proto__":1}', '/__proto__'],
  ])('include a field named __proto__ in %s', async (body, pointer) => {
    const { details } = (await put(body)).body.error;
    expect(details).toContainEqual({ in: 'body', pointer, code: 'additionalProperties', message: 'Unknown field.' });
  });

  it.each([
    ['?range=1d', 'enum'],
    ['?range=', 'enum'],
    ['?range', 'enum'],
    ['?range=24h%20', 'enum'],
    ['?range=1h&range=1h', 'maxItems'],
    ['?range[]=1h', 'additionalProperties'],
    ['?Range=1h', 'additionalProperties'],
  ])('include the query %s', async (query, code) => {
    const answer = await call('GET', `/users/me/ai-usage/metrics${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body.error.details).toMatchObject([{ in: 'query', code }]);
  });

  it('leave a good query to the handler, with the default of what it leaves out', async () => {
    expect((await call('GET', '/users/me/ai-usage/metrics?range=7d')).body.query).toEqual({ range: '7d' });
    expect((await call('GET', '/users/me/ai-usage/metrics')).body.query).toEqual({ range: '24h' });
  });
});
