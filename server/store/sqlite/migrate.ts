import type { Database } from 'better-sqlite3';
import { SchemaVersionError } from '../schema-version.ts';
import { migrations } from './migrations/index.ts';

/**
 * Brings the schema up to date, as a whole or not at all; does nothing where it is. Processes that start together
 * take turns. Throws a SchemaVersionError for a schema newer than `history` knows.
 */
export function migrate(db: Database, history: readonly string[] = migrations): void {
  if (readVersion(db) === history.length) return;
  db.transaction(() => {
    const version = readVersion(db);
    refuseNewer(db, version, history.length);
    for (const sql of history.slice(version)) db.exec(sql);
    db.pragma(`user_version = ${history.length}`);
  }).immediate();
}

/** For a database that must not be written: throws a SchemaVersionError unless its schema is up to date. */
export function requireCurrentSchema(db: Database, history: readonly string[] = migrations): void {
  const version = readVersion(db);
  refuseNewer(db, version, history.length);
  if (version < history.length) {
    throw new SchemaVersionError(
      `the database ${db.name} has schema version ${version}, older than the ${history.length} of this version of ` +
        'rigkit: open it once for writing to bring it up to date',
    );
  }
}

function refuseNewer(db: Database, version: number, known: number): void {
  if (version <= known) return;
  throw new SchemaVersionError(
    `the database ${db.name} has schema version ${version}, newer than the ${known} that this version of rigkit ` +
      'knows: run the newer rigkit, or use another database',
  );
}

function readVersion(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}
