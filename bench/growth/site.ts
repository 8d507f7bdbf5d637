import { join } from 'node:path';
import { openPostgresStore, openSqliteStore, type Store } from '../../server/index.ts';
import { newDatabase } from '../../test/harness/postgres/database.ts';
import { type Copying, copyInPostgres, copyInSqlite, type Rows } from './copies.ts';
import { openTemplate } from './template.ts';

/** Books of one size in one engine. */
export interface Site {
  readonly store: Store;
  readonly accounts: number;
  /** So many of them have calls in the books. */
  readonly busy: number;
  readonly rows: Rows;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** A multiple of ten. */
  readonly accounts: number;
  /** The time up to which the busy accounts have called. */
  readonly now: number;
}

/** One account in so many is busy, and ten at least. */
const BUSY_EVERY = 10;
export const LEAST_ACCOUNTS = 10;

export function inTens(count: number): number {
  return Math.ceil(count / 10) * 10;
}

export async function openSqliteSite(folder: string, options: SiteOptions): Promise<Site> {
  const path = join(folder, `${options.accounts}.sqlite`);
  const copyings = planCopies(options);
  await withTemplates(await openSqliteStore({ path }), copyings, options.now);
  const rows = copyInSqlite(path, copyings);
  const store = await openSqliteStore({ path });
  return { ...countAccounts(options), store, rows, close: store.close };
}

export async function openPostgresSite(serverUrl: string, options: SiteOptions): Promise<Site> {
  const { url, drop } = await newDatabase(serverUrl);
  const copyings = planCopies(options);
  await withTemplates(await openPostgresStore({ url }), copyings, options.now);
  const rows = await copyInPostgres(url, copyings);
  const store = await openPostgresStore({ url });
  return { ...countAccounts(options), store, rows, close: () => store.close().then(drop) };
}

function countAccounts({ accounts }: SiteOptions) {
  return { accounts, busy: Math.max(LEAST_ACCOUNTS, inTens(accounts / BUSY_EVERY)) };
}

function planCopies(options: SiteOptions): readonly Copying[] {
  const { accounts, busy } = countAccounts(options);
  const all = [
    { habit: 'busy', count: busy },
    { habit: 'quiet', count: accounts - busy },
  ] as const;
  return all.filter(({ count }) => count > 0);
}

async function withTemplates(store: Store, copyings: readonly Copying[], now: number): Promise<void> {
  try {
    for (const { habit } of copyings) await openTemplate(store, habit, now);
  } finally {
    await store.close();
  }
}
