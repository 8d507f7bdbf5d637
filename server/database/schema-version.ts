/** The database was written by another version of the kit, and cannot be used by this one. */
export class SchemaVersionError extends Error {
  override readonly name = 'SchemaVersionError';
}

/**
 * A step in a schema's history, as SQL. A step expands: programs of before it go on writing and reading as they did, because it
 * adds what may be left out (a column that is nullable or has a default, a table, an index). One that `breaks` them
 * begins an era, and has to see to it that what they write is refused.
 */
export type Migration = string | { readonly breaks: string };

export type History = readonly Migration[];

/** More than a schema ever takes. A version is the number of its steps, and this much more for each of its eras. */
const STEPS_IN_AN_ERA = 10_000;

/** The version that a database has behind its whole history. */
export function schemaVersion(history: History): number {
  const eras = history.filter((migration) => typeof migration !== 'string').length;
  return eras * STEPS_IN_AN_ERA + history.length;
}

/**
 * What a database of this version has not seen yet: nothing where it has seen all, or later steps besides that do not concern who
 * does not know them. Throws a SchemaVersionError for a later era.
 */
export function missingSteps(version: number, history: History): readonly string[] {
  const known = schemaVersion(history);
  if (Math.floor(version / STEPS_IN_AN_ERA) > Math.floor(known / STEPS_IN_AN_ERA)) {
    throw new SchemaVersionError(
      `the database has schema version ${version}, newer than the ${known} that this version of rigkit knows, and it cannot be ` +
        'used without knowing it: run the newer rigkit, or use another database',
    );
  }
  return history.slice(version % STEPS_IN_AN_ERA).map((step) => (typeof step === 'string' ? step : step.breaks));
}

/** For a database that must not be written: throws a SchemaVersionError where it lacks something. */
export function requireSteps(version: number, history: History): void {
  if (missingSteps(version, history).length === 0) return;
  throw new SchemaVersionError(
    `the database has schema version ${version}, older than the ${schemaVersion(history)} of this version of rigkit: ` +
      'open it once for writing to bring it up to date',
  );
}
