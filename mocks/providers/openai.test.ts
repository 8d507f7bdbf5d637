import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readAll } from './fixtures/reading.ts';
import { type StubProviders, startStubProviders } from './index.ts';

let stub: StubProviders;
let client: OpenAI;

beforeAll(async () => {
  stub = await startStubProviders({ now: () => 1_750_000_000_500 });
  client = new OpenAI({ apiKey: 'sk-test', baseURL: stub.openaiBaseUrl, maxRetries: 0 });
});
afterEach(() => stub.reset());
afterAll(() => stub.close());

const hello = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'Hi there' }] };
const scripted = {
  inputTokens: 100,
  outputTokens: 40,
  cachedInputTokens: 60,
  cacheWrite5mTokens: 5,
  cacheWrite1hTokens: 3,
  reasoningTokens: 10,
};
const chatUsage = {
  prompt_tokens: 100,
  completion_tokens: 40,
  total_tokens: 140,
  prompt_tokens_details: { cached_tokens: 60, cache_write_tokens: 8, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: 10,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
};

test('answers a chat call with a text and counts made from the prompt when nothing is scripted', async () => {
  const completion = await client.chat.completions.create(hello);
  const text = 'Hello from the openai stub (model gpt-4o-mini). You said: Hi there';
  expect(completion.choices[0]?.message.content).toBe(text);
  expect(completion.choices[0]?.finish_reason).toBe('stop');
  expect(completion.created).toBe(1_750_000_000);
  expect(completion.id).toMatch(/^chatcmpl-stub-\d{6}$/);
  expect(completion.usage).toMatchObject({ prompt_tokens: 2, completion_tokens: Math.ceil(text.length / 4) });
});

test('counts the UTF-8 bytes of every text part of a prompt, rounded up', async () => {
  const messages = [
    { role: 'system' as const, content: 'é' },
    { role: 'user' as const, content: [{ type: 'text' as const, text: '€ab' }] },
  ];
  const { usage } = await client.chat.completions.create({ ...hello, messages });
  expect(usage?.prompt_tokens).toBe(2);
});

test('cuts the text at the output limit and says so', async () => {
  const completion = await client.chat.completions.create({ ...hello, max_completion_tokens: 3 });
  expect(completion.choices[0]).toMatchObject({ message: { content: 'Hello from t' }, finish_reason: 'length' });
  expect(completion.usage?.completion_tokens).toBe(3);
});

test('generates and counts every one of n choices', async () => {
  stub.script({ respond: { text: 'four' }, times: 2 });
  const completion = await client.chat.completions.create({ ...hello, n: 3 });
  expect(completion.choices.map(({ index, message }) => [index, message.content])).toEqual([
    [0, 'four'],
    [1, 'four'],
    [2, 'four'],
  ]);
  expect(completion.usage?.completion_tokens).toBe(3);

  const texts = ['', '', ''];
  for await (const chunk of await client.chat.completions.create({ ...hello, n: 3, stream: true })) {
    for (const { index, delta } of chunk.choices) texts[index] += delta.content ?? '';
  }
  expect(texts).toEqual(['four', 'four', 'four']);
});

test('writes scripted usage with the cached, written and reasoning tokens inside the totals', async () => {
  stub.script({ respond: { usage: scripted, text: 'As scripted.' } });
  const completion = await client.chat.completions.create(hello);
  expect(completion.usage).toEqual(chatUsage);
  expect(completion.choices[0]?.message.content).toBe('As scripted.');
});

test('streams a chat with one usage chunk without choices when usage was asked for', async () => {
  stub.script({ respond: { usage: scripted, text: 'one two three', chunks: 3 } });
  const stream = await client.chat.completions.create({
    ...hello,
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = await readAll(stream);
  expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe('one two three');
  expect(chunks).toHaveLength(1 + 3 + 1 + 1);
  expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: chatUsage });
  expect(chunks.slice(0, -1).map(({ usage }) => usage)).toEqual([null, null, null, null, null]);
});

test('streams a chat without any usage when it was not asked for', async () => {
  const response = await fetch(`${stub.openaiBaseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-test' },
    body: JSON.stringify({ ...hello, stream: true }),
  });
  const body = await response.text();
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  expect(body).not.toContain('usage');
  expect(body).not.toContain('"choices":[]');
  expect(body.endsWith('data: [DONE]\n\n')).toBe(true);
});

test('answers older completions, one choice per prompt, buffered and streamed', async () => {
  const request = { model: 'gpt-3.5-turbo-instruct', prompt: ['Say', 'it'] };
  stub.script({ respond: { usage: scripted, text: 'Said it.' }, times: 2 });
  const completion = await client.completions.create(request);
  expect(completion.choices.map(({ text }) => text)).toEqual(['Said it.', 'Said it.']);
  expect(completion.usage).toEqual(chatUsage);

  const stream = await client.completions.create({
    ...request,
    prompt: 'Say',
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = await readAll(stream);
  expect(chunks.map((chunk) => chunk.choices[0]?.text ?? '').join('')).toBe('Said it.');
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: chatUsage });
});

const responsesUsage = {
  input_tokens: 100,
  input_tokens_details: { cached_tokens: 60, cache_write_tokens: 8 },
  output_tokens: 40,
  output_tokens_details: { reasoning_tokens: 10 },
  total_tokens: 140,
};

test('answers responses with their own field names', async () => {
  stub.script({ respond: { usage: scripted, text: 'A response.' } });
  const response = await client.responses.create({ model: 'gpt-5', instructions: 'Be brief', input: 'Hi' });
  expect(response.output_text).toBe('A response.');
  expect(response.status).toBe('completed');
  expect(response.usage).toEqual(responsesUsage);
});

test('streams responses as numbered events that the SDK assembles into the final response', async () => {
  stub.script({ respond: { usage: scripted, text: 'Streamed response.' } });
  const types: string[] = [];
  const numbers: number[] = [];
  const stream = client.responses.stream({ model: 'gpt-5', input: [{ role: 'user', content: 'Hi' }] });
  stream.on('event', (event) => {
    types.push(event.type);
    numbers.push(event.sequence_number);
  });
  const final = await stream.finalResponse();
  expect(final.output_text).toBe('Streamed response.');
  expect(final.usage).toEqual(responsesUsage);
  expect(numbers).toEqual(numbers.map((_, index) => index));
  expect(types[0]).toBe('response.created');
  expect(types.at(-1)).toBe('response.completed');
});

test('ends a response as incomplete when the output limit cut it off', async () => {
  const request = { model: 'gpt-5', input: 'Hi', max_output_tokens: 2 };
  const response = await client.responses.create(request);
  expect(response).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } });
  expect(response.usage?.output_tokens).toBe(2);
  const events = await readAll(await client.responses.create({ ...request, stream: true }));
  expect(events.at(-1)).toMatchObject({ type: 'response.incomplete', response: { usage: { output_tokens: 2 } } });
});

test('counts the input of a response, scripted or not, and takes no other parameter', async () => {
  const prompt = { model: 'gpt-5.5', instructions: 'Be kind', input: 'Hi there' };
  expect(await client.responses.inputTokens.count(prompt)).toEqual({
    object: 'response.input_tokens',
    input_tokens: 4,
  });
  stub.script({ match: { operation: 'responses.input_tokens' }, respond: { usage: scripted } });
  expect((await client.responses.inputTokens.count(prompt)).input_tokens).toBe(100);
  const refused = client.responses.inputTokens.count({ ...prompt, ...{ max_output_tokens: 5 } });
  await expect(refused).rejects.toThrow("Unknown parameter: 'max_output_tokens'");
});

test('embeds each input the same every time and counts the input alone', async () => {
  const request = { model: 'text-embedding-3-small', input: ['abcd', 'efgh', 'abcd'], dimensions: 40 };
  const { data, usage } = await client.embeddings.create(request);
  expect(data.map(({ embedding }) => embedding.length)).toEqual([40, 40, 40]);
  expect(data[0]?.embedding).toEqual(data[2]?.embedding);
  expect(data[0]?.embedding).not.toEqual(data[1]?.embedding);
  expect(usage).toEqual({ prompt_tokens: 3, total_tokens: 3 });

  const asNumbers = await client.embeddings.create({ ...request, encoding_format: 'float' });
  const difference = Math.abs((asNumbers.data[0]?.embedding[7] ?? 9) - (data[0]?.embedding[7] ?? 0));
  expect(difference).toBeLessThan(1e-6);
});

test('lists models', async () => {
  const ids = (await readAll(client.models.list())).map(({ id }) => id);
  expect(ids).toContain('gpt-4o-mini');
});

test('leaves out every usage when the script omits it', async () => {
  stub.script({ respond: { omitUsage: true }, times: 3 });
  expect((await client.chat.completions.create(hello)).usage).toBeUndefined();
  expect((await client.responses.create({ model: 'gpt-5', input: 'Hi' })).usage).toBeNull();
  const stream = await client.chat.completions.create({
    ...hello,
    stream: true,
    stream_options: { include_usage: true },
  });
  for await (const chunk of stream) expect(chunk.usage).toBeUndefined();
});

test("raises the SDK's own class for a scripted status, with code, type, message and headers", async () => {
  const error = {
    status: 429,
    code: 'slow_down',
    type: 'requests',
    message: 'Slow down.',
    headers: { 'Retry-After': '7' },
  };
  stub.script({ respond: { error } });
  const thrown = await client.chat.completions.create(hello).catch((reason: unknown) => reason);
  expect(thrown).toBeInstanceOf(OpenAI.RateLimitError);
  expect(thrown).toMatchObject({ status: 429, code: 'slow_down', type: 'requests', message: '429 Slow down.' });
  expect(thrown).toHaveProperty('requestID', expect.stringMatching(/^req-stub-/));
  expect((thrown as InstanceType<typeof OpenAI.APIError>).headers?.get('retry-after')).toBe('7');
});

test('a failure in mid-stream reaches the SDK after the scripted number of chunks', async () => {
  const errorMidStream = { afterChunks: 2, code: 'boom', message: 'It broke.' };
  stub.script({ respond: { text: 'abcd', errorMidStream }, times: 2 });
  let text = '';
  const readChat = async () => {
    for await (const chunk of await client.chat.completions.create({ ...hello, stream: true })) {
      text += chunk.choices[0]?.delta.content ?? '';
    }
  };
  await expect(readChat()).rejects.toMatchObject({ code: 'boom', message: 'It broke.' });
  expect(text).toBe('ab');

  const readResponse = async () =>
    readAll(await client.responses.create({ model: 'gpt-5', input: 'Hi', stream: true }));
  await expect(readResponse()).rejects.toMatchObject({ code: 'boom', message: 'It broke.' });
});

test('a failure that reports usage carries it: in the error body, and in response.failed', async () => {
  const usage = { inputTokens: 9, outputTokens: 4 };
  stub.script({ respond: { usage, error: { status: 500, reportsUsage: true } } });
  const response = await fetch(`${stub.openaiBaseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-test' },
    body: JSON.stringify(hello),
  });
  expect(await response.json()).toMatchObject({ error: { type: 'server_error' }, usage: { prompt_tokens: 9 } });

  stub.script({ respond: { usage, errorMidStream: { afterChunks: 1, reportsUsage: true } } });
  const events = await readAll(await client.responses.create({ model: 'gpt-5', input: 'Hi', stream: true }));
  expect(events.at(-1)).toMatchObject({
    type: 'response.failed',
    sequence_number: 5,
    response: { status: 'failed', usage: { input_tokens: 9, output_tokens: 4 } },
  });
});

test('a mid-stream failure becomes a status when the call is not streamed', async () => {
  stub.script({ respond: { errorMidStream: { afterChunks: 1, status: 503 } } });
  await expect(client.chat.completions.create(hello)).rejects.toMatchObject({ status: 503 });
});

test('reports a scripted cost beside the tokens', async () => {
  stub.script({ respond: { costUsd: 0.00125 } });
  expect((await client.chat.completions.create(hello)).usage).toHaveProperty('cost', 0.00125);
});

test('tells how chats, completions and responses were served', async () => {
  stub.script({ respond: { served: { model: 'gpt-4o', serviceTier: 'priority' } }, times: 3 });
  const served = { model: 'gpt-4o', service_tier: 'priority' };
  expect(await client.chat.completions.create(hello)).toMatchObject(served);
  expect(await client.completions.create({ model: 'gpt-3.5-turbo-instruct', prompt: 'Hi' })).toMatchObject(served);
  expect(await client.responses.create({ model: 'gpt-4o-mini', input: 'Hi' })).toMatchObject(served);
});

test('has an item in the output of a response for each search, streamed or not', async () => {
  stub.script({ respond: { usage: { ...scripted, webSearchRequests: 2 }, text: 'Found.' }, times: 2 });
  const request = { model: 'gpt-4o-mini', input: 'Hi' };
  const types = ['web_search_call', 'web_search_call', 'message'];
  expect((await client.responses.create(request)).output.map(({ type }) => type)).toEqual(types);
  const streamed = await client.responses.stream(request).finalResponse();
  expect(streamed.output.map(({ type }) => type)).toEqual(types);
  expect(streamed.output_text).toBe('Found.');
});
