/** The database was written by another version of the kit, and cannot be used by this one. */
export class SchemaVersionError extends Error {
  override readonly name = 'SchemaVersionError';
}
