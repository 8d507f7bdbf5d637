import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientBase, DatabaseError } from 'pg';
import { type History, missingSteps, requireSteps, schemaVersion } from '../schema-version.ts';
import { migrations } from './migrations/index.ts';

/** Any number, as long as no other program of the database takes a lock by it. */
const MIGRATION_LOCK = 7_241_580_193;
/** Calls of older processes queue behind a migration that waits for a table, as long as it does. */
const LOCK_TIMEOUT_MS = 500;
const MOST_ATTEMPTS = 60;
const PAUSE_MS = 1_000;

/**
 * Brings the schema up to date, as a whole or not at all; does nothing, and locks nothing, where it is, or was expanded since by
 * a newer version. Processes that start together take turns; those of before go on. Throws a SchemaVersionError for a schema of
 * a later era.
 */
export async function migrate(client: ClientBase, history: History = migrations): Promise<void> {
  if (missingSteps(await readVersion(client), history).length === 0) return;
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await migrateNow(client, history);
    } catch (error) {
      if (attempts === MOST_ATTEMPTS || !isInTheWay(error)) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

async function migrateNow(client: ClientBase, history: History): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
    const version = await readVersion(client);
    const steps = missingSteps(version, history);
    if (version === 0) await client.query('CREATE TABLE IF NOT EXISTS schema_version (version bigint NOT NULL)');
    for (const sql of steps) await client.query(sql);
    if (steps.length > 0) {
      await client.query('DELETE FROM schema_version');
      await client.query(`INSERT INTO schema_version (version) VALUES (${schemaVersion(history)})`);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** For a database that must not be written: throws a SchemaVersionError unless it has all that this version knows. */
export async function requireCurrentSchema(client: ClientBase, history: History = migrations): Promise<void> {
  requireSteps(await readVersion(client), history);
}

/** Another process uses a table for longer than the lock may be waited for, or waits for one that is migrated. */
function isInTheWay(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === '55P03' || error.code === '40P01');
}

async function readVersion(client: ClientBase): Promise<number> {
  // Read from the table: what the server has cached of names may be older than the lock.
  const { rowCount } = await client.query(
    "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'schema_version'",
  );
  if (rowCount === 0) return 0;
  const versions = await client.query<{ version: unknown }>('SELECT version FROM schema_version');
  return Number(versions.rows[0]?.version ?? 0);
}
