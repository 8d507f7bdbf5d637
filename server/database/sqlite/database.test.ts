import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGroupCommit, type GroupCommit } from './database.ts';

describe('group commit', () => {
  let statements: string[];
  let db: Database.Database;
  let group: GroupCommit;
  const insert = (value: number) => () => db.prepare('INSERT INTO numbers VALUES (?)').run(value).changes;
  const stored = () => db.prepare('SELECT value FROM numbers ORDER BY value').pluck().all();
  const commits = () => statements.filter((sql) => sql === 'COMMIT').length;

  beforeEach(() => {
    statements = [];
    db = new Database(':memory:', { verbose: (sql) => statements.push(String(sql)) });
    db.exec('CREATE TABLE numbers (value INTEGER UNIQUE)');
    group = createGroupCommit(db);
  });
  afterEach(() => db.close());

  it('shares one commit among the writes of one turn of the event loop', async () => {
    expect(await Promise.all([1, 2, 3].map((value) => group.run(insert(value))))).toEqual([1, 1, 1]);
    expect(commits()).toBe(1);
    await group.run(insert(4));
    expect(commits()).toBe(2);
    expect(stored()).toEqual([1, 2, 3, 4]);
  });

  it('resolves nothing before the commit', async () => {
    const seen: number[] = [];
    await Promise.all([1, 2].map((value) => group.run(insert(value)).then(() => seen.push(commits()))));
    expect(seen).toEqual([1, 1]);
  });

  it('undoes a write that throws, and refuses no other', async () => {
    const outcomes = await Promise.allSettled([
      group.run(insert(1)),
      group.run(() => {
        insert(2)();
        throw new Error('half way');
      }),
      group.run(insert(1)),
      group.run(insert(3)),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(stored()).toEqual([1, 3]);
  });

  it('spends no savepoint on writes of which none throws', async () => {
    await Promise.all([1, 2].map((value) => group.run(insert(value))));
    expect(statements.filter((sql) => sql.includes('SAVEPOINT'))).toEqual([]);
  });

  it('waits for the right to write once only', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rigkit-group-'));
    const path = join(folder, 'shared.sqlite');
    const theirs = new Database(path);
    theirs.exec('BEGIN IMMEDIATE');
    const mine = new Database(path, { timeout: 0, verbose: (sql) => statements.push(String(sql)) });
    statements.length = 0;
    await expect(createGroupCommit(mine).run(() => {})).rejects.toThrow('locked');
    expect(statements).toEqual(['BEGIN IMMEDIATE']);
    for (const connection of [mine, theirs]) connection.close();
    rmSync(folder, { recursive: true });
  });

  it('refuses every write of a commit that fails, and goes on with the next', async () => {
    db.exec(`CREATE TABLE children (parent INTEGER REFERENCES numbers (value) DEFERRABLE INITIALLY DEFERRED);
             PRAGMA foreign_keys = ON`);
    const orphan = () => db.prepare('INSERT INTO children VALUES (99)').run();
    const outcomes = await Promise.allSettled([group.run(insert(1)), group.run(orphan)]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    expect(await group.run(insert(2))).toBe(1);
    expect(stored()).toEqual([2]);
  });

  it('refuses every write when one of them ends the transaction for all', async () => {
    const outcomes = await Promise.allSettled([
      group.run(insert(1)),
      group.run(() => db.exec('INSERT OR ROLLBACK INTO numbers VALUES (1)')),
      group.run(insert(2)),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(stored()).toEqual([]);
    expect(await group.run(insert(3))).toBe(1);
  });

  it('has the right to write before it reads, so that what it read still holds when it writes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rigkit-group-'));
    const connect = () => new Database(join(folder, 'shared.sqlite'), { timeout: 0 });
    const [mine, theirs] = [connect(), connect()];
    mine.exec('PRAGMA journal_mode = WAL; CREATE TABLE numbers (value INTEGER)');
    await createGroupCommit(mine).run(() => {
      expect(mine.prepare('SELECT count(*) FROM numbers').pluck().get()).toBe(0);
      expect(() => theirs.exec('INSERT INTO numbers VALUES (1)')).toThrow('locked');
      mine.exec('INSERT INTO numbers VALUES (2)');
    });
    expect(theirs.prepare('SELECT value FROM numbers').pluck().all()).toEqual([2]);
    for (const connection of [mine, theirs]) connection.close();
    rmSync(folder, { recursive: true });
  });

  it('commits what is waiting when it is closed, and takes nothing more', async () => {
    const waiting = group.run(insert(1));
    group.close();
    expect(stored()).toEqual([1]);
    expect(await waiting).toBe(1);
    await expect(group.run(insert(2))).rejects.toThrow('closed');
  });
});
