import { expect, it } from 'vitest';
import { createTenant, PLENTY_MICRO } from '../../harness/accounts.ts';
import { expectExactBooks, expectNoHeld } from '../../harness/books.ts';
import { createChance } from '../../harness/chance.ts';
import { askLedger, startPlatformProcess } from '../../harness/platform-process.ts';
import { openShared } from '../../harness/shared.ts';
import { until } from '../../harness/wait.ts';
import { readHolds } from '../../soak/crash/holds-on-disk.ts';
import { startLoad } from '../../soak/crash/load.ts';
import { findLosses, observe } from '../../soak/crash/verdict.ts';

const SEED = 20_260_418;

it(`a platform that is told to end under load finishes what it began, and leaves nothing uncertain (seed ${SEED})`, async () => {
  const shared = await openShared();
  const { store, stub } = shared;
  try {
    const tenant = await createTenant(store, 'sigterm', PLENTY_MICRO);
    for (let round = 0; round < 2; round += 1) {
      const platform = await startPlatformProcess({ settings: shared.settings });
      const load = startLoad(platform.proxy, stub, tenant, `sigterm-${round}`, createChance(SEED + round));
      await until(
        () => stub.calls.length > 30,
        () => 'no load has come up',
      );
      expect(await platform.stop('SIGTERM'), 'its exit code').toBe(0);
      const attempts = await load.stop();
      const observed = observe(attempts, stub);
      stub.reset();
      const cut = observed.filter(({ timesForwarded, isAnswered }) => timesForwarded > 0 && !isAnswered);
      expect(cut, 'calls that were forwarded and not answered').toEqual([]);
      expect(findLosses(observed, await readHolds(shared.databaseUrl, `sigterm-${round}-`))).toEqual([]);
      expect(await store.openHolds()).toEqual([]);
      await expectNoHeld(store);
      await expectExactBooks(store);
    }
    await askLedger(shared.databaseUrl, 'verify');
  } finally {
    await shared.close();
  }
});
