import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../domain/store.ts';
import { balancedRemainder, type Cast, callOf, castIn, NOW, tokens } from '../fixtures/contract/stage.ts';
import { describeStore, type StoreSite } from '../store-contract.ts';
import { openSqliteStore, SchemaVersionError } from './index.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'rigkit-store-'));
const run = promisify(execFile);

async function newSite(): Promise<StoreSite> {
  const folder = newFolder();
  return {
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
  const holdAndSettle = async (store: Store, cast: Cast, holdId: string) => {
    await store.admit(callOf(cast, holdId, 5n));
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
    await castIn(await open(), 'one', 1n, NOW);
    const modes = readdirSync(join(folder, 'deep')).map((name) => statSync(join(folder, 'deep', name)).mode & 0o777);
    expect(modes.length).toBeGreaterThan(1);
    expect(new Set(modes)).toEqual(new Set([0o600]));
    expect(statSync(join(folder, 'deep')).mode & 0o777).toBe(0o700);
  });

  it('is refused when its schema is newer, with a sentence that says what to do', async () => {
    await (await open()).close();
    aside((db) => db.pragma('user_version = 999'));
    await expect(open()).rejects.toThrow(SchemaVersionError);
    await expect(open()).rejects.toThrow('newer than');
    await expect(open({ readonly: true })).rejects.toThrow('run the newer rigkit');
  });

  it('keeps its ledger append-only, whoever writes', async () => {
    const store = await open();
    const cast = await castIn(store, 'one', 10n, NOW);
    await holdAndSettle(store, cast, 'hold');
    aside((db) => {
      expect(() => db.exec('UPDATE ledger_entries SET amount_micro = 0')).toThrow('append-only');
      expect(() => db.exec('DELETE FROM ledger_entries')).toThrow('append-only');
      const second =
        "INSERT INTO ledger_entries SELECT NULL, account_id, kind, amount_micro, hold_id, note, at FROM ledger_entries WHERE kind = 'charge'";
      expect(() => db.exec(second)).toThrow('UNIQUE');
    });
    expect(await store.ledger(cast.accountId)).toHaveLength(2);
  });

  it.each(['accounts SET balance_micro', 'holds SET amount_micro', 'usage_days SET cost_micro'])(
    'refuses a fraction of a microcredit: %s',
    async (assignment) => {
      const store = await open();
      await holdAndSettle(store, await castIn(store, 'one', 10n, NOW), 'hold');
      aside((db) => expect(() => db.exec(`UPDATE ${assignment} = 0.5`)).toThrow('cannot store REAL'));
    },
  );

  it('is read beside a writer without being written', async () => {
    const writer = await open();
    const cast = await castIn(writer, 'one', 10n, NOW);
    const reader = await open({ readonly: true });
    await writer.admit(callOf(cast, 'hold', 4n));
    expect(await balancedRemainder(reader, cast.accountId)).toBe(6n);
    await expect(reader.admit(callOf(cast, 'other', 1n))).rejects.toThrow('readonly');
  });

  it('never overspends through two handles', async () => {
    const [one, two] = [await open(), await open()];
    const cast = await castIn(one, 'one', 39n, NOW);
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        // Spread over several turns of the event loop, so that the commits of the two alternate.
        for (let turns = 0; turns < index % 7; turns += 1) await new Promise(setImmediate);
        return (index % 2 === 0 ? one : two).admit(callOf(cast, `hold-${index}`, 5n));
      }),
    );
    expect(outcomes.filter((outcome) => outcome.kind === 'admitted')).toHaveLength(7);
    for (const store of [one, two]) expect(await balancedRemainder(store, cast.accountId)).toBe(4n);
  });

  it('never overspends through processes that run at the same time', async () => {
    const store = await open();
    const cast = await castIn(store, 'one', 39n, NOW);
    const spender = join(import.meta.dirname, 'fixtures', 'spender.ts');
    const spend = () => run(process.execPath, [spender, path, cast.accountId, cast.workspaceId, '20']);
    const printed = await Promise.all([spend(), spend(), spend()]);
    expect(printed.reduce((sum, { stdout }) => sum + Number(stdout), 0)).toBe(7);
    expect(await balancedRemainder(store, cast.accountId)).toBe(4n);
  });

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
