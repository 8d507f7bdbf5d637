import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

import { afterAll, describe, expect, it } from 'vitest';
import { CHAT, chat, expectExactBooks, expectNoHeld } from '../../harness/books.ts';
import { PLENTY, readOpenHolds, useTestProxy } from '../../harness/proxy.ts';

const CALLS = 6;
const MIB = 1024 * 1024;
const OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

/** What is said on a connection that has sent a call. */
type Manner = (socket: Socket) => void;

function pour(socket: Socket, head: string, piece: string, times: number): void {
  socket.write(head);
  let left = times;
  const more = () => {
    while (left > 0 && !socket.destroyed) {
      left -= 1;
      if (!socket.write(piece)) return void socket.once('drain', more);
    }
    socket.end();
  };
  more();
}

function drip(socket: Socket, head: string, everyMs: number): void {
  socket.write(head);
  const timer = setInterval(() => socket.write('a'), everyMs);
  socket.once('close', () => clearInterval(timer));
}

const manners: readonly [string, Manner][] = [
  ['resets', (socket) => socket.resetAndDestroy()],
  ['hangs up', (socket) => socket.end()],
  [
    'resets in mid-answer',
    (socket) => socket.write(`${OK}Content-Length: 99\r\n\r\n{`, () => socket.resetAndDestroy()),
  ],
  ['says nothing', () => {}],
  ['stalls in mid-head', (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-')],
  ['stalls in mid-answer', (socket) => socket.write(`${OK}Content-Length: 99\r\n\r\n{`)],
  ['trickles its head', (socket) => drip(socket, 'HTTP/1.1 200 OK\r\nX: ', 100)],
  ['answers garbage', (socket) => socket.end('\x16\x03\x01garbage\0\0\r\n\r\n')],
  ['answers garbage as JSON', (socket) => socket.end(`${OK}\r\n{"usage":{"prompt_tokens":`)],
  ['answers another length', (socket) => socket.end(`${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}}`)],
  ['answers chunks without size', (socket) => socket.end(`${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n`)],
  ['answers 100 MB of one header', (socket) => pour(socket, `${OK}X: `, 'a'.repeat(MIB), 100)],
  ['answers 100 MB of headers', (socket) => pour(socket, OK, `X: ${'a'.repeat(1_000)}\r\n`.repeat(1_000), 100)],
  ['answers 100 MB and more in one piece', (socket) => pour(socket, `${OK}\r\n{"a":"`, 'a'.repeat(MIB), 100)],
  ['switches protocols', (socket) => socket.end('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')],
  [
    'sends one event of 100 MB',
    (socket) => pour(socket, 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: ', 'a'.repeat(MIB), 100),
  ],
  [
    'sends events of nonsense',
    (socket) =>
      socket.end(
        'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {"usage":7}\n\ndata: \xff\n\nevent\n\n',
        'latin1',
      ),
  ],
];

describe('a provider', () => {
  let manner: Manner = () => {};
  const sockets = new Set<Socket>();
  const provider: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    // The whole call comes at once: it is small.
    socket.once('data', () => manner(socket));
  });
  const harness = useTestProxy(async () => {
    provider.listen(0, '127.0.0.1');
    await once(provider, 'listening');
    const { port } = provider.address() as AddressInfo;
    const timeouts = { connectMs: 1_000, firstByteMs: 1_000, idleMs: 1_000 };
    return {
      timeouts,
      providers: { openai: { baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: 'sk-platform-canary' } },
    };
  });
  afterAll(() => {
    provider.close();
    for (const socket of sockets) socket.destroy();
  });

  it.each(manners)(
    'that %s costs an account nothing that is not known, and holds no other call up',
    async (_case, how) => {
      manner = how;
      const caller = await harness.caller();
      const before = process.memoryUsage().rss;
      const answers = await Promise.all(Array.from({ length: CALLS }, () => harness.post(CHAT, caller, chat)));
      for (const answer of answers) {
        const text = await answer.text().catch(() => 'cut off');
        expect(text).toMatch(/"error"|cut off/);
        expect(text).not.toContain('canary');
        expect([200, 502, 504]).toContain(answer.status);
      }
      expect((await harness.reported(CALLS)).map(({ outcome }) => outcome)).toEqual(Array(CALLS).fill('uncertain'));
      const open = await readOpenHolds(harness.store, caller);
      expect(open).toHaveLength(CALLS);
      expect(PLENTY - (await caller.remainingMicro())).toBe(open.reduce((sum, { boundMicro }) => sum + boundMicro, 0n));
      await expectNoHeld(harness.store);
      await expectExactBooks(harness.store);
      expect(process.memoryUsage().rss - before, 'memory').toBeLessThan(CALLS * 100 * MIB);

      const good = JSON.stringify({ choices: [], usage: { prompt_tokens: 10, completion_tokens: 10 } });
      manner = (socket) => socket.end(`${OK}Content-Length: ${good.length}\r\nConnection: close\r\n\r\n${good}`);
      const next = await harness.post(CHAT, caller, chat);
      expect(next.headers.get('x-rigbox-cost-micro')).toMatch(/^\d+$/);
    },
  );
});
