import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { postChat } from './fixtures/reading.ts';
import { type StubProviders, startStubProviders } from './index.ts';

let stub: StubProviders;
beforeEach(async () => {
  stub = await startStubProviders();
});
afterEach(() => stub.close());

const streamed = { stream: true, stream_options: { include_usage: true } };

/** What arrived of a body before it ended or broke, and which of the two it was. */
async function readBody(response: Response): Promise<{ text: string; broke: boolean }> {
  let text = '';
  try {
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += part;
    return { text, broke: false };
  } catch {
    return { text, broke: true };
  }
}

test('breaks the connection before the status line when scripted so', async () => {
  stub.script({ respond: { disconnect: 'before-headers' } });
  await expect(postChat(stub)).rejects.toThrow('fetch failed');
  expect(stub.calls[0]).toMatchObject({ outcome: 'finished', status: undefined, scripted: true });
});

test('breaks a stream after the scripted chunks, all of which arrive', async () => {
  stub.script({ respond: { text: 'abcd', disconnect: { afterChunks: 3 } } });
  const { text, broke } = await readBody(await postChat(stub, streamed));
  expect(broke).toBe(true);
  expect(text.match(/"content":"[abcd]"/g)).toHaveLength(3);
  expect(text).not.toContain('prompt_tokens');
  expect(stub.calls[0]?.outcome).toBe('finished');
});

test('breaks a Gemini stream that has sent only its headers', async () => {
  stub.script({ respond: { disconnect: { afterChunks: 0 } } });
  const response = await fetch(`${stub.googleBaseUrl}/v1/models/gemini-2.5-pro:streamGenerateContent?alt=sse`, {
    method: 'POST',
    headers: { 'x-goog-api-key': 'key' },
    body: JSON.stringify({ contents: [{ parts: [{ text: 'Hi' }] }] }),
  });
  expect(response.status).toBe(200);
  expect(await readBody(response)).toEqual({ text: '', broke: true });
});

test('breaks a stream between its usage and its end', async () => {
  stub.script({ respond: { disconnect: 'before-end' } });
  const { text, broke } = await readBody(await postChat(stub, streamed));
  expect(broke).toBe(true);
  expect(text).toContain('prompt_tokens');
  expect(text).not.toContain('[DONE]');
});

test('breaks an answer that is not streamed in the middle of its body', async () => {
  stub.script({ respond: { disconnect: { afterChunks: 1 } } });
  const response = await postChat(stub);
  const { text, broke } = await readBody(response);
  expect(broke).toBe(true);
  expect(text.length).toBe(Math.floor(Number(response.headers.get('content-length')) / 2));
});

test('truncates cleanly: the message ends properly, the answer does not', async () => {
  stub.script({ respond: { text: 'abcd', truncate: { afterChunks: 2 } }, times: 2 });
  const stream = await readBody(await postChat(stub, streamed));
  expect(stream.broke).toBe(false);
  expect(stream.text).toContain('"content":"b"');
  expect(stream.text).not.toMatch(/"content":"c"|finish_reason":"stop"|prompt_tokens|DONE/);

  const whole = await readBody(await postChat(stub));
  expect(whole.broke).toBe(false);
  expect(() => JSON.parse(whole.text)).toThrow(SyntaxError);
});

test('notes that the caller went away while the answer was delayed', async () => {
  stub.script({ respond: { delayMs: { beforeHeaders: 60_000 } } });
  const caller = new AbortController();
  const call = postChat(stub, {}, caller.signal);
  await expect.poll(() => stub.calls[0]?.scripted).toBe(true);
  expect(stub.calls[0]?.outcome).toBe('open');
  caller.abort();
  await expect(call).rejects.toThrow('aborted');
  await expect.poll(() => stub.calls[0]?.outcome).toBe('aborted');
});

test('notes that the caller went away in the middle of a stream', async () => {
  stub.script({ respond: { chunks: 1000, delayMs: { betweenChunks: 20 } } });
  const caller = new AbortController();
  const response = await postChat(stub, streamed, caller.signal);
  await response.body?.getReader().read();
  caller.abort();
  await expect.poll(() => stub.calls[0]).toMatchObject({ outcome: 'aborted', status: 200 });
});

test('notes that the caller went away while sending its body, with what had arrived', async () => {
  const socket = connect(Number(new URL(stub.url).port), '127.0.0.1');
  socket.write('POST /openai/v1/chat/completions HTTP/1.1\r\nHost: stub\r\nContent-Length: 100\r\n\r\n{"model"');
  await expect.poll(() => stub.calls).toHaveLength(1);
  socket.destroy();
  await expect.poll(() => stub.calls[0]).toMatchObject({ outcome: 'aborted', bodyText: '{"model"' });
});

test('a caller that reads slowly holds up the stub instead of losing data', async () => {
  const text = '~'.repeat(8_000_000);
  stub.script({ respond: { text, chunks: 500 } });
  const response = await postChat(stub, streamed);
  await sleep(50);
  expect(stub.calls[0]?.outcome).toBe('open');
  const { text: received } = await readBody(response);
  expect(received.split('~').length - 1).toBe(text.length);
  expect(stub.calls[0]?.outcome).toBe('finished');
});

test('is finished in the record as soon as the caller has the whole answer', async () => {
  for (let round = 0; round < 20; round += 1) {
    await (await postChat(stub, round % 2 === 0 ? streamed : {})).text();
    expect(stub.calls.at(-1)).toMatchObject({ outcome: 'finished', status: 200 });
  }
});

test('close breaks open answers, stops listening and may be called twice', async () => {
  stub.script({ respond: { delayMs: { beforeHeaders: 60_000 } } });
  const call = expect(postChat(stub)).rejects.toThrow('fetch failed');
  await expect.poll(() => stub.calls[0]?.scripted).toBe(true);
  await stub.close();
  await call;
  await stub.close();
  await expect(fetch(stub.url)).rejects.toThrow('fetch failed');
});

test('leaves nothing behind after close that would keep the process alive', async () => {
  const program = `
    import { startStubProviders } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    const stub = await startStubProviders();
    stub.script({ respond: { delayMs: { beforeHeaders: 600_000 } } });
    const url = stub.googleBaseUrl + '/v1/models?key=k';
    const call = fetch(url).catch(() => console.log('broken'));
    while (stub.calls.length === 0 || !stub.calls[0].scripted) await new Promise((resolve) => setTimeout(resolve, 5));
    await stub.close();
    await call;
  `;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { timeout: 60_000 });
  expect((await run).stdout).toBe('broken\n');
});
