import { connect } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { postChat, readAll } from './fixtures/reading.ts';
import { type ScriptRule, type StubProviders, startStubProviders } from './index.ts';

let stub: StubProviders;
beforeAll(async () => {
  stub = await startStubProviders();
});
afterEach(() => stub.reset());
afterAll(() => stub.close());

type Chunking = NonNullable<ScriptRule['respond']['chunking']>;
const streamed = { stream: true, stream_options: { include_usage: true } };

/** The sizes of the HTTP chunks of a streamed chat, read off the socket. */
async function httpChunkSizes(chunking: Chunking): Promise<number[]> {
  stub.script({ respond: { text: 'é', chunks: 1, chunking } });
  const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }], ...streamed });
  const socket = connect(Number(new URL(stub.url).port), '127.0.0.1');
  socket.write(
    'POST /openai/v1/chat/completions HTTP/1.1\r\nHost: stub\r\nConnection: close\r\nAuthorization: Bearer k\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  const received = Buffer.concat(await readAll<Buffer>(socket));
  const sizes: number[] = [];
  for (let at = received.indexOf('\r\n\r\n') + 4; ; ) {
    const lineEnd = received.indexOf('\r\n', at);
    const size = Number.parseInt(received.toString('latin1', at, lineEnd), 16);
    if (size === 0) return sizes;
    sizes.push(size);
    at = lineEnd + 2 + size + 2;
  }
}

test('writes one HTTP chunk per event, per byte, or per so many bytes', async () => {
  const perEvent = await httpChunkSizes('event');
  const total = perEvent.reduce((sum, size) => sum + size, 0);
  expect(perEvent).toHaveLength(5);
  const perByte = await httpChunkSizes('byte');
  expect(perByte).toEqual(perByte.map(() => 1));
  expect(Math.abs(perByte.length - total)).toBeLessThan(5);
  expect(Math.max(...(await httpChunkSizes({ bytes: 7 })))).toBe(7);
});

test.each<Chunking>(['event', 'byte', { bytes: 3 }, 'crlf', 'comments'])(
  'the official SDKs read the same text and usage with chunking %j',
  async (chunking) => {
    const usage = { inputTokens: 11, outputTokens: 7 };
    stub.script({ respond: { text: 'Grüße €', usage, chunking }, times: 3 });
    const openai = new OpenAI({ apiKey: 'k', baseURL: stub.openaiBaseUrl });
    const anthropic = new Anthropic({ apiKey: 'k', baseURL: stub.anthropicBaseUrl });

    const messages = [{ role: 'user' as const, content: 'Hi' }];
    const chat = await openai.chat.completions.stream({
      model: 'gpt-4o',
      messages,
      stream_options: { include_usage: true },
    });
    expect(await chat.finalContent()).toBe('Grüße €');
    expect(await chat.totalUsage()).toMatchObject({ prompt_tokens: 11, completion_tokens: 7 });
    const response = await openai.responses.stream({ model: 'gpt-5', input: 'Hi' }).finalResponse();
    expect([response.output_text, response.usage?.total_tokens]).toEqual(['Grüße €', 18]);
    const message = await anthropic.messages
      .stream({ model: 'claude-sonnet-5', max_tokens: 9, messages })
      .finalMessage();
    expect([message.content[0], message.usage.output_tokens]).toMatchObject([{ text: 'Grüße €' }, 7]);
  },
);

test('writes CRLF line ends, comments, or no last newline, in event streams only', async () => {
  const bodyWith = async (chunking: Chunking, fields = {}) => {
    stub.script({ respond: { chunking } });
    return (await postChat(stub, fields)).text();
  };
  expect(await bodyWith('crlf', streamed)).not.toMatch(/[^\r]\n/);
  expect(await bodyWith('comments', streamed)).toMatch(/^: keep-alive\n\ndata: /);
  expect((await bodyWith('no-final-newline', streamed)).endsWith('\n\ndata: [DONE]')).toBe(true);
  expect(await bodyWith('crlf')).not.toContain('\r');
});

test('splits an answer that is not streamed as well, then without a promised length', async () => {
  stub.script({ respond: { chunking: { bytes: 5 }, text: 'whole' } });
  const response = await postChat(stub);
  expect(response.headers.get('content-length')).toBeNull();
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'whole' } }] });
});

test('pauses before the status line and between the chunks as scripted', async () => {
  stub.script({ respond: { chunks: 3, delayMs: { beforeHeaders: 60, betweenChunks: 30 } } });
  const start = performance.now();
  const response = await postChat(stub, streamed);
  const headersAt = performance.now() - start;
  await response.text();
  const endAt = performance.now() - start;
  expect(headersAt).toBeGreaterThanOrEqual(59);
  expect(endAt - headersAt).toBeGreaterThanOrEqual(3 * 30 - 5);
});
