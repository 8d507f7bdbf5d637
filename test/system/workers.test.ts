import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccountWithKey, mintWorkspaceKey } from '../../cli/provisioning.ts';
import { type StubProviders, startStubProviders } from '../../mocks/providers/index.ts';
import { openPostgresStore } from '../../server/store.ts';
import { stubSettings } from '../harness/platform.ts';
import type { TestDatabase } from '../harness/postgres/database.ts';
import { newTestDatabase } from '../harness/postgres/test-database.ts';
import { type Running, run, start } from '../harness/processes.ts';

const READY = /^ready: control plane (\S+), proxy (\S+), operator (\S+)$/m;
const NOTHING_HELD = /^rigkit_holds_open\{state="held"\} 0$/m;
const QUESTION = JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] });

let database: TestDatabase;
let stub: StubProviders;
let platform: Running;
let urls: { readonly controlPlane: string; readonly proxy: string; readonly operator: string };
let settings: Record<string, string>;
beforeAll(async () => {
  database = await newTestDatabase();
  stub = await startStubProviders();
  settings = {
    ...stubSettings(stub),
    RIGKIT_OPERATOR_PORT: '0',
    RIGKIT_RATE_LIMITS: 'on',
    RIGKIT_DATABASE_URL: database.url,
    RIGKIT_DATABASE_POOL: '3',
  };
  const args = ['cli/main.ts', 'serve', '--workers', '2'];
  platform = await start(process.execPath, args, READY, { env: settings });
  const [, controlPlane = '', proxy = '', operator = ''] = READY.exec(platform.output()) ?? [];
  urls = { controlPlane, proxy, operator };
});
afterAll(async () => {
  await platform?.stop();
  await stub?.close();
  await database?.drop();
});

interface Customer {
  readonly apiKey: string;
  readonly workspaceId: string;
  readonly workspaceKey: string;
}

async function newCustomer(): Promise<Customer> {
  const store = await openPostgresStore({ url: database.url });
  try {
    const request = { name: 'a customer', plan: 'pro', monthlyCreditsMicro: null } as const;
    const { accountId, apiKey } = await createAccountWithKey(store, request);
    const workspaceId = `ws-${accountId}`;
    const machine = { image: 'base', templateId: null, ramMb: 512, vcpuCount: 1, diskSizeMb: 1024 };
    await store.createWorkspace({ id: workspaceId, accountId, name: 'w', ...machine }, Date.now());
    return { apiKey, workspaceId, workspaceKey: await mintWorkspaceKey(store, accountId, workspaceId, 'key') };
  } finally {
    await store.close();
  }
}

/** A request on a connection of its own, which goes to the next worker. */
function send(url: string, method: string, key: string, body = ''): Promise<{ status: number; text: string }> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method,
      agent: false,
      headers: body === '' ? { authorization: headers.authorization } : headers,
    });
    sent.on('response', async (answer) => {
      resolve({ status: answer.statusCode ?? 0, text: await text(answer).catch(reject).then(String) });
    });
    sent.on('error', reject).end(body);
  });
}

const ask = ({ workspaceKey }: Customer) => send(`${urls.proxy}/v1/chat/completions`, 'POST', workspaceKey, QUESTION);
const configure = ({ apiKey, workspaceId }: Customer, patch: object) =>
  send(`${urls.controlPlane}/workspaces/${workspaceId}/ai-config`, 'PUT', apiKey, JSON.stringify(patch));
const look = async (path: string) => {
  const answer = await fetch(`${urls.operator}${path}`);
  return { status: answer.status, text: await answer.text() };
};
/** Who logged this message, in order. */
const readPids = (message: string, detail = '') =>
  platform
    .output()
    .split('\n')
    .filter((line) => line.includes(`"msg":"${message}"`) && line.includes(detail))
    .map((line): number => JSON.parse(line).workerPid);

/** Calls until both workers have answered: who takes a connection is the system's choice. */
async function askBothWorkers(customer: Customer): Promise<void> {
  const before = readPids('call').length;
  for (let asked = 4; asked <= 400; asked += 4) {
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(customer)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await expect.poll(() => readPids('call').length).toBe(before + asked);
    if (new Set(readPids('call').slice(before)).size === 2) return;
  }
  throw new Error('one worker takes all calls');
}

describe('rigkit serve with two workers', () => {
  it('says once that it is ready, when both listen', async () => {
    // The log is written at the end of a turn: the line of the last to listen may come right behind.
    await expect.poll(() => readPids('a worker listens')).toHaveLength(2);
    expect(platform.output().match(/^ready: /gm)).toHaveLength(1);
    expect(platform.output().split('ready: ')[0]).toContain('"msg":"a worker listens"');
  });

  it('serves a switch of keys with the next call, on whichever worker either lands', async () => {
    const customer = await newCustomer();
    const { RIGKIT_OPENAI_API_KEY: managedKey } = settings;
    for (const key of ['sk-own-1', undefined, 'sk-own-2', undefined]) {
      const own = key !== undefined && { provider: 'openai', api_key: key };
      expect(await configure(customer, { mode: own ? 'byok' : 'managed', ...own })).toMatchObject({ status: 200 });
      const before = stub.calls.length;
      await askBothWorkers(customer);
      const keys = new Set(stub.calls.slice(before).map(({ headers }) => headers.authorization));
      expect([...keys]).toEqual([`Bearer ${key ?? managedKey}`]);
    }
  });

  it('grants the limit of a minute once, not once a worker', async () => {
    const { apiKey } = await newCustomer();
    const look = () => send(`${urls.controlPlane}/users/me/credits`, 'GET', apiKey);
    const answers = await Promise.all(Array.from({ length: 130 }, look));
    const [granted, refused] = [200, 429].map((code) => answers.filter(({ status }) => status === code).length);
    expect({ granted, refused }).toEqual({ granted: 120, refused: 10 });
    await expect.poll(() => new Set(readPids('request', '"operation":"getCredits"')).size).toBe(2);
  });

  it('shows what all workers counted as one, and is ready', async () => {
    await newCustomer().then(ask);
    const counted = async () => {
      const { text } = await look('/metrics');
      const calls = [...text.matchAll(/^rigkit_proxy_requests_total\{.*\} (\d+)$/gm)].map(([, count]) => Number(count));
      return { text, isComplete: calls.reduce((sum, count) => sum + count, 0) === readPids('call').length };
    };
    await expect.poll(counted).toEqual({ text: expect.stringMatching(NOTHING_HELD), isComplete: true });
    const { text } = await counted();
    expect(text).toMatch(/^rigkit_workers 2$/m);
    expect(text).toMatch(/^rigkit_store_up 1$/m);
    expect(await look('/readyz')).toEqual({ status: 200, text: 'ready\n' });
  });

  it('goes on while a worker is killed in the middle of calls, replaces it, and its books are in order', async () => {
    const customer = await newCustomer();
    const [victim = 0] = readPids('a worker listens');
    const caller = async () => {
      const outcomes: (number | 'broken')[] = [];
      for (let call = 0; call < 25; call += 1)
        outcomes.push(
          await ask(customer).then(
            ({ status }) => status,
            () => 'broken' as const,
          ),
        );
      return outcomes;
    };
    const callers = [caller(), caller(), caller(), caller()];
    await expect.poll(() => readPids('call').length).toBeGreaterThan(30);
    process.kill(victim, 'SIGKILL');
    const outcomes = (await Promise.all(callers)).flat();
    expect(outcomes.filter((outcome) => outcome === 200).length).toBeGreaterThanOrEqual(90);
    expect(outcomes.filter((outcome) => outcome !== 200 && outcome !== 'broken')).toEqual([]);

    await expect.poll(() => readPids('a worker listens')).toHaveLength(3);
    const replacement = readPids('a worker listens').at(-1);
    expect(readPids('a worker ended: another one takes its place')).toEqual([victim]);
    await askBothWorkers(customer);
    expect(readPids('call')).toContain(replacement);
    expect((await look('/metrics')).text).toMatch(/^rigkit_workers 2$/m);

    const verified = await run(process.execPath, ['cli/main.ts', 'ledger', 'verify', '--database-url', database.url]);
    expect(verified, verified.stderr).toMatchObject({ code: 0 });
    expect(verified.stdout).toContain('the books are in order');
  });

  it('finishes the calls under way when it is told to end, takes no new ones, and leaves no worker', async () => {
    const customers = [await newCustomer(), await newCustomer()];
    for (const _ of customers) stub.script({ respond: { delayMs: { beforeHeaders: 5_000 } } });
    const calls = stub.calls.length;
    const answers = customers.map(ask);
    await expect.poll(() => stub.calls.length).toBe(calls + 2);
    const ended = platform.stop();
    await expect.poll(() => look('/readyz')).toEqual({ status: 503, text: 'closing\n' });
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
    expect(await ended).toBe(0);
    for (const pid of readPids('a worker listens')) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});

describe('a start with workers that fails', () => {
  const serve = (more: Record<string, string>, ...args: readonly string[]) =>
    run(process.execPath, ['cli/main.ts', 'serve', '--workers', '2', ...args], { env: { ...settings, ...more } });

  it('says why SQLite takes one process, and what to do, with exit code 2', async () => {
    const refused = await serve({ RIGKIT_DATABASE_URL: 'file:never.sqlite' });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(
      /^rigkit: RIGKIT_WORKERS: SQLite .*RIGKIT_DATABASE_URL=postgres.*RIGKIT_WORKERS=1\n$/,
    );
  });

  it.each([
    ['a port that is taken', () => ({ RIGKIT_PORT: new URL(stub.url).port }), 1, 'EADDRINUSE'],
    ['a prices file that is not there', () => ({ RIGKIT_PRICES_FILE: 'no.json' }), 2, 'RIGKIT_PRICES_FILE'],
  ])('is told once, with %s', async (_, more, code, words) => {
    const failed = await serve(more());
    expect(failed.code).toBe(code);
    expect(failed.stderr.trim().split('\n')).toEqual([expect.stringContaining(words)]);
  });
});
