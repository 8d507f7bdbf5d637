import { join } from 'node:path';
import { openSqliteStore, type Store } from '../server/index.ts';
import { showSpread, spreadOf, table } from './figures.ts';
import { type BenchAccount, openBenchAccount, settledCalls, withEmptyFolder } from './ground.ts';

export interface StoreBench {
  /** Pairs of admission and settlement a round, at 10 in flight and above; a tenth of it one by one. */
  readonly pairs: number;
  readonly rounds: number;
}

const IN_FLIGHT = [1, 10, 50] as const;

interface Round {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
}

/** What a metered call costs in the store: reserve and settle, each durable before it resolves. Prints a table. */
export async function benchStore({ pairs, rounds }: StoreBench): Promise<void> {
  await withEmptyFolder(async (folder) => {
    const store = await openSqliteStore({ path: join(folder, 'bench.sqlite') });
    try {
      const account = await openBenchAccount(store);
      const results = new Map<number, Round[]>(IN_FLIGHT.map((inFlight) => [inFlight, []]));
      const count = (inFlight: number) => Math.max(inFlight, inFlight === 1 ? Math.ceil(pairs / 10) : pairs);
      let done = 0;
      for (let round = -1; round < rounds; round += 1) {
        for (const inFlight of IN_FLIGHT) {
          const figures = await measure(store, account, `${round}-${inFlight}`, count(inFlight), inFlight);
          done += count(inFlight);
          // The first round warms up.
          if (round >= 0) results.get(inFlight)?.push(figures);
        }
      }
      await proveBooks(store, account, done);
      console.log(`\n${report(results, rounds)}`);
    } finally {
      await store.close();
    }
  });
}

async function measure(
  store: Store,
  account: BenchAccount,
  run: string,
  pairs: number,
  inFlight: number,
): Promise<Round> {
  let next = 0;
  const worker = async () => {
    while (next < pairs) {
      next += 1;
      await admitAndSettle(store, account, `req-${run}-${next}`);
    }
  };
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  const tookMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { perSecond: (pairs / tookMs) * 1000, cpuMicroseconds: (user + system) / pairs };
}

async function admitAndSettle(store: Store, account: BenchAccount, holdId: string): Promise<void> {
  const call = { ...account, mode: 'managed', provider: 'openai', model: 'gpt-4o-mini' } as const;
  const admitted = await store.admit({ ...call, holdId, amountMicro: 1_000n, at: Date.now() });
  if (admitted.kind !== 'admitted') throw new Error(`not admitted: ${admitted.kind}`);
  const usage = {
    inputTokens: 420,
    cachedInputTokens: 0,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    outputTokens: 50,
  };
  const settled = await store.settle({ holdId, costMicro: 900n, usage, at: Date.now() });
  if (settled.kind !== 'settled') throw new Error(`not settled: ${settled.kind}`);
}

/** A store that is fast and wrong is of no interest. */
async function proveBooks(store: Store, { accountId }: BenchAccount, pairs: number): Promise<void> {
  const [books] = await store.books();
  const balances = books?.ledgerMicro === books?.remainingMicro && books?.openHoldsMicro === 0n;
  if (!balances || (await settledCalls(store, accountId)) !== pairs) throw new Error('the books do not balance');
}

function report(results: ReadonlyMap<number, readonly Round[]>, rounds: number): string {
  const rows = [...results].map(([inFlight, own]) => [
    `${inFlight} in flight`,
    showSpread(spreadOf(own.map((round) => round.perSecond))),
    showSpread(spreadOf(own.map((round) => round.cpuMicroseconds))),
  ]);
  const head = ['median (least..most)', 'pairs a second', 'CPU us a pair'];
  return `Reserve and settle in SQLite, durable (WAL, synchronous FULL), ${rounds} rounds\n\n${table(head, rows)}`;
}
