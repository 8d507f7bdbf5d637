import type { ClientBase } from 'pg';
import { SchemaVersionError } from '../schema-version.ts';
import { migrations } from './migrations/index.ts';

/** Any number, as long as no other program of the database takes a lock by it. */
const MIGRATION_LOCK = 7_241_580_193;

/**
 * Brings the schema up to date, as a whole or not at all; does nothing, and locks nothing, where it is. Processes that start
 * together take turns. Throws a SchemaVersionError for a schema newer than `history` knows.
 */
export async function migrate(client: ClientBase, history: readonly string[] = migrations): Promise<void> {
  if ((await readVersion(client)) === history.length) return;
  await client.query('BEGIN');
  try {
    await client.query(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    const version = await readVersion(client);
    refuseNewer(version, history.length);
    if (version === 0) await client.query('CREATE TABLE IF NOT EXISTS schema_version (version bigint NOT NULL)');
    for (const sql of history.slice(version)) await client.query(sql);
    await client.query('DELETE FROM schema_version');
    await client.query(`INSERT INTO schema_version VALUES (${history.length})`);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** For a database that must not be written: throws a SchemaVersionError unless its schema is up to date. */
export async function requireCurrentSchema(client: ClientBase, history: readonly string[] = migrations): Promise<void> {
  const version = await readVersion(client);
  refuseNewer(version, history.length);
  if (version < history.length) {
    throw new SchemaVersionError(
      `the database has schema version ${version}, older than the ${history.length} of this version of rigkit: ` +
        'open it once for writing to bring it up to date',
    );
  }
}

function refuseNewer(version: number, known: number): void {
  if (version <= known) return;
  throw new SchemaVersionError(
    `the database has schema version ${version}, newer than the ${known} that this version of rigkit knows: ` +
      'run the newer rigkit, or use another database',
  );
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
