import Anthropic from '@anthropic-ai/sdk';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readAll } from './fixtures/reading.ts';
import { type StubProviders, startStubProviders } from './index.ts';

let stub: StubProviders;
let client: Anthropic;

beforeAll(async () => {
  stub = await startStubProviders();
  client = new Anthropic({ apiKey: 'sk-ant-test', baseURL: stub.anthropicBaseUrl, maxRetries: 0 });
});
afterEach(() => stub.reset());
afterAll(() => stub.close());

const hello = {
  model: 'claude-sonnet-5',
  max_tokens: 1000,
  system: 'Be kind',
  messages: [{ role: 'user' as const, content: 'Hello' }],
};
const scripted = {
  inputTokens: 1000,
  outputTokens: 50,
  cachedInputTokens: 600,
  cacheWrite5mTokens: 200,
  cacheWrite1hTokens: 100,
  reasoningTokens: 20,
};
const wireInput = { input_tokens: 100, cache_creation_input_tokens: 300, cache_read_input_tokens: 600 };
const wireOutput = { output_tokens: 50, output_tokens_details: { thinking_tokens: 20 } };

test('answers a message with a text and counts made from system and messages when nothing is scripted', async () => {
  const message = await client.messages.create(hello);
  const text = 'Hello from the anthropic stub (model claude-sonnet-5). You said: Hello';
  expect(message.content).toMatchObject([{ type: 'text', text }]);
  expect(message.stop_reason).toBe('end_turn');
  expect(message.usage).toMatchObject({ input_tokens: 3, output_tokens: Math.ceil(text.length / 4) });
});

test('takes cache reads and writes off input_tokens and splits the writes by lifetime', async () => {
  stub.script({ respond: { usage: { ...scripted, webSearchRequests: 2 } } });
  const { usage } = await client.messages.create(hello);
  expect(usage).toMatchObject({
    ...wireInput,
    ...wireOutput,
    cache_creation: { ephemeral_5m_input_tokens: 200, ephemeral_1h_input_tokens: 100 },
    server_tool_use: { web_search_requests: 2 },
  });
});

test('streams a message whose message_delta usage is cumulative and replaces that of message_start', async () => {
  stub.script({ respond: { usage: scripted, text: 'Streamed.', chunks: 3 } });
  const events = await readAll(await client.messages.create({ ...hello, stream: true }));
  expect(events.map(({ type }) => type)).toEqual([
    'message_start',
    'content_block_start',
    'content_block_delta',
    'content_block_delta',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
  ]);
  expect(events[0]).toMatchObject({ message: { usage: { ...wireInput, output_tokens: 1 } } });
  expect(events.at(-2)).toMatchObject({ usage: { ...wireInput, ...wireOutput } });
});

test('the SDK assembles the streamed message with its text and last usage', async () => {
  stub.script({ respond: { usage: scripted, text: 'Streamed.' } });
  const message = await client.messages.stream(hello).finalMessage();
  expect(message.content).toMatchObject([{ type: 'text', text: 'Streamed.' }]);
  expect(message.usage).toMatchObject({ ...wireInput, output_tokens: 50 });
  expect(message.stop_reason).toBe('end_turn');
});

test('cuts the text at max_tokens and says so', async () => {
  const message = await client.messages.create({ ...hello, max_tokens: 2 });
  expect(message).toMatchObject({
    content: [{ text: 'Hello fr' }],
    stop_reason: 'max_tokens',
    usage: { output_tokens: 2 },
  });
});

test('counts the tokens of a prompt, scripted or not', async () => {
  const { max_tokens: _, ...prompt } = hello;
  expect(await client.messages.countTokens(prompt)).toEqual({ input_tokens: 3 });
  await expect(client.messages.countTokens({ ...prompt, ...{ max_tokens: 5 } })).rejects.toThrow('Extra inputs');
  stub.script({ match: { operation: 'messages.count_tokens' }, respond: { usage: scripted } });
  expect(await client.messages.countTokens(prompt)).toEqual({ input_tokens: 1000 });
});

test('lists models', async () => {
  const ids = (await readAll(client.models.list())).map(({ id }) => id);
  expect(ids).toContain('claude-sonnet-5');
});

test("raises the SDK's own class for a scripted status", async () => {
  stub.script({ respond: { error: { status: 429, message: 'Slow down.' } } });
  const thrown = await client.messages.create(hello).catch((reason: unknown) => reason);
  expect(thrown).toBeInstanceOf(Anthropic.RateLimitError);
  expect(thrown).toMatchObject({
    status: 429,
    type: 'rate_limit_error',
    requestID: expect.stringMatching(/^req-stub-/),
  });

  stub.script({ respond: { error: { status: 529, type: 'overloaded_error' } } });
  await expect(client.messages.create(hello)).rejects.toMatchObject({ status: 529, type: 'overloaded_error' });
});

test('says nothing where max_tokens is 0, which fills the cache', async () => {
  const message = await client.messages.create({ ...hello, max_tokens: 0 });
  expect(message).toMatchObject({ content: [{ type: 'text', text: '' }], stop_reason: 'max_tokens' });
});

test('refuses a message without max_tokens, as the API does', async () => {
  const { max_tokens: _, ...incomplete } = hello;
  const thrown = await client.post('/v1/messages', { body: incomplete }).catch((reason: unknown) => reason);
  expect(thrown).toBeInstanceOf(Anthropic.BadRequestError);
  expect(String(thrown)).toContain('max_tokens: Field required');
});

test('a failure in mid-stream comes as an error event after the scripted number of chunks', async () => {
  stub.script({ respond: { text: 'abcd', errorMidStream: { afterChunks: 3, status: 529, message: 'Overloaded' } } });
  let text = '';
  const read = async () => {
    for await (const event of await client.messages.create({ ...hello, stream: true })) {
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') text += event.delta.text;
    }
  };
  await expect(read()).rejects.toMatchObject({ type: 'overloaded_error' });
  expect(text).toBe('abc');
});

test('leaves out every usage when the script omits it', async () => {
  stub.script({ respond: { omitUsage: true }, times: 2 });
  expect(await client.messages.create(hello)).not.toHaveProperty('usage');
  const events = await readAll(await client.messages.create({ ...hello, stream: true }));
  expect(JSON.stringify(events)).not.toContain('usage');
});

test('tells how a message was served, and the requests that its totals leave out', async () => {
  const compaction = { type: 'compaction', usage: { inputTokens: 180_000, outputTokens: 3_500 } };
  const served = { model: 'claude-opus-5', inferenceGeo: 'us', speed: 'fast', serviceTier: 'priority' };
  stub.script({ respond: { usage: scripted, served, iterations: [compaction] }, times: 2 });
  const iterations = [
    { type: 'compaction', model: hello.model, input_tokens: 180_000, output_tokens: 3_500 },
    { type: 'message', model: 'claude-opus-5', ...wireInput, output_tokens: 50 },
  ];
  const terms = { inference_geo: 'us', speed: 'fast', service_tier: 'priority' };
  const message = await client.messages.create(hello);
  expect(message).toMatchObject({ model: 'claude-opus-5', usage: { ...wireInput, ...terms, iterations } });
  const events = await readAll(await client.messages.create({ ...hello, stream: true }));
  expect(events[0]).toMatchObject({ message: { model: 'claude-opus-5', usage: terms } });
  expect(events.at(-2)).toMatchObject({ usage: { ...wireInput, iterations } });
});

test('ends with the fallback where another model was tried before', async () => {
  const tried = { type: 'message', usage: { inputTokens: 10, outputTokens: 2 } };
  stub.script({ respond: { usage: scripted, served: { model: 'claude-opus-5' }, iterations: [tried] } });
  const { usage } = await client.messages.create(hello);
  expect(usage).toMatchObject({
    iterations: [
      { type: 'message', model: hello.model },
      { type: 'fallback_message', model: 'claude-opus-5' },
    ],
  });
});
