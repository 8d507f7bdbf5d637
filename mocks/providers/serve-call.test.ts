import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { postChat } from './fixtures/reading.ts';
import { type StubProviders, startStubProviders } from './index.ts';

let stub: StubProviders;
beforeAll(async () => {
  stub = await startStubProviders({
    now: () => Date.UTC(2026, 0, 2),
    maxRecordedCalls: 5,
    keys: { openrouter: ['or-1'] },
  });
});
afterEach(() => stub.reset());
afterAll(() => stub.close());

const chat = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] };
const message = { ...chat, max_tokens: 5 };
const contents = { contents: [{ parts: [{ text: 'Hi' }] }] };

async function send(path: string, headers: Record<string, string>, body?: unknown) {
  const response = await fetch(`${stub.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

test('records all of a request: path with query, raw headers, body, credential, model', async () => {
  await send(
    '/anthropic/v1/messages?beta=true',
    { 'X-Api-Key': 'sk-1', 'X-Mixed': 'As Is' },
    { ...message, stream: false },
  );
  expect(stub.calls).toMatchObject([
    {
      id: 'call-1',
      provider: 'anthropic',
      operation: 'messages',
      method: 'POST',
      path: '/anthropic/v1/messages?beta=true',
      headers: { 'x-api-key': 'sk-1', 'x-mixed': 'As Is' },
      credential: 'sk-1',
      body: { ...message, stream: false },
      bodyText: JSON.stringify({ ...message, stream: false }),
      model: 'm',
      streamed: false,
      scripted: false,
      status: 200,
      receivedAt: '2026-01-02T00:00:00.000Z',
      outcome: 'finished',
    },
  ]);
});

test('records a header that was sent twice with both values', async () => {
  await new Promise<void>((resolve) => {
    const sent = request(`${stub.openaiBaseUrl}/models`, (response) => response.resume().once('end', resolve));
    sent.setHeader('authorization', ['Bearer one', 'Bearer two']);
    sent.end();
  });
  expect(stub.calls[0]?.headers.authorization).toBe('Bearer one, Bearer two');
});

test('takes model and stream from a Gemini path', async () => {
  await fetch(`${stub.googleBaseUrl}/v1beta/models/tuned%2Fone:streamGenerateContent?alt=sse&key=k`, {
    method: 'POST',
    body: JSON.stringify(contents),
  });
  expect(stub.calls[0]).toMatchObject({
    model: 'tuned/one',
    streamed: true,
    credential: 'k',
    operation: 'streamGenerateContent',
  });
});

test('keeps the latest calls when there are more than it may keep', async () => {
  for (let count = 0; count < 13; count += 1) await (await postChat(stub, { n: 1 })).text();
  expect(stub.calls).toHaveLength(5);
  const numbers = stub.calls.map(({ id }) => Number(id.split('-')[1]));
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
});

test.each([
  ['/openai/v1/chat/completions', {}, chat, { error: { type: 'invalid_request_error', code: 'invalid_api_key' } }],
  ['/openai/v1/models', { authorization: 'Bearer   ' }, undefined, { error: { code: 'invalid_api_key' } }],
  ['/openai/v1/models', { authorization: 'Basic abc' }, undefined, { error: { code: 'invalid_api_key' } }],
  ['/anthropic/v1/messages', {}, message, { type: 'error', error: { type: 'authentication_error' } }],
  ['/anthropic/v1/messages', { 'x-api-key': ' ' }, message, { type: 'error', error: { type: 'authentication_error' } }],
  ['/google/v1/models/m:generateContent', {}, contents, { error: { code: 401, status: 'UNAUTHENTICATED' } }],
  ['/google/v1/models/m:generateContent?key=', {}, contents, { error: { code: 401, status: 'UNAUTHENTICATED' } }],
  ['/google/v1/models/m:streamGenerateContent', {}, contents, [{ error: { code: 401 } }]],
  ['/openrouter/v1/chat/completions', { authorization: 'Bearer other' }, chat, { error: { code: 401 } }],
])("answers %s without a usable key (%j) by the provider's own 401", async (path, headers, body, expected) => {
  expect(await send(path, headers, body)).toMatchObject({ status: 401, body: expected });
});

test.each([
  ['/openai/v1/models', { authorization: 'Bearer k' }],
  ['/anthropic/v1/models', { authorization: 'Bearer k' }],
  ['/anthropic/v1/models', { 'x-api-key': 'k' }],
  ['/google/v1/models', { 'x-goog-api-key': 'k' }],
  ['/google/v1beta/models?key=k', {}],
  ['/google/v1beta/openai/models', { authorization: 'Bearer k' }],
  ['/openrouter/v1/models', { authorization: 'Bearer or-1' }],
])('accepts a key at %s where its provider takes it (%j)', async (path, headers) => {
  expect((await send(path, headers)).status).toBe(200);
  expect(stub.calls[0]?.credential).toMatch(/^(k|or-1)$/);
});

test.each([
  ['/openai/v1/nothing', { error: { type: 'invalid_request_error', param: null } }],
  ['/openrouter/v1/nothing', { error: { code: 404 } }],
  ['/anthropic/v1/nothing', { type: 'error', error: { type: 'not_found_error' } }],
  ['/google/v1/models/m:explode', { error: { code: 404, status: 'NOT_FOUND' } }],
  ['/google/v1/models/%ff:generateContent', { error: { code: 404, status: 'NOT_FOUND' } }],
  ['/google/v1beta/openai/nothing', [{ error: { code: 404 } }]],
  ['/', { error: { type: 'invalid_request_error' } }],
])("answers the unknown path %s by the provider's own 404, and records it", async (path, expected) => {
  expect(await send(path, { authorization: 'Bearer k' }, {})).toMatchObject({ status: 404, body: expected });
  expect(stub.calls[0]).toMatchObject({ path, operation: undefined, status: 404 });
});

test.each([
  ['/openai/v1/chat/completions', '{"model":', { error: { type: 'invalid_request_error' } }],
  ['/openai/v1/chat/completions', '[]', { error: { type: 'invalid_request_error' } }],
  [
    '/openai/v1/chat/completions',
    { messages: chat.messages },
    { error: { message: expect.stringContaining('model') } },
  ],
  ['/openai/v1/embeddings', { model: 'm' }, { error: { message: expect.stringContaining("'input'") } }],
  ['/anthropic/v1/messages', { ...message, messages: [] }, { error: { type: 'invalid_request_error' } }],
  ['/google/v1/models/m:countTokens', {}, { error: { status: 'INVALID_ARGUMENT' } }],
  ['/google/v1/models/m:batchEmbedContents', { requests: [1] }, { error: { status: 'INVALID_ARGUMENT' } }],
])("answers %s with the malformed body %j by the provider's own 400", async (path, body, expected) => {
  const headers = { authorization: 'Bearer k', 'x-goog-api-key': 'k' };
  expect(await send(path, headers, body)).toMatchObject({ status: 400, body: expected });
});

test('serves many calls at once, each with its own id', async () => {
  const ids = await Promise.all(
    Array.from({ length: 50 }, async () => ((await (await postChat(stub)).json()) as { id: string }).id),
  );
  expect(new Set(ids).size).toBe(50);
});
