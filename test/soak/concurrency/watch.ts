import { setTimeout as sleep } from 'node:timers/promises';
import { createControlPlaneClient } from '../../../client/index.ts';
import type { Store } from '../../../server/store.ts';
import type { Tenant } from '../../harness/accounts.ts';
import type { PlatformProcess } from '../../harness/platform-process.ts';

/** The extremes of what was seen. */
export interface Seen {
  leastMicro: bigint;
  mostHolds: number;
  polls: number;
}

/** Reads an account's balance and open holds again and again: in the database, and at every control plane. */
export function watchBalance(
  store: Store,
  platforms: readonly PlatformProcess[],
  tenant: Tenant,
): { stop(): Promise<Seen> } {
  const clients = platforms.map(({ controlPlane }) =>
    createControlPlaneClient({ baseUrl: controlPlane, apiKey: tenant.apiKey }),
  );
  const seen: Seen = { leastMicro: 1n << 62n, mostHolds: 0, polls: 0 };
  const note = (remainingMicro: bigint) => {
    seen.polls += 1;
    if (remainingMicro < seen.leastMicro) seen.leastMicro = remainingMicro;
  };
  let isOver = false;

  async function readDatabase(): Promise<void> {
    while (!isOver) {
      const books = (await store.books()).find(({ accountId }) => accountId === tenant.accountId);
      if (books !== undefined) note(books.remainingMicro);
      const open = (await store.openHolds()).filter(({ accountId }) => accountId === tenant.accountId);
      seen.mostHolds = Math.max(seen.mostHolds, open.length);
      await sleep(1);
    }
  }
  async function readControlPlane(client: (typeof clients)[number]): Promise<void> {
    while (!isOver) {
      const { data } = await client.GET('/users/me/credits');
      if (data === undefined) throw new Error('a control plane tells no credits');
      note(BigInt(data.remaining_micro));
      await sleep(5);
    }
  }

  const reading = Promise.all([readDatabase(), ...clients.map(readControlPlane)]);
  return {
    async stop() {
      isOver = true;
      await reading;
      return seen;
    },
  };
}
