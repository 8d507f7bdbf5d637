import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GroupCommit } from '../../database/sqlite/database.ts';
import { migrate } from '../../database/sqlite/migrate.ts';
import { createLeases, type Leases } from './leases.ts';

describe('a lease', () => {
  let db: Database.Database;
  let leases: Leases;
  let isDiskFull: boolean;
  /** What happens to a write whose group has another one in it that throws. */
  let isRunAgain: boolean;
  let now: number;
  const group: GroupCommit = {
    async run(write) {
      if (isRunAgain) {
        db.exec('BEGIN');
        write();
        db.exec("ROLLBACK; INSERT INTO leases (place, pid, expires_at) VALUES ('elsewhere', 1, 0)");
      }
      db.exec('BEGIN');
      const written = write();
      db.exec(isDiskFull ? 'ROLLBACK' : 'COMMIT');
      if (isDiskFull) throw new Error('the disk is full');
      return written;
    },
    close() {},
  };
  const stored = () => db.prepare('SELECT id FROM leases').pluck().all();
  const prepare = async () => {
    leases.prepare();
    await new Promise(setImmediate);
  };

  beforeEach(() => {
    db = new Database(':memory:');
    db.defaultSafeIntegers(true);
    migrate(db);
    isDiskFull = false;
    isRunAgain = false;
    now = 0;
    leases = createLeases(db, group, { leaseClock: () => now, heartbeatMs: 1_000_000 });
  });
  afterEach(() => {
    leases.end();
    db.close();
  });

  it('that could not be committed was not taken, and is taken the next time', async () => {
    isDiskFull = true;
    await prepare();
    expect(() => leases.id()).toThrow('could not take a lease');
    isDiskFull = false;
    await prepare();
    expect(stored()).toEqual([leases.id()]);
  });

  it('that ran out, and could not be renewed, is renewed the next time', async () => {
    await prepare();
    const id = leases.id();
    now = 10_000_000;
    isDiskFull = true;
    await prepare();
    isDiskFull = false;
    await prepare();
    expect(leases.id()).toBe(id);
    expect(db.prepare('SELECT expires_at FROM leases').pluck().get()).toBe(16_000_000n);
  });

  it('is its own where its write was undone, run again, and another process came between', async () => {
    isRunAgain = true;
    await prepare();
    expect(leases.id()).toBe(2n);
    expect(stored()).toEqual([1n, 2n]);
  });

  it('ends where the write that ends it was undone and run again', async () => {
    await prepare();
    isRunAgain = true;
    leases.end();
    expect(stored()).toEqual([2n]);
  });

  it('is taken once for all that is held in one commit, and not again while it lasts', async () => {
    for (let admissions = 0; admissions < 5; admissions += 1) leases.prepare();
    await prepare();
    now = 5_999_999;
    await prepare();
    expect(stored()).toEqual([1n]);
    expect(db.prepare('SELECT expires_at FROM leases').pluck().get()).toBe(6_000_000n);
  });
});
