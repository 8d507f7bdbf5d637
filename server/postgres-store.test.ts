import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../test/harness/postgres/database.ts';
import { newTestDatabase } from '../test/harness/postgres/test-database.ts';
import { openWire } from '../test/harness/postgres/wire.ts';
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
import { openPostgresStore, type PostgresOptions, SchemaVersionError } from './store.ts';

async function newSite(): Promise<StoreSite> {
  const { url, bytesAtRest, drop } = await newTestDatabase();
  return { url, bytesAtRest, remove: drop, open: (options) => openPostgresStore({ url, ...options }) };
}

describeStore('PostgreSQL', newSite);

describe('the PostgreSQL database', () => {
  let database: TestDatabase;
  let endings: (() => Promise<void>)[];
  const open = async (options: Partial<PostgresOptions> = {}): Promise<Store> => {
    const store = await openPostgresStore({ url: database.url, ...options });
    endings.unshift(store.close);
    return store;
  };
  const settle = (store: Store, holdId: string) =>
    store.settle({ holdId, costMicro: 5n, usage: tokens(1, 1), at: NOW });
  const holdAndSettle = async (store: Store, account: TestAccount, holdId: string) => {
    await store.admit(newCall(account, holdId, 5n));
    await settle(store, holdId);
  };
  const withSetting = (setting: string) => {
    const url = new URL(database.url);
    url.searchParams.set('options', `${url.searchParams.get('options')} -c ${setting}`);
    return { url: url.href };
  };
  /** Somebody who locks the account past the store, and lets go when told. */
  const lockAside = async ({ accountId }: TestAccount) => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    endings.unshift(() => client.end());
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [accountId]);
    return {
      async letGo(last = 'SELECT 1') {
        await client.query(last);
        await client.query('COMMIT');
      },
    };
  };
  const isWaiting = () =>
    expect
      .poll(() => database.aside("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"))
      .not.toHaveLength(0);

  beforeEach(async () => {
    database = await newTestDatabase();
    endings = [];
  });
  afterEach(async () => {
    for (const end of endings) await end();
    await database.drop();
  });

  it('is refused when its schema is of a later era, with a sentence that says what to do', async () => {
    await (await open()).close();
    await database.aside('UPDATE schema_version SET version = 10999');
    await expect(open()).rejects.toThrow(SchemaVersionError);
    await expect(open()).rejects.toThrow('newer than');
    await expect(open({ readonly: true })).rejects.toThrow('run the newer rigkit');
  });

  it('is refused when its commits do not reach the disk', async () => {
    await expect(open(withSetting('synchronous_commit=off'))).rejects.toThrow('synchronous_commit is off');
  });

  it('is refused without its password in the error when nobody can connect', async () => {
    const url = new URL(database.url);
    url.password = 'swordfish';
    const refused = await open({ url: url.href }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Error);
    expect(JSON.stringify(refused, Object.getOwnPropertyNames(refused))).not.toContain('swordfish');
  });

  it.each([
    ['releases', (store: Store) => store.release('hold', 'refused', NOW)],
    ['settles', (store: Store) => settle(store, 'hold')],
  ])('%s no hold into a month that another process has started meanwhile', async (_, end) => {
    const store = await open();
    const account = await createTestAccount(store, 'one', 10n, NOW);
    await store.admit(newCall(account, 'hold', 7n));
    const lock = await lockAside(account);
    const ended = end(store);
    await isWaiting();
    await lock.letGo("UPDATE accounts SET month = '2025-04', balance_micro = 10, granted_micro = 10");
    await ended;
    expect((await store.credits(account.accountId, NOW)).remainingMicro).toBe(10n);
  });

  it('finds the month of a hold that an older version has placed in the time of its placing', async () => {
    const store = await open();
    const account = await createTestAccount(store, 'one', 10n, NOW);
    for (const holdId of ['now', 'later']) await store.admit(newCall(account, holdId, 4n));
    await database.aside('UPDATE holds SET month = NULL');
    await store.release('now', 'refused', NOW);
    expect(await balancedRemainder(store, account.accountId)).toBe(6n);
    await store.release('later', 'refused', NOW + 20 * DAY);
    expect(await balancedRemainder(store, account.accountId)).toBe(10n);
  });

  it('keeps its ledger append-only for every writer', async () => {
    const store = await open();
    const account = await createTestAccount(store, 'one', 10n, NOW);
    await holdAndSettle(store, account, 'hold');
    await expect(database.aside('UPDATE ledger_entries SET amount_micro = 0')).rejects.toThrow('append-only');
    await expect(database.aside('DELETE FROM ledger_entries')).rejects.toThrow('append-only');
    const second = `INSERT INTO ledger_entries SELECT account_id, 99, kind, amount_micro, hold_id, note, at
      FROM ledger_entries WHERE kind = 'charge'`;
    await expect(database.aside(second)).rejects.toThrow('duplicate key');
    expect(await store.ledger(account.accountId)).toHaveLength(2);
  });

  it('stays exact where every conflict is refused, as on distributed servers: the store tries again', async () => {
    const store = await open(withSetting('default_transaction_isolation=serializable'));
    const account = await createTestAccount(store, 'one', 39n, NOW);
    const holdIds = Array.from({ length: 20 }, (_, index) => `hold-${index}`);
    const outcomes = await Promise.all(holdIds.map((holdId) => store.admit(newCall(account, holdId, 5n))));
    const admitted = holdIds.filter((_, index) => outcomes[index]?.kind === 'admitted');
    expect(admitted).toHaveLength(7);
    expect(await Promise.all(admitted.map((holdId) => settle(store, holdId)))).toHaveLength(7);
    expect(await balancedRemainder(store, account.accountId)).toBe(4n);
  });

  it('is given up on when it takes too long, and nothing is held then', async () => {
    const store = await open({ statementTimeoutMs: 2_000 });
    const account = await createTestAccount(store, 'one', 10n, NOW);
    const lock = await lockAside(account);
    await expect(store.admit(newCall(account, 'late', 5n))).rejects.toThrow('timeout');
    await lock.letGo();
    expect(await balancedRemainder(store, account.accountId)).toBe(10n);
    expect(await store.openHolds()).toEqual([]);
  });

  it('may break off connections: the call is refused, and the next one passes', async () => {
    const store = await open();
    const account = await createTestAccount(store, 'one', 10n, NOW);
    const lock = await lockAside(account);
    const broken = store.admit(newCall(account, 'broken', 5n));
    broken.catch(() => {});
    await isWaiting();
    await database.aside("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
    await expect(broken).rejects.toThrow();
    await lock.letGo();
    expect((await store.admit(newCall(account, 'next', 5n))).kind).toBe('admitted');
    expect(await balancedRemainder(store, account.accountId)).toBe(5n);
  });

  it('may place a hold and lose the answer: the call is refused, and the hold is let off', async () => {
    const wire = await openWire(database.url);
    endings.push(wire.close);
    const store = await open({ url: wire.url, heartbeatMs: 20, leaseClock: () => NOW });
    const beside = await open();
    const account = await createTestAccount(store, 'one', 10n, NOW);
    await holdAndSettle(store, account, 'before');
    wire.loseAnswerTo('gpt-lost');
    await expect(store.admit(newCall(account, 'lost', 5n, { model: 'gpt-lost' }))).rejects.toThrow();
    await expect.poll(() => beside.findHold('lost')).toMatchObject({ state: 'released', reason: 'never forwarded' });
    expect(await balancedRemainder(beside, account.accountId)).toBe(5n);
  });

  it('may get a hold long after its call was refused: it does not come to be, and what it takes is let off', async () => {
    const wire = await openWire(database.url);
    endings.push(wire.close);
    const store = await open({ url: wire.url, heartbeatMs: 20, statementTimeoutMs: 2_000 });
    const beside = await open();
    const account = await createTestAccount(store, 'one', 10n, NOW);
    await holdAndSettle(store, account, 'before');
    const statement = wire.delayRequestWith('gpt-late');
    await expect(store.admit(newCall(account, 'late', 5n, { model: 'gpt-late' }))).rejects.toThrow();
    await expect.poll(() => beside.findHold('late')).toMatchObject({ state: 'released', reason: 'never forwarded' });
    await statement.deliver();
    expect(await balancedRemainder(beside, account.accountId)).toBe(5n);
    expect(await beside.openHolds()).toEqual([]);
  });

  it('may be too slow when a call ends: its hold is uncertain as soon as the store can say so', async () => {
    const store = await open({ heartbeatMs: 20, statementTimeoutMs: 2_000 });
    const account = await createTestAccount(store, 'one', 10n, NOW);
    await store.admit(newCall(account, 'one', 5n));
    const lock = await lockAside(account);
    await expect(settle(store, 'one')).rejects.toThrow('timeout');
    await lock.letGo();
    await expect.poll(() => store.findHold('one')).toMatchObject({ state: 'uncertain' });
    expect((await settle(store, 'one')).kind).toBe('settled');
  });
});
