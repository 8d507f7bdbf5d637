/** What one account may do to hurt the others. Each attack runs in a thread of its own, until that is ended. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { Pool } from 'undici';
import type { Participant } from './participants/process.ts';
import { questionFor } from './workload.ts';

type Target = Pick<Participant, 'origin' | 'attackerHeaders'>;

const MIB = 1024 * 1024;
const CHAT = '/v1/chat/completions';

export const ATTACKS = {
  '16 bodies of 31 MiB that never end': sendUnfinished,
  'bodies of 990,000 escaped keys': (target) => {
    const keys = Array.from({ length: 990_000 }, (_, index) => `"\\u0061${index}":1`);
    return repeat(target, 4, 'POST', CHAT, Buffer.from(`{${keys.join()}}`));
  },
  // Read to its end, and refused for what stands there.
  'bodies of 30 MiB': (target) => {
    const body = `{"model":"gpt-4o-mini","messages":"${'x'.repeat(30 * MIB)}","model":1}`;
    return repeat(target, 4, 'POST', CHAT, Buffer.from(body));
  },
  'calls that cost nothing': (target) => repeat(target, 20, 'GET', '/v1/models'),
  'streams that are aborted': abortStreams,
} as const satisfies Readonly<Record<string, (target: Target) => Promise<void>>>;

type AttackName = keyof typeof ATTACKS;

/** Begins an attack. Returns how it ends. */
export function attack(name: AttackName, { origin, attackerHeaders }: Target): () => Promise<unknown> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { name, target: { origin, attackerHeaders } } });
  return () => worker.terminate();
}

/** So many calls at a time, whatever they are answered. */
async function repeat(target: Target, atOnce: number, method: 'GET' | 'POST', path: string, body?: Buffer) {
  const pool = new Pool(target.origin, { connections: atOnce, pipelining: 1 });
  const headers = { ...target.attackerHeaders, ...(body && { 'content-type': 'application/json' }) };
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (;;) {
        const sent = pool.request({ path, method, headers, body: body ?? null });
        await sent.then(({ body: answer }) => answer.dump()).catch(() => sleep(1));
      }
    }),
  );
}

async function sendUnfinished({ origin, attackerHeaders }: Target): Promise<void> {
  const lines = Object.entries(attackerHeaders).map(([name, value]) => `${name}: ${value}`);
  const about = ['host: bench', 'content-type: application/json', `content-length: ${32 * MIB}`];
  const head = [`POST ${CHAT} HTTP/1.1`, ...about, ...lines, '', ''].join('\r\n');
  const sent = Buffer.concat([Buffer.from(head), Buffer.alloc(31 * MIB, ' ')]);
  for (let count = 0; count < 16; count += 1) {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.on('error', () => {}).resume();
    socket.write(sent);
  }
}

async function abortStreams({ origin, attackerHeaders }: Target): Promise<void> {
  const { path, body } = questionFor('streamed');
  const headers = { ...attackerHeaders, 'content-type': 'application/json' };
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      for (;;) {
        const leave = new AbortController();
        const answer = fetch(origin + path, { method: 'POST', headers, body: String(body), signal: leave.signal });
        await answer.catch(() => sleep(1));
        leave.abort();
      }
    }),
  );
}

if (!isMainThread) {
  const { name, target } = workerData as { readonly name: AttackName; readonly target: Target };
  await ATTACKS[name](target);
}
