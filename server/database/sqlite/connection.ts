import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { migrate, requireCurrentSchema } from './migrate.ts';
import type { SqliteDatabaseOptions } from './options.ts';

const SWITCH_RETRY_MS = 5;

/**
 * Opens the file for durable writes: what is committed has reached the disk (WAL, synchronous FULL).
 * Integers are read as bigint throughout: an amount never passes through a float.
 */
export async function connect(options: SqliteDatabaseOptions): Promise<Database.Database> {
  const { path, readonly = false, busyTimeoutMs = 5000 } = options;
  if (!readonly && path !== ':memory:') createPrivately(path);
  const db = new Database(path, { readonly, fileMustExist: readonly, timeout: busyTimeoutMs });
  try {
    db.defaultSafeIntegers(true);
    db.pragma('foreign_keys = ON');
    if (readonly) requireCurrentSchema(db);
    else await prepareForWriting(db, busyTimeoutMs);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

async function prepareForWriting(db: Database.Database, busyTimeoutMs: number): Promise<void> {
  const journal = await switchToWal(db, busyTimeoutMs);
  if (journal !== 'wal' && !db.memory) throw new Error(`the file system of ${db.name} does not allow SQLite's WAL`);
  db.pragma('synchronous = FULL');
  migrate(db);
}

/** SQLite does not wait by itself when a new file is switched to WAL while another process, starting too, writes. */
async function switchToWal(db: Database.Database, busyTimeoutMs: number): Promise<unknown> {
  const deadline = Date.now() + busyTimeoutMs;
  for (;;) {
    try {
      return db.pragma('journal_mode = WAL', { simple: true });
    } catch (error) {
      const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!busy || Date.now() >= deadline) throw error;
      await sleep(SWITCH_RETRY_MS);
    }
  }
}

/** The database holds sealed keys and people's usage: for its owner only. SQLite gives its side files the same mode. */
function createPrivately(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}
