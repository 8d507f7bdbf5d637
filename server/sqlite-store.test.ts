import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  balancedRemainder,
  createTestAccount,
  DAY,
  NOW,
  newCall,
  type TestAccount,
  tokens,
} from './fixtures/contract/harness.ts';
import { describeStore, type StoreSite } from './fixtures/contract/index.ts';
import type { Store } from './store.ts';
import { openSqliteStore, SchemaVersionError } from './store.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'rigkit-store-'));

async function newSite(): Promise<StoreSite> {
  const folder = newFolder();
  return {
    url: `file:${join(folder, 'store.sqlite')}`,
    open: (options) => openSqliteStore({ path: join(folder, 'store.sqlite'), ...options }),
    bytesAtRest: async () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name)))),
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

describeStore('SQLite', newSite);

describe('the SQLite file', () => {
  let folder: string;
  let path: string;
  let opened: Store[];
  const open = async (options: { readonly?: boolean } = {}) => {
    const store = await openSqliteStore({ path, ...options });
    opened.push(store);
    return store;
  };
  /** The file as someone sees it who comes in past the store. */
  const aside = <T>(use: (db: Database.Database) => T): T => {
    const db = new Database(path);
    try {
      return use(db);
    } finally {
      db.close();
    }
  };
  const holdAndSettle = async (store: Store, account: TestAccount, holdId: string) => {
    await store.admit(newCall(account, holdId, 5n));
    await store.settle({ holdId, costMicro: 5n, usage: tokens(1, 1), at: NOW });
  };

  beforeEach(() => {
    folder = newFolder();
    path = join(folder, 'deep', 'store.sqlite');
    opened = [];
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    rmSync(folder, { recursive: true });
  });

  it('is made with its folder, for its owner only, side files too', async () => {
    await createTestAccount(await open(), 'one', 1n, NOW);
    const modes = readdirSync(join(folder, 'deep')).map((name) => statSync(join(folder, 'deep', name)).mode & 0o777);
    expect(modes.length).toBeGreaterThan(1);
    expect(new Set(modes)).toEqual(new Set([0o600]));
    expect(statSync(join(folder, 'deep')).mode & 0o777).toBe(0o700);
  });

  it('is refused when its schema is of a later era, with a sentence that says what to do', async () => {
    await (await open()).close();
    aside((db) => db.pragma('user_version = 10999'));
    await expect(open()).rejects.toThrow(SchemaVersionError);
    await expect(open()).rejects.toThrow('newer than');
    await expect(open({ readonly: true })).rejects.toThrow('run the newer rigkit');
  });

  it('finds the month of a hold that an older version has placed in the time of its placing', async () => {
    const store = await open();
    const account = await createTestAccount(store, 'one', 10n, NOW);
    for (const holdId of ['now', 'later']) await store.admit(newCall(account, holdId, 4n));
    aside((db) => db.exec('UPDATE holds SET month = NULL'));
    await store.release('now', 'refused', NOW);
    expect(await balancedRemainder(store, account.accountId)).toBe(6n);
    await store.release('later', 'refused', NOW + 20 * DAY);
    expect(await balancedRemainder(store, account.accountId)).toBe(10n);
  });

  it('keeps its ledger append-only for every writer', async () => {
    const store = await open();
    const account = await createTestAccount(store, 'one', 10n, NOW);
    await holdAndSettle(store, account, 'hold');
    aside((db) => {
      expect(() => db.exec('UPDATE ledger_entries SET amount_micro = 0')).toThrow('append-only');
      expect(() => db.exec('DELETE FROM ledger_entries')).toThrow('append-only');
      const second =
        "INSERT INTO ledger_entries SELECT NULL, account_id, kind, amount_micro, hold_id, note, at FROM ledger_entries WHERE kind = 'charge'";
      expect(() => db.exec(second)).toThrow('UNIQUE');
    });
    expect(await store.ledger(account.accountId)).toHaveLength(2);
  });

  it.each(['accounts SET balance_micro', 'holds SET amount_micro', 'usage_days SET cost_micro'])(
    'refuses a fraction of a microcredit: %s',
    async (assignment) => {
      const store = await open();
      await holdAndSettle(store, await createTestAccount(store, 'one', 10n, NOW), 'hold');
      aside((db) => expect(() => db.exec(`UPDATE ${assignment} = 0.5`)).toThrow('cannot store REAL'));
    },
  );

  it('is opened once another process, which is writing to the new file too, lets go', async () => {
    mkdirSync(join(folder, 'deep'));
    const other = new Database(path);
    other.exec('CREATE TABLE theirs (id INTEGER); BEGIN IMMEDIATE');
    const opening = open();
    await sleep(50);
    other.exec('COMMIT');
    expect(await (await opening).books()).toEqual([]);
    other.close();
  });
});
