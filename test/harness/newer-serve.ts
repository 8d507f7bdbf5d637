/** `rigkit serve` of a later version, whose schema has one step more, which expands every table: the first to start takes it. */
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { loadConfig } from '../../server/config.ts';
import { databaseFile } from '../../server/database/database.ts';
import * as postgres from '../../server/database/postgres/migrate.ts';
import { migrations as postgresMigrations } from '../../server/database/postgres/migrations/index.ts';
import * as sqlite from '../../server/database/sqlite/migrate.ts';
import { migrations as sqliteMigrations } from '../../server/database/sqlite/migrations/index.ts';
import { createPlatform } from '../../server/index.ts';

const NEXT_STEP = `
  ${listTables()
    .map((table) => `ALTER TABLE ${table} ADD COLUMN region text;`)
    .join('\n')}
  ALTER TABLE holds ADD COLUMN attempts integer NOT NULL DEFAULT 1;
  CREATE TABLE regions (id text PRIMARY KEY, name text NOT NULL);
  CREATE INDEX holds_by_region ON holds (region, updated_at);`;

const config = loadConfig(process.env);
await expand(config.databaseUrl);
const platform = await createPlatform(config);
const { controlPlane, proxy } = await platform.listen();
console.log(`ready: control plane ${controlPlane}, proxy ${proxy}`);
process.once('SIGTERM', () => void platform.close());

/** Every table of the schema as it is now; both engines have the same ones. */
function listTables(): readonly string[] {
  const db = new Database(':memory:');
  sqlite.migrate(db, sqliteMigrations);
  // SQLite's own tables are no part of it.
  const tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
  const names = db.prepare<[], string>(tables).pluck().all();
  db.close();
  return names;
}

async function expand(url: string): Promise<void> {
  const file = databaseFile(url);
  if (file !== undefined) {
    const db = new Database(file);
    sqlite.migrate(db, [...sqliteMigrations, NEXT_STEP]);
    db.close();
    return;
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  await postgres.migrate(client, [...postgresMigrations, NEXT_STEP]);
  await client.end();
}
