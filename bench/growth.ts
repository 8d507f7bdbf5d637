import { startPostgres } from '../test/harness/postgres/server.ts';
import { withEmptyFolder } from './accounts.ts';
import { type Report, ratios } from './figures.ts';
import { IN_FLIGHT, pickSubjects, REQUESTS } from './growth/requests.ts';
import {
  inTens,
  LEAST_ACCOUNTS,
  openPostgresSite,
  openSqliteSite,
  type Site,
  type SiteOptions,
} from './growth/site.ts';
import { takeTurns } from './turns.ts';

export interface GrowthBench {
  /** Accounts of the largest books; the smallest have ten, those in between a hundredth. */
  readonly accounts: number;
  /** Requests a round, of each kind. */
  readonly requests: number;
  readonly rounds: number;
}

/**
 * What a request costs the store while the books grow. All sizes stand side by side and take turns: the ratio to the smallest
 * books in the same round says what the growth costs.
 */
export function benchGrowth(bench: GrowthBench): Promise<readonly Report[]> {
  return withEmptyFolder(async (folder) => {
    const sqlite = await growIn('SQLite', (options) => openSqliteSite(folder, options), bench);
    const server = await startPostgres({ durable: true });
    try {
      return [sqlite, await growIn('PostgreSQL', (options) => openPostgresSite(server.url, options), bench)];
    } finally {
      await server.stop();
    }
  });
}

async function growIn(engine: string, open: (options: SiteOptions) => Promise<Site>, bench: GrowthBench) {
  const now = Date.now();
  const largest = Math.max(3 * LEAST_ACCOUNTS, inTens(bench.accounts));
  const sizes = [LEAST_ACCOUNTS, Math.max(2 * LEAST_ACCOUNTS, inTens(largest / 100)), largest];
  const sites: Site[] = [];
  try {
    for (const accounts of sizes) sites.push(await open({ accounts, now }));
    return await compare(engine, sites, bench, now);
  } finally {
    for (const site of sites) await site.close();
  }
}

async function compare(engine: string, sites: readonly Site[], bench: GrowthBench, now: number): Promise<Report> {
  const { requests, rounds } = bench;
  const rows: { name: string; figures: (readonly number[])[] }[] = [];
  let asked = 0;
  for (const { name, ask } of REQUESTS) {
    const cost = await takeTurns(sites, { rounds, warmUps: 1 }, (site) => {
      const first = asked;
      asked += requests;
      return microsecondsEach(requests, (worker, number) =>
        ask(site.store, pickSubjects(site, worker, first + number, now)),
      );
    });
    const [smallest = [], ...larger] = [...cost.values()];
    rows.push({ name, figures: [smallest, ...larger.flatMap((own) => [own, ratios(own, smallest)])] });
  }
  const counts = (count: (site: Site) => number) => sites.map((site) => count(site).toLocaleString('en-US')).join(', ');
  const usage = counts(({ rows }) => rows.usage_days + rows.usage_minutes);
  return {
    title:
      `${engine} with ${counts(({ accounts }) => accounts)} accounts, ${counts(({ rows }) => rows.holds)} calls, ` +
      `${usage} rows of usage, ${rounds} rounds of ${requests}`,
    columns: sites.flatMap(({ accounts }, index) => {
      const us = { name: `us with ${accounts.toLocaleString('en-US')}` };
      return index === 0 ? [us] : [us, { name: 'x', digits: 2 }];
    }),
    rows,
  };
}

/** Of the whole time that they took, ten at a time. */
async function microsecondsEach(
  requests: number,
  ask: (worker: number, number: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const askInTurn = async (_: unknown, worker: number) => {
    while (next < requests) await ask(worker, next++);
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, askInTurn));
  return ((performance.now() - startedAt) / requests) * 1000;
}
