import { setTimeout as sleep } from 'node:timers/promises';
import { createTenant, PLENTY_MICRO, requireBalancedBooks, type Tenant } from '../../harness/accounts.ts';
import type { CallResult } from '../../harness/caller.ts';
import { type Chance, createChance } from '../../harness/chance.ts';
import { openSite, type Site } from '../../harness/platform.ts';
import { askLedger } from '../../harness/platform-process.ts';
import { newDatabase } from '../../harness/postgres/database.ts';
import { type PostgresPair, startPostgresPair } from '../../harness/postgres/server.ts';
import { openWire, type Wire } from '../../harness/postgres/wire.ts';
import { until } from '../../harness/wait.ts';
import { readHolds } from '../crash/holds-on-disk.ts';
import { startLoad } from '../crash/load.ts';
import { findLosses, observe } from '../crash/verdict.ts';
import type { PartReport } from '../part.ts';
import type { Maker } from '../prices/price-book.ts';
import type { Settings } from '../settings.ts';
import { requireReadable } from './refusal.ts';

export interface FailoverOptions {
  /** The primary does not wait for its standby, which is behind when it takes over: to see whether that would be noticed. */
  readonly isAsynchronous?: boolean;
}

/** Forwarded before a failover, and after it. */
const CALLS_AROUND = 60;
const LONGEST_LIFE_MS = 200;
/** More than are under way at once. */
const MOST_SHOWN = 40;

interface Scene {
  readonly pair: PostgresPair;
  /** The address that moves with the primary, and all that the platform knows. */
  readonly wire: Wire;
  /** The database's, by that address. */
  readonly url: string;
  readonly site: Site;
  readonly tenant: Tenant;
}

/**
 * Kills the primary of the platform's database at random moments under load, and has its synchronous standby take over. One process
 * goes on all the time: every call that the provider saw has exactly one outcome in the books of the new primary, and those
 * that came meanwhile are refused so that SDKs understand it.
 */
export async function runFailover(settings: Settings, options: FailoverOptions = {}): Promise<PartReport> {
  const { failovers } = settings.counts;
  const chance = createChance(settings.seed);
  const pair = await startPostgresPair();
  const wire = await openWire(pair.primaryUrl);
  let site: Site | undefined;
  const totals = { calls: 0, refused: 0 };
  try {
    const { url } = await newDatabase(wire.url);
    site = await openSite({ settings: () => ({ RIGKIT_DATABASE_URL: url }) });
    const tenant = await createTenant(site.store, 'failover', PLENTY_MICRO);
    for (let failover = 0; failover < failovers; failover += 1) {
      if (failover > 0) await pair.follow();
      const { calls, refused } = await runOne(
        { pair, wire, url, site, tenant },
        `failover-${failover}`,
        chance,
        options,
      );
      totals.calls += calls;
      totals.refused += refused;
    }
    await askLedger(url, 'verify');
  } finally {
    await site?.close();
    await wire.close();
    await pair.stop();
  }
  const { calls, refused } = totals;
  return { counts: `${failovers} failovers under load, ${calls} calls, ${refused} refused meanwhile: none is lost` };
}

async function runOne(scene: Scene, name: string, chance: Chance, options: FailoverOptions) {
  const { url, site, tenant } = scene;
  const { store, stub } = site;
  const refusals: [Maker, CallResult][] = [];
  stub.reset();
  const load = startLoad(site.proxy, stub, tenant, name, chance, {
    onRefusal: (...refusal) => refusals.push(refusal),
  });
  await until(moreCalls(site), () => 'no load has come up');
  await sleep(chance.between(0, LONGEST_LIFE_MS));
  await failOver(scene, options);
  await until(moreCalls(site), () => `after ${name}, nothing is forwarded any more`);
  const attempts = await load.stop();
  for (const refusal of refusals) requireReadable(...refusal);
  if (!options.isAsynchronous) await requireNobodyHolds(site);
  const observed = observe(attempts, stub);
  const losses = findLosses(observed, await readHolds(url, `${name}-`));
  if (losses.length > 0) throw new Error(`${losses.length} calls are lost:\n${losses.slice(0, MOST_SHOWN).join('\n')}`);
  await requireBalancedBooks(store);
  return { calls: attempts.length, refused: refusals.length };
}

function moreCalls({ stub }: Site): () => boolean {
  const before = stub.calls.length;
  return () => stub.calls.length >= before + CALLS_AROUND;
}

async function failOver({ pair, wire, site }: Scene, { isAsynchronous = false }: FailoverOptions): Promise<void> {
  if (isAsynchronous) {
    await pair.part();
    await until(moreCalls(site), () => 'nothing is forwarded by a primary alone');
  }
  await pair.failOver();
  wire.leadTo(pair.primaryUrl);
}

/** What the store did not take the end of is found by the process's own watch. */
async function requireNobodyHolds({ store }: Site): Promise<void> {
  await until(
    async () => (await store.openHolds()).every(({ state }) => state === 'uncertain'),
    () => 'a hold is held for ever',
  );
}
