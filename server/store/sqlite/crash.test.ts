import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROCESS_ENDED } from '../../domain/leases.ts';
import type { Store } from '../../domain/store.ts';
import { callOf, castIn, NOW, tokens } from '../fixtures/contract/stage.ts';
import { openSqliteStore } from './index.ts';

describe('a process that is killed while it holds', () => {
  const holder = join(import.meta.dirname, 'fixtures', 'holder.ts');
  let folder: string;
  let path: string;
  let stores: Store[];
  let processes: ChildProcess[];
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
    processes = [];
  });
  afterEach(async () => {
    for (const child of processes) child.kill('SIGKILL');
    for (const store of stores) await store.close();
    rmSync(folder, { recursive: true });
  });

  async function startHolder(accountId: string, workspaceId: string, holdId: string): Promise<ChildProcess> {
    const child = spawn(process.execPath, [holder, path, accountId, workspaceId, holdId]);
    processes.push(child);
    expect(String((await once(child.stdout, 'data'))[0])).toBe('admitted\n');
    return child;
  }

  it('is found out at the next start, at once, and holds of those that live are left alone', async () => {
    const { accountId, workspaceId } = await castIn(await open(), 'one', 20n, NOW);
    const doomed = await startHolder(accountId, workspaceId, 'doomed');
    await startHolder(accountId, workspaceId, 'alive');
    const stopped = await startHolder(accountId, workspaceId, 'stopped');
    stopped.kill('SIGSTOP');
    doomed.kill('SIGKILL');
    await once(doomed, 'exit');

    const store = await open();
    expect(await states(store)).toEqual([
      ['doomed', 'uncertain', PROCESS_ENDED],
      ['alive', 'held', null],
      ['stopped', 'held', null],
    ]);
    expect(await store.settle({ holdId: 'doomed', costMicro: 2n, usage: tokens(1, 1), at: NOW })).toMatchObject({
      kind: 'settled',
    });
  });

  it('is not confused with one whose lease could not be written: that one holds nothing', async () => {
    const store = await open();
    const cast = await castIn(store, 'one', 20n, NOW);
    const aside = new Database(path);
    aside.exec("CREATE TRIGGER no_lease BEFORE INSERT ON leases BEGIN SELECT RAISE(ABORT, 'no room'); END");
    await expect(store.admit(callOf(cast, 'early', 5n))).rejects.toThrow('could not take a lease');
    expect(await states(await open())).toEqual([]);
    aside.exec('DROP TRIGGER no_lease');
    aside.close();
    expect((await store.admit(callOf(cast, 'late', 5n))).kind).toBe('admitted');
    expect(await states(await open())).toEqual([['late', 'held', null]]);
  });
});
