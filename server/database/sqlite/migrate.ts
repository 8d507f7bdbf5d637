import type { Database } from 'better-sqlite3';
import { type History, missingSteps, requireSteps, schemaVersion } from '../schema-version.ts';
import { migrations } from './migrations/index.ts';

/**
 * Brings the schema up to date, as a whole or not at all; does nothing where it is, or was expanded since by a newer version.
 * Processes that start together take turns. Throws a SchemaVersionError for a schema of a later era.
 */
export function migrate(db: Database, history: History = migrations): void {
  if (missingSteps(readVersion(db), history).length === 0) return;
  db.transaction(() => {
    const steps = missingSteps(readVersion(db), history);
    if (steps.length === 0) return;
    for (const sql of steps) db.exec(sql);
    db.pragma(`user_version = ${schemaVersion(history)}`);
  }).immediate();
}

/** For a database that must not be written: throws a SchemaVersionError unless it has all that this version knows. */
export function requireCurrentSchema(db: Database, history: History = migrations): void {
  requireSteps(readVersion(db), history);
}

function readVersion(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}
