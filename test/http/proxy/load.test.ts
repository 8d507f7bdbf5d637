import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { type Caller, PLENTY, sleep, useTestProxy } from '../../harness/proxy.ts';

const body = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }], max_tokens: 100 };

describe('calls one after the other', () => {
  const answer = '{"usage":{"prompt_tokens":1,"completion_tokens":1}}';
  const provider = useProvider((_request, response) => response.end(answer));
  const harness = useTestProxy(async () => ({
    providers: { openai: { baseUrl: await provider.url(), apiKey: 'sk-platform' } },
  }));

  it('share a connection to the provider', async () => {
    const caller = await harness.caller();
    for (let calls = 0; calls < 5; calls += 1) await (await harness.post('/v1/chat/completions', caller, body)).text();
    expect(provider.connections()).toBe(1);
  });
});

describe('a stream without end', () => {
  let sentBytes = 0;
  const event = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'x'.repeat(10_000) } }] })}\n\n`;
  const provider = useProvider((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const pour = () => {
      while (!response.destroyed && response.write(event)) sentBytes += event.length;
    };
    response.on('drain', pour);
    pour();
  });
  const harness = useTestProxy(async () => ({
    providers: { openai: { baseUrl: await provider.url(), apiKey: 'sk-flood-platform-key' } },
    drain: { maxMs: 100, maxConcurrent: 1 },
    unreadTimeoutMs: 1_500,
  }));

  it('is held back while its caller does not read', async () => {
    const caller = await harness.caller();
    const socket = openCall(caller);
    socket.pause();
    const isHeldBack = async () => {
      const before = sentBytes;
      await sleep(300);
      return before > 0 && sentBytes === before;
    };
    await expect.poll(isHeldBack).toBe(true);
    // What the sockets on the way take, and no more.
    expect(sentBytes).toBeLessThan(16_000_000);
    socket.destroy();
    expect(await harness.reported()).toMatchObject([{ outcome: 'uncertain', reason: 'abandoned', callerGone: true }]);
    expect(await caller.remainingMicro()).toBeLessThan(PLENTY);
  });

  it('is cut off where its caller stays and never reads', async () => {
    const socket = openCall(await harness.caller());
    socket.pause();
    expect(await harness.reported()).toMatchObject([{ outcome: 'uncertain', reason: 'abandoned', callerGone: true }]);
    socket.destroy();
  });

  function openCall(caller: Caller) {
    const { hostname, port } = new URL(harness.url);
    const json = JSON.stringify({ ...body, stream: true });
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${caller.key}\r\n` +
        `content-type: application/json\r\ncontent-length: ${json.length}\r\n\r\n${json}`,
    );
    return socket;
  }
});

/** A provider of the test's own. */
function useProvider(listener: RequestListener) {
  let connections = 0;
  const server = createServer(listener).on('connection', () => {
    connections += 1;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    connections: () => connections,
    async url() {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    },
  };
}
