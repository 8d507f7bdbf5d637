import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEAKY } from './fixtures/documents.ts';
import { type Mock, serveDocuments } from './mock-server.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await serveDocuments({ 'control-plane': LEAKY });
});
afterAll(() => mock.close());

const get = async (prefer: string) => {
  const answer = await fetch(`${mock.controlPlaneUrl}/secrets/1`, { headers: { prefer } });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
};

describe('a write-only member', () => {
  it('is not shown though the example shows it, at any depth', async () => {
    expect((await get('example=leak')).body).toEqual({ name: 'a', nested: [{ name: 'b' }] });
  });

  it('is not made up where there is no example', async () => {
    const answer = await fetch(`${mock.controlPlaneUrl}/secrets/1`, { method: 'PUT' });
    const body = await answer.text();
    expect(answer.status).toBe(200);
    expect(body).toContain('"name":"made"');
    expect(body).not.toContain('api_key');
  });

  it('is accepted in a request', async () => {
    const init = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"name":"a","api_key":"k"}' };
    expect((await fetch(`${mock.controlPlaneUrl}/secrets/1`, init)).status).toBe(200);
  });
});

describe('a document of another kind than the contract', () => {
  it('is served below the path of its server', () => {
    expect(new URL(mock.controlPlaneUrl).pathname).toBe('/base');
  });

  it('takes a preferred code from a range, and the headers from their examples', async () => {
    expect((await get('code=418')).status).toBe(418);
    expect((await get('code=202')).body).toMatchObject({ error: { details: { available: { '4XX': ['refused'] } } } });
    const { headers } = await get('code=200');
    expect([headers.get('x-cost'), headers.get('x-flag')]).toEqual(['7', null]);
  });

  it('answers 500 in the envelope, and goes on, where no body can be made', async () => {
    const headers = { prefer: 'dynamic=true' };
    const answer = await fetch(`${mock.controlPlaneUrl}/impossible`, { headers });
    expect(answer.status).toBe(500);
    const { error } = (await answer.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe('internal_error');
    expect(error.message).toMatch(/^The mock could not make a response: .{1,200}$/s);
    expect((await get('')).status).toBe(200);
  });

  it('answers 204 without a body', async () => {
    const answer = await fetch(`${mock.controlPlaneUrl}/secrets/1`, { method: 'DELETE' });
    expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([204, '', null]);
  });

  it('prefers the concrete path to the templated one, and takes a list in the query', async () => {
    const first = (query: string) => fetch(`${mock.controlPlaneUrl}/secrets/first?${query}`);
    expect((await first('tag=a&tag=b&limit=3')).status).toBe(200);
    expect((await first('limit=x')).status).toBe(400);
    expect((await fetch(`${mock.controlPlaneUrl}/secrets/first`, { method: 'PUT' })).headers.get('allow')).toBe(
      'GET, HEAD',
    );
  });
});
