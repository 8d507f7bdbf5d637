import { OpenRouter } from '@openrouter/sdk';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readAll } from './fixtures/reading.ts';
import { type StubProviders, startStubProviders } from './index.ts';

let stub: StubProviders;
let openRouter: OpenAI;
let anthropic: OpenAI;
let google: OpenAI;

beforeAll(async () => {
  stub = await startStubProviders();
  const clientFor = (baseURL: string) => new OpenAI({ apiKey: 'key', baseURL, maxRetries: 0 });
  openRouter = clientFor(stub.openrouterBaseUrl);
  anthropic = clientFor(`${stub.anthropicBaseUrl}/v1`);
  google = clientFor(`${stub.googleBaseUrl}/v1beta/openai`);
});
afterEach(() => stub.reset());
afterAll(() => stub.close());

const messages = [{ role: 'user' as const, content: 'Hello' }];
const usage = { inputTokens: 100, outputTokens: 40, cachedInputTokens: 60, thoughtsTokens: 30 };
const streaming = { messages, stream: true as const, stream_options: { include_usage: true } };

test('OpenRouter reports its cost in USD: 1 per million input and 4 per million output tokens by default', async () => {
  stub.script({ respond: { usage } });
  const completion = await openRouter.chat.completions.create({ model: 'openai/gpt-4o-mini', messages });
  expect(completion.usage).toMatchObject({ prompt_tokens: 100, completion_tokens: 70, cost: 0.00038 });
});

test('OpenRouter reports a scripted cost, in the last chunk of a stream even when usage was not asked for', async () => {
  stub.script({ respond: { usage, costUsd: 0.0421 } });
  const stream = await openRouter.chat.completions.create({ model: 'openai/gpt-4o', messages, stream: true });
  const chunks = await readAll(stream);
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 100, cost: 0.0421 } });
});

test("OpenRouter's own SDK, which takes no null for a fingerprint or a usage, reads its stream", async () => {
  stub.script({ respond: { usage, text: 'Hi', chunks: 2 } });
  const client = new OpenRouter({ serverURL: stub.openrouterBaseUrl, apiKey: 'key' });
  const stream = await client.chat.send({ chatRequest: { model: 'openai/gpt-4o', messages, stream: true } });
  if (!(stream instanceof ReadableStream)) throw new Error('not streamed');
  const chunks = await readAll(stream);
  expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe('Hi');
  expect(chunks.at(-1)?.usage).toMatchObject({ promptTokens: 100, completionTokens: 70 });
});

test('OpenRouter keeps its line alive with a comment and writes a numeric error code', async () => {
  const call = (body: object) =>
    fetch(`${stub.openrouterBaseUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer key' },
      body: JSON.stringify({ model: 'openai/gpt-4o', messages, ...body }),
    });
  expect(await (await call({ stream: true })).text()).toMatch(/^: OPENROUTER PROCESSING\n\ndata: \{/);
  stub.script({ respond: { error: { status: 402, message: 'No credits' } } });
  expect(await (await call({})).json()).toEqual({ error: { code: 402, message: 'No credits' } });
});

test("Anthropic's compatible endpoint reports totals without details, buffered and streamed", async () => {
  stub.script({ respond: { usage, text: 'Hi' }, times: 2 });
  const model = 'claude-sonnet-5';
  const wire = {
    prompt_tokens: 100,
    completion_tokens: 70,
    total_tokens: 170,
    prompt_tokens_details: null,
    completion_tokens_details: null,
  };
  const completion = await anthropic.chat.completions.create({ model, messages });
  expect(completion.usage).toEqual(wire);
  expect(completion.choices[0]?.message.content).toBe('Hi');
  const chunks = await readAll(await anthropic.chat.completions.create({ model, ...streaming }));
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: wire });
  expect(stub.calls[0]).toMatchObject({ provider: 'anthropic', operation: 'chat.completions', credential: 'key' });
});

test("Google's compatible endpoint counts thoughts in the total alone", async () => {
  stub.script({ respond: { usage } });
  const completion = await google.chat.completions.create({ model: 'gemini-2.5-flash', messages });
  expect(completion.usage).toEqual({ prompt_tokens: 100, completion_tokens: 40, total_tokens: 170 });
});

test("Google's compatible endpoint repeats the growing usage on every chunk and sends none without choices", async () => {
  stub.script({ respond: { usage, text: 'abcd', chunks: 2 } });
  const chunks = await readAll(await google.chat.completions.create({ model: 'gemini-2.5-flash', ...streaming }));
  expect(chunks.map((chunk) => chunk.usage?.completion_tokens)).toEqual([0, 20, 40, 40]);
  expect(chunks.every(({ choices }) => choices.length === 1)).toBe(true);
});

test("Google's compatible endpoint wraps its error in an array, and embeds and lists models", async () => {
  stub.script({ respond: { error: { status: 400, message: 'No' } } });
  await expect(google.chat.completions.create({ model: 'gemini-2.5-flash', messages })).rejects.toBeInstanceOf(
    OpenAI.BadRequestError,
  );
  const response = await fetch(`${stub.googleBaseUrl}/v1beta/openai/chat/completions`, { method: 'POST', body: '{}' });
  expect([response.status, await response.json()]).toMatchObject([401, [{ error: { status: 'UNAUTHENTICATED' } }]]);

  const { data } = await google.embeddings.create({ model: 'gemini-embedding-001', input: 'Hello' });
  expect(data).toHaveLength(1);
  expect((await readAll(google.models.list())).map(({ id }) => id)).toContain('models/gemini-2.5-flash');
});
