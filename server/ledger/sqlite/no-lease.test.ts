import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestAccount, NOW, newCall } from '../../fixtures/contract/harness.ts';
import type { Store } from '../../store.ts';
import { openSqliteStore } from '../../store.ts';

describe('a process whose lease could not be written', () => {
  let folder: string;
  let path: string;
  let stores: Store[];
  const open = async () => {
    const store = await openSqliteStore({ path });
    stores.push(store);
    return store;
  };
  const states = async (store: Store) =>
    (await store.openHolds()).map(({ holdId, state, reason }) => [holdId, state, reason]);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rigkit-crash-'));
    path = join(folder, 'store.sqlite');
    stores = [];
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    rmSync(folder, { recursive: true });
  });

  it('holds nothing, and is not taken for one that is gone', async () => {
    const store = await open();
    const account = await createTestAccount(store, 'one', 20n, NOW);
    const aside = new Database(path);
    aside.exec("CREATE TRIGGER no_lease BEFORE INSERT ON leases BEGIN SELECT RAISE(ABORT, 'no room'); END");
    await expect(store.admit(newCall(account, 'early', 5n))).rejects.toThrow('could not take a lease');
    expect(await states(await open())).toEqual([]);
    aside.exec('DROP TRIGGER no_lease');
    aside.close();
    expect((await store.admit(newCall(account, 'late', 5n))).kind).toBe('admitted');
    expect(await states(await open())).toEqual([['late', 'held', null]]);
  });
});
