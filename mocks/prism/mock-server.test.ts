import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, type MockLogger, startMock } from './mock-server.ts';

let mock: Mock;
const lines: Parameters<MockLogger['info']>[] = [];

beforeAll(async () => {
  mock = await startMock({ logger: { info: (...line) => lines.push(line) } });
});
afterAll(() => mock.close());

const AUTHORIZATION = { authorization: 'Bearer rb_secret-of-the-caller' };

describe('the mock server', () => {
  it('serves the control plane under the base path of the contract, and the proxy at the origin', async () => {
    expect(mock.controlPlaneUrl).toBe(`${mock.url}/api/v1`);
    expect(mock.proxyUrl).toBe(mock.url);
    expect((await fetch(`${mock.controlPlaneUrl}/users/me/credits`, { headers: AUTHORIZATION })).status).toBe(200);
    expect((await fetch(`${mock.proxyUrl}/v1/models`, { headers: AUTHORIZATION })).status).toBe(200);
    expect((await fetch(`${mock.url}/users/me/credits`, { headers: AUTHORIZATION })).status).toBe(404);
    expect((await fetch(`${mock.controlPlaneUrl}/v1/models`, { headers: AUTHORIZATION })).status).toBe(404);
  });

  it('answers public operations without a credential', async () => {
    expect((await fetch(`${mock.controlPlaneUrl}/capacity`)).status).toBe(200);
    expect((await fetch(`${mock.controlPlaneUrl}/templates`)).status).toBe(200);
  });

  it.each(['/', '/nope', '/api/v1', '/api/v10/capacity', '/api/v1/capacity/', '//capacity', '/api/v1/workspaces/%zz'])(
    'answers 404 in the envelope at %s, where neither API stands',
    async (path) => {
      const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1.1 404 /);
      expect(answer).toContain('{"error":{"code":"not_found","message":"Not found."}}');
    },
  );

  it('answers 404 in the envelope of the API that is called', async () => {
    const body = async (path: string) => (await fetch(mock.url + path)).json();
    const anthropic = await fetch(`${mock.url}/anthropic/v1/nope`, { headers: { 'x-request-id': 'req-1' } });
    expect(await body('/v1/nope')).toEqual({
      error: { message: 'Not found.', type: 'rigbox_gateway_error', param: null, code: 'not_found' },
    });
    expect(await anthropic.json()).toEqual({
      type: 'error',
      error: { type: 'not_found_error', message: 'Not found.', code: 'not_found' },
      message: 'Not found.',
      request_id: 'req-1',
    });
    expect(await body('/google/v1beta/nope')).toMatchObject({
      error: { code: 404, message: 'Not found.', status: 'NOT_FOUND', details: [{ reason: 'not_found' }] },
    });
  });

  it.each([
    ['DELETE', '/api/v1/workspaces', 'GET, HEAD, POST'],
    ['OPTIONS', '/api/v1/workspaces/ws-1/ai-config', 'GET, HEAD, PUT'],
    ['GET', '/v1/chat/completions', 'POST'],
  ])('answers 405 to %s %s and lists the methods in Allow', async (method, path, allow) => {
    const answer = await fetch(mock.url + path, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allow);
    expect(await answer.json()).toMatchObject({ error: { code: 'method_not_allowed' } });
  });

  it('answers HEAD like GET, without the body', async () => {
    const head = await fetch(`${mock.controlPlaneUrl}/workspaces`, { method: 'HEAD', headers: AUTHORIZATION });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-type')).toBe('application/json');
    expect(await head.text()).toBe('');
    const refused = await fetch(`${mock.controlPlaneUrl}/workspaces`, { method: 'HEAD' });
    expect(refused.status).toBe(401);
  });

  it('answers a path whose parameter is percent-encoded', async () => {
    const url = `${mock.proxyUrl}/google/v1beta/models/tuned%2Fmine:countTokens`;
    const body = JSON.stringify({ contents: [{ parts: [{ text: 'a' }] }] });
    const headers = { 'x-goog-api-key': 'k', 'content-type': 'application/json' };
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
  });

  it('gives every answer a request id: the one the caller sent, where it is harmless', async () => {
    const ids = ['trace-1', 'a b', 'x'.repeat(129)].map(async (id) => {
      const answer = await fetch(`${mock.controlPlaneUrl}/capacity`, { headers: { 'x-request-id': id } });
      return answer.headers.get('x-request-id');
    });
    const [kept, ...made] = await Promise.all(ids);
    expect(kept).toBe('trace-1');
    for (const id of made) expect(id).toMatch(/^req_[\w-]{36}$/);
  });

  it('logs method, path, status and duration of a request, and nothing that may hold a secret', async () => {
    lines.length = 0;
    await fetch(`${mock.url}/google/v1/models?key=secret-in-query`, { headers: AUTHORIZATION });
    await expect.poll(() => lines.length).toBe(1);
    expect(lines).toEqual([
      [{ method: 'GET', path: '/google/v1/models', status: 200, durationMs: expect.any(Number) }, 'answered'],
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('rejects when its port is taken, and frees it when it is closed twice', async () => {
    const first = await startMock();
    const port = Number(new URL(first.url).port);
    await expect(startMock({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await Promise.all([first.close(), first.close()]);
    const second = await startMock({ port });
    await second.close();
  });
});

/** What the server sends to these bytes: a client library would tidy some of them up. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(mock.url).port), '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text;
    });
    socket.once('end', () => resolve(answer)).once('error', reject);
  });
}
