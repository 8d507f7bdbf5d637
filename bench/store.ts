import { join } from 'node:path';
import { openStore, type Store } from '../server/index.ts';
import { newDatabase } from '../test/harness/postgres/database.ts';
import { startPostgres } from '../test/harness/postgres/server.ts';
import {
  admitAndSettle,
  type BenchAccount,
  benchAccount,
  openBenchAccount,
  settledCalls,
  withEmptyFolder,
} from './accounts.ts';
import type { Report } from './figures.ts';

export interface StoreBench {
  /** Pairs of admission and settlement a round, at 10 in flight and above; a tenth of it one by one. */
  readonly pairs: number;
  readonly rounds: number;
}

/** How many pairs are under way at once, and over how many accounts they are spread: PostgreSQL locks one row of each. */
const LOADS = [
  { name: '1 in flight', inFlight: 1, accounts: 1 },
  { name: '10 in flight', inFlight: 10, accounts: 10 },
  { name: '50 in flight', inFlight: 50, accounts: 50 },
  { name: '50 in flight, one account', inFlight: 50, accounts: 1 },
] as const;
type Load = (typeof LOADS)[number];
const MOST_ACCOUNTS = 50;

interface Engine {
  readonly name: string;
  readonly store: Store;
  readonly accounts: readonly BenchAccount[];
  readonly rounds: Map<Load, Round[]>;
  done: number;
}

interface Round {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
}

/** What a metered call costs in the store: reserve and settle, each durable before it resolves. */
export async function benchStore({ pairs, rounds }: StoreBench): Promise<readonly Report[]> {
  return withEmptyFolder(async (folder) => {
    const server = await startPostgres({ durable: true });
    const engines: Engine[] = [];
    try {
      engines.push(await openEngine('SQLite', `file:${join(folder, 'bench.sqlite')}`));
      engines.push(await openEngine('PostgreSQL', (await newDatabase(server.url)).url));
      // The first round warms up.
      for (let round = -1; round < rounds; round += 1) {
        for (const load of LOADS) {
          for (const engine of engines) await measure(engine, load, round, pairs);
        }
      }
      for (const engine of engines) await proveBooks(engine);
      return [toReport(engines, rounds)];
    } finally {
      for (const { store } of engines) await store.close();
      await server.stop();
    }
  });
}

async function openEngine(name: string, url: string): Promise<Engine> {
  const store = await openStore({ url });
  const accounts: BenchAccount[] = [];
  while (accounts.length < MOST_ACCOUNTS) accounts.push(await openBenchAccount(store, benchAccount(accounts.length)));
  return { name, store, accounts, rounds: new Map(LOADS.map((load) => [load, []])), done: 0 };
}

async function measure(engine: Engine, load: Load, round: number, pairs: number): Promise<void> {
  const count = Math.max(load.inFlight, load.inFlight === 1 ? Math.ceil(pairs / 10) : pairs);
  let next = 0;
  const worker = async (_: unknown, number: number) => {
    const account = engine.accounts[number % load.accounts];
    if (account === undefined) throw new RangeError('no account');
    while (next < count) {
      next += 1;
      await admitAndSettle(engine.store, account, `req-${load.name}-${round}-${next}`, Date.now());
    }
  };
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: load.inFlight }, worker));
  const tookMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  engine.done += count;
  if (round < 0) return;
  engine.rounds.get(load)?.push({ perSecond: (count / tookMs) * 1000, cpuMicroseconds: (user + system) / count });
}

/** A store that is fast and wrong is of no interest. */
async function proveBooks({ store, accounts, done }: Engine): Promise<void> {
  const books = await store.books();
  const balance = books.every((row) => row.ledgerMicro === row.remainingMicro && row.openHoldsMicro === 0n);
  let settled = 0;
  for (const { accountId } of accounts) settled += await settledCalls(store, accountId);
  if (!balance || settled !== done) throw new Error('the books do not balance');
}

function toReport(engines: readonly Engine[], rounds: number): Report {
  return {
    title: `Reserve and settle, durable in both engines, ${rounds} rounds`,
    columns: [{ name: 'pairs a second' }, { name: 'CPU us a pair' }],
    rows: LOADS.flatMap((load) =>
      engines.map(({ name, rounds }) => {
        const own = rounds.get(load) ?? [];
        const figures = [own.map(({ perSecond }) => perSecond), own.map(({ cpuMicroseconds }) => cpuMicroseconds)];
        return { name: `${name}, ${load.name}`, figures };
      }),
    ),
  };
}
