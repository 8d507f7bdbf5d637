import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askEverything } from './fixtures/every-request.ts';
import { openSqliteStore } from './store.ts';

type Prepared = Database.Statement<unknown[]>;

describe('what requests ask of SQLite', () => {
  let folder: string;
  let db: Database.Database;
  let asked: ReadonlySet<string>;
  let audited: ReadonlySet<string>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rigkit-plans-'));
    const path = join(folder, 'store.sqlite');
    const store = await openSqliteStore({ path });
    db = new Database(path);
    const statements: Prepared = Object.getPrototypeOf(db.prepare('SELECT 1'));
    const spies = (['run', 'get', 'all', 'iterate'] as const).map((method) => vi.spyOn(statements, method));
    const sources = () => new Set(spies.flatMap(({ mock }) => mock.contexts as Prepared[]).map(({ source }) => source));
    await askEverything(store);
    asked = sources();
    for (const { accountId } of await store.books()) await store.ledger(accountId);
    audited = sources();
    vi.restoreAllMocks();
    await store.close();
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  /** `SEARCH holds USING INDEX holds_open (account_id=?)`, one for each table that is read. */
  function explain(sql: string): readonly string[] {
    const plan = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll(/\?|@\w+/g, 'NULL')}`);
    return plan.all().map(({ detail }) => detail);
  }

  it('is found, in every table that has rows of accounts, by an index that begins with what is asked for', () => {
    const owned = db
      .prepare<[], string>(
        `SELECT DISTINCT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
         WHERE t.type = 'table' AND (t.name = 'accounts' OR c.name IN ('account_id', 'workspace_id'))`,
      )
      .pluck()
      .all();
    const reads = [...asked].flatMap(explain).filter((detail) => /^(SCAN|SEARCH) /.test(detail));
    const growing = reads.filter((detail) => owned.includes(detail.split(' ')[1] ?? ''));
    expect(growing.length).toBeGreaterThan(25);
    expect(growing.filter((detail) => !/^SEARCH \w+ USING .*\(\w+=\?/.test(detail))).toEqual([]);
  });

  it('is all that indexes are kept for that make nothing unique, but for the books of an account', () => {
    const indexes = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql NOT LIKE 'CREATE UNIQUE %'")
      .pluck()
      .all();
    const plans = [...audited].flatMap(explain).join('\n');
    expect(indexes.filter((name) => !new RegExp(`USING (COVERING )?INDEX ${name} `).test(plans))).toEqual([]);
  });

  it('is each workspace once, of however many days its usage is', () => {
    const [byWorkspace = ''] = [...asked].filter(
      (sql) => sql.includes('usage_days') && sql.includes('join "workspaces"'),
    );
    expect(explain(byWorkspace)[0]).toMatch(/^CO-ROUTINE|^MATERIALIZE/);
  });
});
