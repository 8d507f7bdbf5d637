import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '../server/config.ts';
import type { Store } from '../server/domain/store.ts';
import { openSqliteStore } from '../server/store/sqlite/index.ts';

/** Opens the platform's store for one operator command, and closes it whatever happens. */
export async function withStore<T>(config: Config, use: (store: Store) => Promise<T>): Promise<T> {
  mkdirSync(dirname(config.databasePath), { recursive: true });
  const store = await openSqliteStore({ path: config.databasePath });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
