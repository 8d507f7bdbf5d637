import { databaseFile, isPostgresUrl } from './database/database-url.ts';
import { openPostgresStore, type PostgresOptions } from './open-postgres-store.ts';
import { openSqliteStore, type SqliteOptions } from './open-sqlite-store.ts';
import type { Store } from './store.ts';

/** Where the data stands, and how it is opened; each engine takes the options that it knows. */
export interface StoreOptions extends Omit<SqliteOptions, 'path'>, PostgresOptions {
  /** `file:PATH`, an SQLite database, or `postgres://...`, which is a secret: no error and no log shows it. */
  readonly url: string;
}

/** The store at a URL. Throws what its engine throws when it cannot be opened. */
export async function openStore({ url, ...options }: StoreOptions): Promise<Store> {
  const path = databaseFile(url);
  if (path !== undefined) return openSqliteStore({ ...options, path });
  if (isPostgresUrl(url)) return openPostgresStore({ ...options, url });
  throw new Error('not the URL of a database: expected file:PATH or postgres://...');
}
