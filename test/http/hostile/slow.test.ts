import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../../server/http/app.ts';
import { listen } from '../../../server/http/listen.ts';
import { createLogger } from '../../../server/http/log.ts';
import { type MeteringProxy, meteringProxy } from '../../../server/proxy/index.ts';
import { CHAT, chat } from '../../harness/books.ts';
import { PLENTY, useTestProxy } from '../../harness/proxy.ts';
import { expectRefused } from './fixture.ts';

const CLIENTS = 100;

let proxy: MeteringProxy | undefined;
const harness = useTestProxy({
  makeProxy(options) {
    proxy = meteringProxy(options);
    return proxy;
  },
});

/** The proxy behind the house's listener, with less patience than in production. */
async function openImpatient(): Promise<{ readonly port: number; readonly url: string }> {
  const mounts = proxy === undefined ? [] : [proxy];
  const app = createApp({ logger: createLogger({ level: 'silent' }), mounts, accessLog: false });
  const listening = await listen(app, { port: 0, headersTimeoutMs: 400, requestTimeoutMs: 900 });
  onTestFinished(() => listening.close({ graceMs: 0 }));
  return listening;
}

/** Sends `start` at once and then a character at a time, and says what came back until the server hung up. */
function trickle(port: number, start: string, rest: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let said = '';
    let drip: NodeJS.Timeout | undefined;
    socket.once('connect', () => {
      socket.write(start);
      let at = 0;
      drip = setInterval(() => {
        if (socket.writable) socket.write(rest.charAt(at));
        at += 1;
      }, 50);
    });
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      said += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(drip);
      resolve(said);
    });
  });
}

const ENDLESS = 'a'.repeat(10_000);

it.each([
  ['its head', 408, () => `POST ${CHAT} HTTP/1.1\r\nHost: x\r\nX-Slow: `],
  [
    'its body',
    408,
    (key: string) =>
      `POST ${CHAT} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{"a":"`,
  ],
  [
    'the body of a request that is refused already',
    401,
    () => `POST ${CHAT} HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n{"a":"`,
  ],
])(
  '%s trickles: the request is ended in time, reserves nothing, and keeps no other caller waiting',
  async (_case, status, start) => {
    const caller = await harness.caller();
    const { port, url } = await openImpatient();
    const slow = Array.from({ length: CLIENTS }, () => trickle(port, start(caller.key), ENDLESS));
    const headers = { authorization: `Bearer ${caller.key}`, 'content-type': 'application/json' };
    const meanwhile = await fetch(url + CHAT, { method: 'POST', headers, body: JSON.stringify(chat) });
    expect(meanwhile.status).toBe(200);
    const cost = BigInt(meanwhile.headers.get('x-rigbox-cost-micro') ?? -1);

    const said = await Promise.all(slow);
    for (const answer of said) expect(expectRefused(answer, [caller.key])).toBe(status);
    expect(harness.stub.calls).toHaveLength(1);
    expect(await harness.store.openHolds()).toEqual([]);
    expect(await caller.remainingMicro()).toBe(PLENTY - cost);
  },
);
