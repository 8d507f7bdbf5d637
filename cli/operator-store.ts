import { existsSync } from 'node:fs';
import type { Config } from '../server/config.ts';
import { databaseFile } from '../server/database/database.ts';
import type { Store } from '../server/store.ts';
import { openStore } from '../server/store.ts';
import { UsageError } from './usage-error.ts';

/** Whether a setting says where the store is. */
export const isStorageSetting = (flag: { readonly variable: string }) => /DATA_DIR|DATABASE_URL/.test(flag.variable);

/** Opens the platform's store for one command and always closes it. Creates it if there is none. */
export async function withStore<T>(config: Config, use: (store: Store) => Promise<T>): Promise<T> {
  return using(await openStore({ url: config.databaseUrl }), use);
}

/**
 * The same for a store that must exist. `readonly` changes nothing in it, so it can be used while a platform runs. Throws a
 * UsageError if there is no store.
 */
export async function withExistingStore<T>(
  config: Config,
  options: { readonly readonly: boolean },
  use: (store: Store) => Promise<T>,
): Promise<T> {
  const { databaseUrl: url } = config;
  const path = databaseFile(url);
  if (path !== undefined && !existsSync(path))
    throw new UsageError(`no database ${path}: give --data-dir or --database-url`);
  return using(await openStore({ url, ...options }), use);
}

async function using<T>(store: Store, use: (store: Store) => Promise<T>): Promise<T> {
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
