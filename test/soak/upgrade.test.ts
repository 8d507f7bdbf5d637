import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../server/store.ts';
import { createTenant, PLENTY_MICRO, type Tenant } from '../harness/accounts.ts';
import { expectExactBooks } from '../harness/books.ts';
import { createChance } from '../harness/chance.ts';
import { askLedger, startPlatformProcess } from '../harness/platform-process.ts';
import { newTestDatabase } from '../harness/postgres/test-database.ts';
import { openShared, type Shared } from '../harness/shared.ts';
import { until } from '../harness/wait.ts';
import { readHolds } from './crash/holds-on-disk.ts';
import { type Attempt, startLoad } from './crash/load.ts';
import { findLosses, observe } from './crash/verdict.ts';

const SEED = 20_261_123;

interface Served {
  /** Resolves when it has answered more calls. */
  more(): Promise<void>;
  /** Lets the calls under way finish, then has it end. */
  end(): Promise<void>;
}

const engines = [
  { engine: 'SQLite', place: async () => undefined },
  {
    engine: 'PostgreSQL',
    async place() {
      const { url, drop } = await newTestDatabase();
      onTestFinished(drop);
      return url;
    },
  },
];

describe.each(engines)('an upgrade on $engine', ({ place }) => {
  it(`has both versions serve beside each other, each of them started first or last, and loses nothing (seed ${SEED})`, async () => {
    const shared = await openShared(await place());
    onTestFinished(shared.close);
    const { store, stub, databaseUrl } = shared;
    const tenant = await createTenant(store, 'upgrade', PLENTY_MICRO);
    const attempts: Attempt[] = [];
    const serve = (name: string, isNewer: boolean) => serveUnderLoad(shared, tenant, name, isNewer, attempts);

    const old = await serve('upgrade-old', false);
    await old.more();
    const newer = await serve('upgrade-newer', true);
    await Promise.all([old.more(), newer.more()]);
    // A worker of the old version that ended is started again; and a way back is open.
    const restarted = await serve('upgrade-restarted', false);
    await Promise.all([old.more(), newer.more(), restarted.more()]);
    const withoutKnowing = await openStore({ url: databaseUrl, readonly: true });
    expect((await withoutKnowing.books()).length).toBe(1);
    await withoutKnowing.close();
    for (const served of [old, restarted, newer]) await served.end();

    const observed = observe(attempts, stub);
    expect(observed.filter(({ isAnswered }) => !isAnswered)).toEqual([]);
    expect(findLosses(observed, await readHolds(databaseUrl, 'upgrade-'))).toEqual([]);
    expect(await store.openHolds()).toEqual([]);
    await expectExactBooks(store);
    await askLedger(databaseUrl, 'verify');
  });
});

async function serveUnderLoad(
  shared: Shared,
  tenant: Tenant,
  name: string,
  isNewer: boolean,
  attempts: Attempt[],
): Promise<Served> {
  const { settings, stub } = shared;
  const platform = await startPlatformProcess({ settings, isNewer });
  onTestFinished(async () => void (await platform.stop('SIGKILL')));
  const load = startLoad(platform.proxy, stub, tenant, name, createChance(SEED));
  const forwarded = () => stub.calls.filter(({ bodyText }) => bodyText.includes(name)).length;
  return {
    async more() {
      const before = forwarded();
      await until(
        () => forwarded() >= before + 30,
        () => `${name} has stopped serving`,
      );
    },
    async end() {
      attempts.push(...(await load.stop()));
      expect(await platform.stop(), 'its exit code').toBe(0);
    },
  };
}
