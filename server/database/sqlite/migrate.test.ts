import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type History, SchemaVersionError } from '../schema-version.ts';
import { migrate, requireCurrentSchema } from './migrate.ts';
import { migrations } from './migrations/index.ts';

const history = ['CREATE TABLE one (id INTEGER)', 'CREATE TABLE two (id INTEGER)'];
const broken: History = [...history, { breaks: 'DROP TABLE one' }];

describe('migrations', () => {
  let db: Database.Database;
  const version = () => db.pragma('user_version', { simple: true });
  const tables = () => db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();

  beforeEach(() => {
    db = new Database(':memory:');
  });
  afterEach(() => db.close());

  it('bring an empty database up to date, and leave it alone after that', () => {
    migrate(db);
    expect(version()).toBe(migrations.length);
    expect(tables()).toContain('ledger_entries');
    migrate(db);
    expect(version()).toBe(migrations.length);
  });

  it('run only those that a database has not seen', () => {
    migrate(db, history.slice(0, 1));
    expect([version(), tables()]).toEqual([1, ['one']]);
    migrate(db, history);
    expect([version(), tables()]).toEqual([2, ['one', 'two']]);
  });

  it('leave everything as it was when one of them fails', () => {
    migrate(db, history.slice(0, 1));
    expect(() => migrate(db, [...history, 'CREATE TABLE one (id INTEGER)'])).toThrow('already exists');
    expect([version(), tables()]).toEqual([1, ['one']]);
  });

  it('keep what an older version wrote, and find no process for what it held', () => {
    migrate(db, migrations.slice(0, 1));
    db.exec(`
      INSERT INTO accounts (id, name, plan, balance_micro, month, granted_micro, created_at)
        VALUES ('acct', 'a', 'pro', 5, '2025-03', 20, 1);
      INSERT INTO workspaces (id, account_id, name, image, ram_mb, vcpu_count, disk_size_mb,
        created_at, updated_at, ai_updated_at) VALUES ('ws', 'acct', 'w', 'base', 1, 1, 1, 1, 1, 1);
      INSERT INTO holds (id, account_id, workspace_id, mode, state, amount_micro, provider, model, created_at, updated_at)
        VALUES ('held', 'acct', 'ws', 'managed', 'held', 5, 'openai', 'm', 1, 1),
               ('done', 'acct', 'ws', 'managed', 'settled', 5, 'openai', 'm', 1, 1);
    `);
    migrate(db);
    expect(db.prepare('SELECT id, state, reason FROM holds ORDER BY id').all()).toEqual([
      { id: 'done', state: 'settled', reason: null },
      { id: 'held', state: 'uncertain', reason: 'process ended' },
    ]);
    expect(db.prepare('SELECT id, ip_address FROM workspaces').all()).toEqual([{ id: 'ws', ip_address: null }]);
  });

  it('let an older version work on what was only expanded since, and touch nothing', () => {
    migrate(db, history);
    migrate(db, history.slice(0, 1));
    expect([version(), tables()]).toEqual([2, ['one', 'two']]);
  });

  it('refuse a schema of a later era, and touch nothing', () => {
    migrate(db, broken);
    expect(() => migrate(db, history)).toThrow(SchemaVersionError);
    expect(() => requireCurrentSchema(db, history)).toThrow('newer than the 2');
    expect([version(), tables()]).toEqual([10_003, ['two']]);
  });

  it('must have been run before a database is read only', () => {
    migrate(db, history.slice(0, 1));
    expect(() => requireCurrentSchema(db, history)).toThrow('older than the 2');
    expect(() => requireCurrentSchema(db, [])).not.toThrow();
    expect(() => requireCurrentSchema(db, history.slice(0, 1))).not.toThrow();
  });
});
