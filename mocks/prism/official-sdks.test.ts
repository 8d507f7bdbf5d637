import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from './mock-server.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const HI = [{ role: 'user' as const, content: 'Hi' }];
const NO_CREDITS = { prefer: 'code=402' };

describe('the official openai SDK', () => {
  const client = () => new OpenAI({ baseURL: `${mock.proxyUrl}/v1`, apiKey: 'any', maxRetries: 0 });

  it('gets a chat completion with its cost', async () => {
    const { data, response } = await client()
      .chat.completions.create({ model: 'gpt-4o-mini', messages: HI })
      .withResponse();
    expect(data.choices[0]?.message.content).toBe('Hello!');
    expect(data.usage).toMatchObject({ cost_micro: Number(response.headers.get('x-rigbox-cost-micro')) });
  });

  it('gets a streamed chat completion with its usage at the end', async () => {
    const stream = await client().chat.completions.create({ model: 'gpt-4o-mini', messages: HI, stream: true });
    const chunks = await collect(stream);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('Hello!');
    expect(chunks.at(-1)?.usage).toMatchObject({ total_tokens: 150 });
  });

  it('gets a response, whole and streamed', async () => {
    expect((await client().responses.create({ model: 'gpt-4o-mini', input: 'Hi' })).output_text).toBe('Hello!');
    const events = await collect(await client().responses.create({ model: 'm', input: 'Hi', stream: true }));
    expect(events.at(-1)?.type).toBe('response.completed');
  });

  it('gets embeddings and models', async () => {
    const { data } = await client().embeddings.create({ model: 'm', input: 'Hi', encoding_format: 'float' });
    expect(data[0]?.embedding.length).toBeGreaterThan(0);
    expect((await client().models.list()).data[0]?.id).toBe('gpt-4o-mini');
  });

  it('shows a readable message when credits are out', async () => {
    const call = client().chat.completions.create({ model: 'm', messages: HI }, { headers: NO_CREDITS });
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OpenAI.APIError);
    expect(error).toMatchObject({ status: 402, code: 'insufficient_credits' });
    expect(String(error)).toContain('402 The account has too few credits left for this call.');
  });
});

describe('the official Anthropic SDK', () => {
  const client = () => new Anthropic({ baseURL: mock.proxyUrl, apiKey: 'any', maxRetries: 0 });
  const message = { model: 'claude-sonnet-5', max_tokens: 9, messages: HI };

  it('gets a message', async () => {
    expect((await client().messages.create(message)).content).toMatchObject([{ type: 'text', text: 'Hello!' }]);
  });

  it('gets a streamed message with its final usage', async () => {
    const final = await client().messages.stream(message).finalMessage();
    expect(final.content).toMatchObject([{ text: 'Hello!' }]);
    expect(final.usage.output_tokens).toBeGreaterThan(0);
  });

  it('gets a token count, and models in its own shape', async () => {
    const { max_tokens: _, ...countable } = message;
    expect((await client().messages.countTokens(countable)).input_tokens).toBe(100);
    expect((await client().models.list()).data[0]?.id).toMatch(/^claude-/);
  });

  it('shows a readable message when credits are out', async () => {
    const error = await client()
      .messages.create(message, { headers: NO_CREDITS })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Anthropic.APIError);
    expect(error).toMatchObject({ status: 402 });
    expect(String(error)).toContain('The account has too few credits left for this call.');
  });
});

describe('the official Gemini SDK', () => {
  const client = (headers: Record<string, string> = {}) =>
    new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: `${mock.proxyUrl}/google`, headers } });
  const prompt = { model: 'gemini-2.5-flash', contents: 'Hi' };

  it('gets content, whole and streamed', async () => {
    expect((await client().models.generateContent(prompt)).text).toBe('Hello!');
    const parts = await collect(await client().models.generateContentStream(prompt));
    expect(parts.map(({ text }) => text).join('')).toBe('Hello!');
  });

  it('gets a token count and an embedding', async () => {
    expect((await client().models.countTokens(prompt)).totalTokens).toBe(100);
    const { embeddings } = await client().models.embedContent({ model: 'text-embedding-004', contents: 'Hi' });
    expect(embeddings?.[0]?.values?.length).toBeGreaterThan(0);
  });

  it('shows a readable message when credits are out', async () => {
    const error = await client(NO_CREDITS)
      .models.generateContent(prompt)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 402 });
    expect(String(error)).toContain('too few credits');
  });
});

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const parts: T[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}
