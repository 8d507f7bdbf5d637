import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { TestDatabase } from '../../../test/harness/postgres/database.ts';
import { newTestDatabase } from '../../../test/harness/postgres/test-database.ts';
import { openPostgresStore } from '../../store.ts';
import { type History, SchemaVersionError } from '../schema-version.ts';
import { migrate, requireCurrentSchema } from './migrate.ts';
import { migrations } from './migrations/index.ts';

const history = ['CREATE TABLE one (id bigint)', 'CREATE TABLE two (id bigint)'];
const broken: History = [...history, { breaks: 'DROP TABLE one' }];

describe('migrations', () => {
  let database: TestDatabase;
  let client: Client;
  const version = async () => (await database.aside<{ version: string }>('SELECT version FROM schema_version'))[0];
  const tables = async () => {
    const sql = `SELECT table_name FROM information_schema.tables WHERE table_schema = '${database.schema}' ORDER BY 1`;
    return (await database.aside<{ table_name: string }>(sql)).map((row) => row.table_name);
  };

  beforeEach(async () => {
    database = await newTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await database.drop();
  });

  it('bring an empty database up to date, and leave it alone after that', async () => {
    await migrate(client);
    expect(await version()).toEqual({ version: String(migrations.length) });
    expect(await tables()).toContain('ledger_entries');
    await migrate(client);
    expect(await version()).toEqual({ version: String(migrations.length) });
  });

  it('run once when processes start together', async () => {
    const opened = await Promise.all(Array.from({ length: 5 }, () => openPostgresStore({ url: database.url })));
    expect(await opened[0]?.books()).toEqual([]);
    for (const store of opened) await store.close();
  });

  it('run only those that a database has not seen', async () => {
    await migrate(client, history.slice(0, 1));
    expect(await tables()).toEqual(['one', 'schema_version']);
    await migrate(client, history);
    expect(await tables()).toEqual(['one', 'schema_version', 'two']);
    expect(await version()).toEqual({ version: '2' });
  });

  it('leave everything as it was when one of them fails', async () => {
    await migrate(client, history.slice(0, 1));
    await expect(migrate(client, [...history, 'CREATE TABLE one (id bigint)'])).rejects.toThrow('already exists');
    expect(await tables()).toEqual(['one', 'schema_version']);
    expect(await version()).toEqual({ version: '1' });
  });

  it('let an older version work on what was only expanded since, and touch nothing', async () => {
    await migrate(client, history);
    await migrate(client, history.slice(0, 1));
    expect(await version()).toEqual({ version: '2' });
  });

  it('refuse a schema of a later era, and touch nothing', async () => {
    await migrate(client, broken);
    await expect(migrate(client, history)).rejects.toThrow(SchemaVersionError);
    await expect(requireCurrentSchema(client, history)).rejects.toThrow('newer than the 2');
    expect(await version()).toEqual({ version: '10003' });
    expect(await tables()).toEqual(['schema_version', 'two']);
  });

  it('wait for who reads a table for long, and hold up nobody else meanwhile', async () => {
    await migrate(client, history);
    const reader = new Client({ connectionString: database.url });
    await reader.connect();
    onTestFinished(() => reader.end());
    await reader.query('BEGIN');
    await reader.query('SELECT id FROM one');
    const migrated = migrate(client, [...history, 'ALTER TABLE one ADD COLUMN note text']);
    await expect
      .poll(() =>
        database.aside("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'ALTER%'"),
      )
      .not.toEqual([]);
    await database.aside('INSERT INTO one (id) VALUES (1)');
    await reader.query('COMMIT');
    await migrated;
    expect(await database.aside('SELECT note FROM one')).toEqual([{ note: null }]);
  });

  it('must have been run before a database is read only', async () => {
    await expect(openPostgresStore({ url: database.url, readonly: true })).rejects.toThrow('older than');
    await migrate(client, history.slice(0, 1));
    await expect(requireCurrentSchema(client, history)).rejects.toThrow('older than the 2');
    await requireCurrentSchema(client, []);
    await requireCurrentSchema(client, history.slice(0, 1));
  });
});
