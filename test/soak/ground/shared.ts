import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StubProviders, startStubProviders } from '../../../mocks/providers/index.ts';
import type { Store } from '../../../server/domain/store.ts';
import { openSqliteStore } from '../../../server/store/sqlite/index.ts';
import { stubSettings } from './site.ts';

/** What platforms in other processes share: a database, the providers, and the settings by which they find both. */
export interface Shared {
  readonly stub: StubProviders;
  /** This process's own hand on the database. */
  readonly store: Store;
  readonly dataDir: string;
  readonly databasePath: string;
  readonly settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function openShared(): Promise<Shared> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rigkit-soak-'));
  const databasePath = join(dataDir, 'rigkit.sqlite');
  const stub = await startStubProviders();
  const store = await openSqliteStore({ path: databasePath });
  return {
    stub,
    store,
    dataDir,
    databasePath,
    settings: { ...stubSettings(stub), RIGKIT_DATA_DIR: dataDir },
    async close() {
      await store.close();
      await stub.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
