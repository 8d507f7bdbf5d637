import { randomBytes } from 'node:crypto';
import { cpus } from 'node:os';
import { mintWorkspaceKey } from '../cli/provisioning.ts';
import { openPostgresStore, type Store } from '../server/index.ts';
import { newDatabase } from '../test/harness/postgres/database.ts';
import { startPostgres } from '../test/harness/postgres/server.ts';
import { start } from '../test/harness/processes.ts';
import { benchAccount, openBenchAccount, settledCalls } from './accounts.ts';
import { type Report, ratios } from './figures.ts';
import { sendLoad } from './load.ts';
import { PROVIDER_KEY } from './participants/forwarding.ts';
import { startParticipant } from './participants/process.ts';
import { takeTurns } from './turns.ts';
import { questionFor } from './workload.ts';

export interface ScalingBench {
  /** Buffered calls a round. */
  readonly requests: number;
  readonly rounds: number;
}

const WORKERS = [1, 2, 4] as const;
/** Calls of one account take turns at its row, so they are spread. */
const ACCOUNTS = 10;
const CONNECTIONS_EACH = 5;
const READY = /^ready: control plane \S+, proxy (\S+), operator (\S+)$/m;

/** `rigkit serve` with so many workers, on a database of its own. */
interface Site {
  readonly name: string;
  readonly proxy: string;
  readonly operator: string;
  readonly store: Store;
  readonly keys: readonly string[];
  close(): Promise<void>;
}

interface Round {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
}

/** Requests a second and CPU per request of `rigkit serve` with one, two and four workers, side by side on one PostgreSQL. */
export async function benchScaling({ requests, rounds }: ScalingBench): Promise<readonly Report[]> {
  const endings: (() => Promise<void>)[] = [];
  try {
    const server = await startPostgres({ durable: true });
    endings.unshift(server.stop);
    const stub = await startParticipant('stub', 'stub');
    endings.unshift(stub.close);
    const sites: Site[] = [];
    for (const workers of WORKERS) {
      const site = await openSite(workers, server.url, stub.origin);
      endings.unshift(site.close);
      sites.push(site);
    }
    const each = Math.ceil(requests / ACCOUNTS);
    const results = await takeTurns(sites, { rounds, warmUps: 2 }, (site) => measure(site, each));
    return [toReport(results, rounds, each * ACCOUNTS)];
  } finally {
    for (const end of endings) await end();
  }
}

async function openSite(workers: number, serverUrl: string, provider: string): Promise<Site> {
  const { url, drop } = await newDatabase(serverUrl);
  const store = await openPostgresStore({ url });
  const keys: string[] = [];
  while (keys.length < ACCOUNTS) {
    const { accountId, workspaceId } = await openBenchAccount(store, benchAccount(keys.length));
    keys.push(await mintWorkspaceKey(store, accountId, workspaceId, 'bench'));
  }
  const args = ['cli/main.ts', 'serve', '--workers', String(workers)];
  const env = {
    RIGKIT_PORT: '0',
    RIGKIT_PROXY_PORT: '0',
    RIGKIT_OPERATOR_PORT: '0',
    // This process would have to read the access log, which costs as much as writing it.
    RIGKIT_LOG_LEVEL: 'warn',
    RIGKIT_DATABASE_URL: url,
    RIGKIT_SECRET_KEY: randomBytes(32).toString('base64'),
    RIGKIT_OPENAI_BASE_URL: `${provider}/v1`,
    RIGKIT_OPENAI_API_KEY: PROVIDER_KEY,
  };
  const platform = await start(process.execPath, args, READY, { env });
  const [, proxy = '', operator = ''] = READY.exec(platform.output()) ?? [];
  return {
    name: `${workers} ${workers === 1 ? 'process' : 'processes'}`,
    proxy,
    operator,
    store,
    keys,
    async close() {
      await platform.stop();
      await store.close();
      await drop();
    },
  };
}

async function measure(site: Site, requestsEach: number): Promise<Round> {
  const requests = requestsEach * ACCOUNTS;
  const [cpuBefore, settledBefore] = [await cpuSeconds(site), await settled(site)];
  const startedAt = performance.now();
  await Promise.all(
    site.keys.map((key) =>
      sendLoad({
        origin: site.proxy,
        headers: { authorization: `Bearer ${key}` },
        question: questionFor('buffered'),
        requests: requestsEach,
        connections: Math.min(CONNECTIONS_EACH, requestsEach),
      }),
    ),
  );
  const tookMs = performance.now() - startedAt;
  const charged = (await settled(site)) - settledBefore;
  if (charged !== requests) throw new Error(`${site.name} charged ${charged} of ${requests} calls`);
  const cpu = (await cpuSeconds(site)) - cpuBefore;
  return { perSecond: (requests / tookMs) * 1000, cpuMicroseconds: (cpu / requests) * 1e6 };
}

/** User and system time of all workers, as the operator is told. */
async function cpuSeconds({ operator }: Site): Promise<number> {
  const figures = await (await fetch(`${operator}/metrics`)).text();
  const [, seconds] = /^process_cpu_seconds_total (\S+)$/m.exec(figures) ?? [];
  if (seconds === undefined) throw new Error('no CPU time among the metrics');
  return Number(seconds);
}

async function settled({ store }: Site): Promise<number> {
  const counts = Array.from({ length: ACCOUNTS }, (_, number) => settledCalls(store, benchAccount(number).accountId));
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

function toReport(results: ReadonlyMap<Site, readonly Round[]>, rounds: number, requests: number): Report {
  const [alone = []] = results.values();
  const perSecond = (own: readonly Round[]) => own.map((round) => round.perSecond);
  const cpu = (own: readonly Round[]) => own.map((round) => round.cpuMicroseconds);
  return {
    title:
      `rigkit serve --workers on PostgreSQL, buffered answers, ${ACCOUNTS * CONNECTIONS_EACH} connections, ` +
      `${cpus().length} cores for all, ${rounds} rounds of ${requests}`,
    columns: [
      { name: 'requests a second' },
      { name: 'x one process', digits: 2 },
      { name: 'CPU us a request' },
      { name: "x one process's", digits: 2 },
    ],
    rows: [...results].map(([{ name }, own]) => ({
      name,
      figures: [perSecond(own), ratios(perSecond(own), perSecond(alone)), cpu(own), ratios(cpu(own), cpu(alone))],
    })),
  };
}
