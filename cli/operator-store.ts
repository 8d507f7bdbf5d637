import { existsSync } from 'node:fs';
import type { Config } from '../server/config.ts';
import { databaseFile } from '../server/database/database-url.ts';
import type { Store } from '../server/store.ts';
import { openStore } from '../server/store.ts';
import { UsageError } from './usage-error.ts';

/** The settings that say where the store is. */
export const isStorageSetting = (flag: { readonly variable: string }) => /DATA_DIR|DATABASE_URL/.test(flag.variable);

/** Opens the platform's store for one operator command, and closes it whatever happens. Makes it where there is none. */
export async function withStore<T>(config: Config, use: (store: Store) => Promise<T>): Promise<T> {
  return using(await openStore({ url: config.databaseUrl }), use);
}

/**
 * The same for a store that must be there: there is nothing to look at in an empty one. `readonly` changes nothing in it,
 * beside a platform that runs. Throws a UsageError where there is none.
 */
export async function withExistingStore<T>(
  config: Config,
  options: { readonly readonly: boolean },
  use: (store: Store) => Promise<T>,
): Promise<T> {
  const { databaseUrl: url } = config;
  const path = databaseFile(url);
  if (path !== undefined && !existsSync(path))
    throw new UsageError(`no database ${path}: say which with --data-dir or --database-url`);
  return using(await openStore({ url, ...options }), use);
}

async function using<T>(store: Store, use: (store: Store) => Promise<T>): Promise<T> {
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
