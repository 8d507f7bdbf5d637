import { ApiError, GoogleGenAI } from '@google/genai';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readAll } from './fixtures/reading.ts';
import { type StubProviders, startStubProviders } from './index.ts';

let stub: StubProviders;
let client: GoogleGenAI;

beforeAll(async () => {
  stub = await startStubProviders();
  client = new GoogleGenAI({ apiKey: 'AIza-test', httpOptions: { baseUrl: stub.googleBaseUrl } });
});
afterEach(() => stub.reset());
afterAll(() => stub.close());

const hello = { model: 'gemini-2.5-flash', contents: 'Hello' };
const scripted = {
  inputTokens: 100,
  outputTokens: 40,
  cachedInputTokens: 60,
  thoughtsTokens: 30,
  toolUsePromptTokens: 7,
};
const wireUsage = {
  promptTokenCount: 100,
  candidatesTokenCount: 40,
  cachedContentTokenCount: 60,
  thoughtsTokenCount: 30,
  toolUsePromptTokenCount: 7,
  totalTokenCount: 177,
};

function post(path: string, body: unknown): Promise<Response> {
  const headers = { 'x-goog-api-key': 'AIza-test' };
  return fetch(`${stub.googleBaseUrl}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}
const contents = [{ role: 'user', parts: [{ text: 'Hello' }] }];

test('answers generateContent with a text and counts made from the contents when nothing is scripted', async () => {
  const response = await client.models.generateContent(hello);
  const text = 'Hello from the google stub (model gemini-2.5-flash). You said: Hello';
  expect(response.text).toBe(text);
  expect(response.candidates?.[0]?.finishReason).toBe('STOP');
  expect(response.usageMetadata).toMatchObject({
    promptTokenCount: 2,
    candidatesTokenCount: Math.ceil(text.length / 4),
    totalTokenCount: 2 + Math.ceil(text.length / 4),
  });
});

test('puts thoughts and tool prompts beside prompt and candidates, and cached tokens inside the prompt', async () => {
  stub.script({ respond: { usage: scripted } });
  const { usageMetadata } = await client.models.generateContent(hello);
  expect(usageMetadata).toMatchObject(wireUsage);
});

test('streams chunks whose usage grows and whose last usage is the scripted one', async () => {
  stub.script({ respond: { usage: scripted, text: 'Streamed text', chunks: 4 } });
  const chunks = await readAll(await client.models.generateContentStream(hello));
  expect(chunks.map(({ text }) => text ?? '').join('')).toBe('Streamed text');
  expect(chunks.map(({ usageMetadata }) => usageMetadata?.candidatesTokenCount)).toEqual([10, 20, 30, 40, 40]);
  expect(chunks.at(-1)?.usageMetadata).toMatchObject(wireUsage);
  expect(chunks.map(({ candidates }) => candidates?.[0]?.finishReason)).toEqual([...Array(4).fill(undefined), 'STOP']);
});

test('keeps a streamed chat turn in the SDK history', async () => {
  const chat = client.chats.create({ model: hello.model });
  await readAll(await chat.sendMessageStream({ message: 'Hello' }));
  expect(chat.getHistory(true)).toHaveLength(2 * 1 + 4);
});

test('streams one JSON array when events were not asked for', async () => {
  const response = await post('v1beta/models/gemini-2.5-flash:streamGenerateContent', { contents });
  expect(response.headers.get('content-type')).toContain('application/json');
  const chunks = (await response.json()) as { candidates: { finishReason?: string }[] }[];
  expect(chunks).toHaveLength(5);
  expect(chunks.at(-1)?.candidates[0]?.finishReason).toBe('STOP');
});

test('events have neither an event line nor a [DONE]', async () => {
  const response = await post('v1/models/gemini-2.5-flash:streamGenerateContent?alt=sse', { contents });
  const lines = (await response.text()).split('\n').filter((line) => line !== '');
  expect(lines).toHaveLength(5);
  expect(lines.every((line) => line.startsWith('data: {'))).toBe(true);
});

test('cuts the text at maxOutputTokens and counts every candidate', async () => {
  const config = { maxOutputTokens: 2, candidateCount: 2 };
  const response = await client.models.generateContent({ ...hello, config });
  expect(response.candidates?.map(({ finishReason }) => finishReason)).toEqual(['MAX_TOKENS', 'MAX_TOKENS']);
  expect(response.usageMetadata?.candidatesTokenCount).toBe(4);
});

test('counts tokens, embeds one content and a batch, and lists models', async () => {
  expect((await client.models.countTokens(hello)).totalTokens).toBe(2);

  const request = { model: 'gemini-embedding-001', contents: ['a', 'b', 'a'], config: { outputDimensionality: 8 } };
  const { embeddings } = await client.models.embedContent(request);
  expect(embeddings?.map(({ values }) => values?.length)).toEqual([8, 8, 8]);
  expect(embeddings?.[0]).toEqual(embeddings?.[2]);
  expect(embeddings?.[0]).not.toEqual(embeddings?.[1]);
  expect(stub.calls.at(-1)?.operation).toBe('batchEmbedContents');

  const single = await post('v1beta/models/gemini-embedding-001:embedContent', { content: { parts: [{ text: 'a' }] } });
  const { embedding } = (await single.json()) as { embedding: { values: number[] } };
  expect(embedding.values.slice(0, 8)).toEqual(embeddings?.[0]?.values);

  const names = (await readAll(await client.models.list())).map(({ name }) => name);
  expect(names).toContain('models/gemini-2.5-flash');
});

test("raises the SDK's own class with Google's envelope for a scripted status", async () => {
  stub.script({ respond: { error: { status: 429, message: 'Quota' } } });
  const thrown = await client.models.generateContent(hello).catch((reason: unknown) => reason);
  expect(thrown).toBeInstanceOf(ApiError);
  expect(thrown).toHaveProperty('status', 429);
  expect(JSON.parse((thrown as ApiError).message)).toEqual({
    error: { code: 429, message: 'Quota', status: 'RESOURCE_EXHAUSTED' },
  });
});

test('a failure in mid-stream is a bare data event for events, and an element of the array without them', async () => {
  stub.script({ respond: { text: 'abcd', errorMidStream: { afterChunks: 1, status: 503 } }, times: 3 });
  let text = '';
  const read = async () => {
    for await (const chunk of await client.models.generateContentStream(hello)) text += chunk.text ?? '';
  };
  await expect(read()).rejects.toMatchObject({ name: 'ApiError', status: 503 });
  expect(text).toBe('a');

  const array = await post('v1beta/models/gemini-2.5-flash:streamGenerateContent', { contents });
  expect(await array.json()).toMatchObject([{ candidates: [{}] }, { error: { code: 503, status: 'UNAVAILABLE' } }]);
  const events = await post('v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse', { contents });
  expect(await events.text()).not.toContain('event:');
});

test('an array stream that breaks before its first chunk still holds one error', async () => {
  stub.script({ respond: { errorMidStream: { afterChunks: 0 } } });
  const response = await post('v1beta/models/gemini-2.5-flash:streamGenerateContent', { contents });
  expect(await response.json()).toMatchObject([{ error: { code: 500 } }]);
});

test('leaves out every usage when the script omits it', async () => {
  stub.script({ respond: { omitUsage: true }, times: 2 });
  expect((await client.models.generateContent(hello)).usageMetadata).toBeUndefined();
  for await (const chunk of await client.models.generateContentStream(hello)) {
    expect(chunk.usageMetadata).toBeUndefined();
  }
});

test('tells how the content was served', async () => {
  stub.script({ respond: { usage: scripted, served: { model: 'gemini-2.5-pro', serviceTier: 'flex' } } });
  const response = await client.models.generateContent(hello);
  expect(response).toMatchObject({
    modelVersion: 'gemini-2.5-pro',
    usageMetadata: { ...wireUsage, serviceTier: 'flex' },
  });
});
