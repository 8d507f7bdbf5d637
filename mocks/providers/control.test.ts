import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { postChat } from './fixtures/reading.ts';
import { type StubProviders, startStubProviders } from './index.ts';

let stub: StubProviders;
beforeAll(async () => {
  stub = await startStubProviders();
});
afterEach(() => stub.reset());
afterAll(() => stub.close());

async function control(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${stub.url}/_stub/${path}`, {
    method,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

test('takes a rule over HTTP and applies it to the next call', async () => {
  expect(await control('POST', 'scripts', { respond: { text: 'by HTTP' } })).toEqual({
    status: 201,
    body: { queued: 1 },
  });
  expect(await (await postChat(stub)).json()).toMatchObject({ choices: [{ message: { content: 'by HTTP' } }] });
});

test('tells which scripts wait, with what is left of each, and forgets them', async () => {
  await control('POST', 'scripts', [{ times: 3, respond: { chunks: 2 } }, { respond: {} }]);
  await (await postChat(stub)).text();
  expect((await control('GET', 'scripts')).body).toEqual({
    scripts: [
      { times: 2, respond: { chunks: 2 } },
      { times: 1, respond: {} },
    ],
  });
  expect((await control('DELETE', 'scripts')).status).toBe(204);
  expect((await control('GET', 'scripts')).body).toEqual({ scripts: [] });
});

test('refuses a list whole when one rule has an unknown field, and says which', async () => {
  const answer = await control('POST', 'scripts', [{ respond: {} }, { respond: { dealyMs: 1 } }]);
  expect(answer).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_script', details: [{ path: 'respond', message: 'Unrecognized key: "dealyMs"' }] } },
  });
  expect((await control('GET', 'scripts')).body).toEqual({ scripts: [] });
  expect(await control('POST', 'scripts', '{')).toMatchObject({
    status: 400,
    body: { error: { code: 'malformed_json' } },
  });
});

test('shows the recorded calls but never records itself, and forgets them', async () => {
  await (await postChat(stub)).text();
  const { body } = await control('GET', 'calls');
  expect(body).toEqual({ calls: JSON.parse(JSON.stringify(stub.calls)) });
  expect(body).toMatchObject({ calls: [{ provider: 'openai', operation: 'chat.completions', outcome: 'finished' }] });
  expect((await control('DELETE', 'calls')).status).toBe(204);
  expect((await control('GET', 'calls')).body).toEqual({ calls: [] });
});

test('has no other paths', async () => {
  expect(await control('PUT', 'scripts')).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
});
