import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StubProviders, startStubProviders } from '../../mocks/providers/index.ts';
import type { Store } from '../../server/store.ts';
import { openStore } from '../../server/store.ts';
import { stubSettings } from './platform.ts';

/** What platforms in other processes share: a database, the providers, and the settings by which they find both. */
export interface Shared {
  readonly stub: StubProviders;
  /** This process's own hand on the database. */
  readonly store: Store;
  readonly databaseUrl: string;
  readonly settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** On the database that is given; without one, on an SQLite file of its own. */
export async function openShared(givenUrl?: string): Promise<Shared> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rigkit-soak-'));
  const databaseUrl = givenUrl ?? `file:${join(dataDir, 'rigkit.sqlite')}`;
  const stub = await startStubProviders();
  const store = await openStore({ url: databaseUrl });
  return {
    stub,
    store,
    databaseUrl,
    settings: { ...stubSettings(stub), RIGKIT_DATA_DIR: dataDir, RIGKIT_DATABASE_URL: databaseUrl },
    async close() {
      await store.close();
      await stub.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
