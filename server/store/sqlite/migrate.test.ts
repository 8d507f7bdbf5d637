import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, requireCurrentSchema, SchemaVersionError } from './migrate.ts';
import { migrations } from './migrations/index.ts';

const history = ['CREATE TABLE one (id INTEGER)', 'CREATE TABLE two (id INTEGER)'];

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

  it('refuse a newer schema, and touch nothing', () => {
    migrate(db, history);
    expect(() => migrate(db, history.slice(0, 1))).toThrow(SchemaVersionError);
    expect(() => migrate(db, history.slice(0, 1))).toThrow('schema version 2, newer than the 1');
    expect([version(), tables()]).toEqual([2, ['one', 'two']]);
  });

  it('must have been run before a database is read only', () => {
    migrate(db, history.slice(0, 1));
    expect(() => requireCurrentSchema(db, history)).toThrow('older than the 2');
    expect(() => requireCurrentSchema(db, [])).toThrow('newer than the 0');
    expect(() => requireCurrentSchema(db, history.slice(0, 1))).not.toThrow();
  });
});
