import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from './fixtures/raw-http.ts';
import { ALICE_KEY, type Service, startService } from './fixtures/service.ts';

let service: Service;
let call: Service['call'];
beforeAll(async () => {
  service = await startService();
  call = service.call;
});
afterAll(() => service.close());

/** A request of the given header lines, as they are. */
const raw = (requestLine: string, headers: readonly string[]) =>
  sendRaw(service.port, [requestLine, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n'));

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
