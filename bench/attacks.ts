/**
 * What one account may do to hurt the others. Each attack runs in a process of its own, at a fixed rate: what it takes of the
 * machine is the same whatever the platform does, and the load goes first.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import type { Participant } from './participants/process.ts';
import { questionFor } from './workload.ts';

type Target = Pick<Participant, 'origin' | 'attackerHeaders'>;

const MIB = 1024 * 1024;
const CHAT = '/v1/chat/completions';
const UNFINISHED = 16;

/** Bodies come at about 120 MB a second, which is all that a network of 1 Gbit/s carries. */
export const ATTACKS = {
  '4 bodies of 31 MiB a second that never end, 16 open': sendUnfinished,
  '7 bodies of 990,000 escaped keys a second': (target) => {
    const keys = Array.from({ length: 990_000 }, (_, index) => `"\\u0061${index}":1`);
    repeat(target, 7, 'POST', CHAT, Buffer.from(`{${keys.join()}}`));
  },
  // Within every limit, and refused for what stands at its end.
  '20 bodies of 99,000 keys and 240,000 strings a second': (target) => {
    const keys = Array.from({ length: 99_000 }, (_, index) => `"\\u0061${index}":1`);
    const strings = Array.from({ length: 240_000 }, (_, index) => `"a${index}"`);
    const body = `{"model":"gpt-4o-mini","messages":[{${keys.join()}},${strings.join()}],"model":1}`;
    repeat(target, 20, 'POST', CHAT, Buffer.from(body));
  },
  // The same.
  '4 bodies of 30 MiB a second': (target) => {
    const body = `{"model":"gpt-4o-mini","messages":"${'x'.repeat(30 * MIB)}","model":1}`;
    repeat(target, 4, 'POST', CHAT, Buffer.from(body));
  },
  '500 calls a second that cost nothing': (target) => repeat(target, 500, 'GET', '/v1/models'),
  '50 streams a second that are aborted': abortStreams,
} as const satisfies Readonly<Record<string, (target: Target) => void>>;

type AttackName = keyof typeof ATTACKS;

/** Begins an attack. Returns how it ends. */
export function attack(name: AttackName, { origin, attackerHeaders }: Target): () => Promise<void> {
  const args = [name, JSON.stringify({ origin, attackerHeaders })];
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return async () => {
    if (child.exitCode !== null) throw new Error(`the attack «${name}» has ended`);
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  };
}

/** Does it so many times a second. */
function atRate(perSecond: number, act: () => void): void {
  const startedAt = performance.now();
  let done = 0;
  setInterval(() => {
    for (const due = ((performance.now() - startedAt) / 1000) * perSecond; done < due; done += 1) act();
  }, 10);
}

/** So many calls a second, whatever they are answered; none more while as many are not answered yet. */
function repeat(target: Target, perSecond: number, method: 'GET' | 'POST', path: string, body?: Buffer): void {
  const pool = new Pool(target.origin, { connections: 20, pipelining: 1 });
  const headers = { ...target.attackerHeaders, ...(body && { 'content-type': 'application/json' }) };
  let open = 0;
  atRate(perSecond, async () => {
    if (open >= perSecond) return;
    open += 1;
    await pool
      .request({ path, method, headers, body: body ?? null })
      .then(({ body: answer }) => answer.dump())
      .catch(() => {});
    open -= 1;
  });
}

function sendUnfinished({ origin, attackerHeaders }: Target): void {
  const lines = Object.entries(attackerHeaders).map(([name, value]) => `${name}: ${value}`);
  const about = ['host: bench', 'content-type: application/json', `content-length: ${32 * MIB}`];
  const head = [`POST ${CHAT} HTTP/1.1`, ...about, ...lines, '', ''].join('\r\n');
  const sent = Buffer.concat([Buffer.from(head), Buffer.alloc(31 * MIB, ' ')]);
  let open = 0;
  atRate(4, () => {
    if (open === UNFINISHED) return;
    open += 1;
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.on('error', () => {}).resume();
    socket.once('close', () => {
      open -= 1;
    });
    socket.write(sent);
  });
}

function abortStreams({ origin, attackerHeaders }: Target): void {
  const { path, body } = questionFor('streamed');
  const headers = { ...attackerHeaders, 'content-type': 'application/json' };
  atRate(50, async () => {
    const leave = new AbortController();
    const answer = fetch(origin + path, { method: 'POST', headers, body: String(body), signal: leave.signal });
    await answer.catch(() => {});
    leave.abort();
  });
}

if (import.meta.main) {
  setPriority(10);
  const [, , name, target] = process.argv;
  ATTACKS[name as AttackName](JSON.parse(String(target)) as Target);
}
