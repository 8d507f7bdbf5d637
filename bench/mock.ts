import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Pool } from 'undici';
import { type Running, start } from '../test/harness/processes.ts';
import { HANGS_MS } from '../test/harness/wait.ts';
import { type Report, ratios } from './figures.ts';
import { takeTurns } from './turns.ts';

export interface MockBench {
  /** Requests a round, of each participant. */
  readonly requests: number;
  readonly rounds: number;
}

interface MockServer {
  readonly name: string;
  readonly origin: string;
  readonly basePath: string;
  readonly process: Running;
  readonly firstAnswerMs: number;
}

const CONNECTIONS = 20;
const HEADERS = { authorization: 'Bearer rb_any', 'content-type': 'application/json' };
/** A read, and a write with a body to validate. */
const CALLS = [
  { method: 'GET', path: '/users/me/credits' },
  { method: 'PUT', path: '/workspaces/ws-1/ai-config', body: '{"mode":"byok","provider":"openai","api_key":"sk-x"}' },
] as const;

/** The stateless mock beside Prism's own server, taking turns; and how long each takes from its start to its first answer. */
export async function benchMock({ requests, rounds }: MockBench): Promise<readonly Report[]> {
  const started: MockServer[] = [];
  const add = async (...all: Parameters<typeof startServer>) => {
    const server = await startServer(...all);
    started.push(server);
    return server;
  };
  try {
    await add('rigkit mock', '/api/v1', (port) => ['cli/main.ts', 'mock', '--port', port]);
    const peer = await add("Prism's own server", '', (port) => [
      ...['node_modules/.bin/prism', 'mock', 'generated/control-plane.json', '--port', port, '--verboseLevel', 'error'],
    ]);
    const perSecond = await takeTurns(started, { rounds, warmUps: 1 }, (server) => measure(server, requests));
    const report = {
      title: `Mocks, ${CONNECTIONS} connections, ${rounds} rounds of ${requests}, reads and writes`,
      columns: [
        { name: 'requests a second' },
        { name: "x Prism's own", digits: 2 },
        { name: 'ms to the first answer' },
      ],
      rows: [...perSecond].map(([{ name, firstAnswerMs }, own]) => {
        return { name, figures: [own, ratios(own, perSecond.get(peer) ?? []), [firstAnswerMs]] };
      }),
    };
    return [report];
  } finally {
    await Promise.all(started.map((server) => server.process.stop()));
  }
}

async function startServer(name: string, basePath: string, args: (port: string) => string[]): Promise<MockServer> {
  const port = String(await freePort());
  const origin = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  // Told to log errors only, as it must be to be fast, Prism does not say when it listens.
  const begun = /ready:|Starting Prism/;
  const process = await start(globalThis.process.execPath, args(port), begun);
  while (!(await answers(origin))) {
    if (performance.now() - startedAt > HANGS_MS) throw new Error(`${name} does not answer:\n${process.output()}`);
    await setTimeout(10);
  }
  return { name, origin, basePath, process, firstAnswerMs: performance.now() - startedAt };
}

function answers(origin: string): Promise<boolean> {
  return fetch(origin).then(
    () => true,
    () => false,
  );
}

/** Requests a second. Rejects at the first answer that is no success. */
async function measure(
  { origin, basePath }: Pick<MockServer, 'origin' | 'basePath'>,
  requests: number,
): Promise<number> {
  const pool = new Pool(origin, { connections: CONNECTIONS });
  let sent = 0;
  const worker = async () => {
    while (sent < requests) {
      const { path, ...call } = CALLS[sent++ % CALLS.length] ?? CALLS[0];
      const { statusCode, body } = await pool.request({ ...call, path: basePath + path, headers: HEADERS });
      const text = await body.text();
      if (statusCode !== 200) throw new Error(`${path} was answered with ${statusCode}: ${text.slice(0, 200)}`);
    }
  };
  const startedAt = performance.now();
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, worker));
    return (requests / (performance.now() - startedAt)) * 1000;
  } finally {
    await pool.destroy();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
