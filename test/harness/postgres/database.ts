import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A schema of its own on a PostgreSQL server: as good as a database, and made in a moment. */
export interface TestDatabase {
  readonly url: string;
  /** Its name among the schemas. */
  readonly schema: string;
  /** Runs statements in it, past every store. */
  aside<Row extends object>(sql: string): Promise<readonly Row[]>;
  /** Everything that stands in its tables. */
  bytesAtRest(): Promise<Uint8Array>;
  drop(): Promise<void>;
}

/** One on this server. */
export async function newDatabase(serverUrl: string): Promise<TestDatabase> {
  const schema = `rigkit_${randomBytes(8).toString('hex')}`;
  const url = new URL(serverUrl);
  url.searchParams.set('options', `-c search_path=${schema}`);
  async function aside<Row extends object>(sql: string): Promise<readonly Row[]> {
    const client = new Client({ connectionString: url.href });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }
  await aside(`CREATE SCHEMA ${schema}`);
  return {
    url: url.href,
    schema,
    aside,
    async bytesAtRest() {
      const tables = await aside<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${schema}'`,
      );
      const rows = await Promise.all(tables.map(({ name }) => aside<object>(`SELECT * FROM ${name}`)));
      const values = rows.flat().flatMap((row) => Object.values(row));
      return Buffer.concat(values.map((value) => (Buffer.isBuffer(value) ? value : Buffer.from(String(value)))));
    },
    drop: async () => void (await aside(`DROP SCHEMA ${schema} CASCADE`)),
  };
}
