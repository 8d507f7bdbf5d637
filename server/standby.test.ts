import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { newDatabase, type TestDatabase } from '../test/harness/postgres/database.ts';
import { type PostgresPair, startPostgresPair } from '../test/harness/postgres/server.ts';
import { openWire } from '../test/harness/postgres/wire.ts';
import { balancedRemainder, createTestAccount, NOW, newCall } from './fixtures/contract/harness.ts';
import { openPostgresStore, type PostgresOptions } from './store.ts';

const TAKES_NO_WRITES = 'the database takes no writes: it is a standby, or read-only';

describe('a database that fails over', () => {
  let pair: PostgresPair;
  let database: TestDatabase;
  beforeAll(async () => {
    pair = await startPostgresPair();
    database = await newDatabase(pair.primaryUrl);
  });
  afterAll(() => pair?.stop());

  /** A store that reaches it by an address that can be moved. */
  async function openByAddress(options: Partial<PostgresOptions> = {}) {
    const wire = await openWire(database.url);
    onTestFinished(wire.close);
    const store = await openPostgresStore({ url: wire.url, ...options });
    onTestFinished(store.close);
    return { wire, store };
  }
  const pooled = () =>
    database.aside<{ pid: number }>("SELECT pid FROM pg_stat_activity WHERE application_name = 'rigkit'");
  /** Resolves when new connections have it. */
  const reconfigure = async (setting: string, value: string) => {
    await database.aside(`ALTER SYSTEM SET ${setting} = ${value}`);
    await database.aside('SELECT pg_reload_conf()');
    await expect.poll(() => database.aside(`SHOW ${setting}`)).toEqual([{ [setting]: value }]);
  };

  it('is not asked anything by an address that leads to its standby, until it leads to the primary again', async () => {
    const { wire, store } = await openByAddress({ heartbeatMs: 20 });
    const account = await createTestAccount(store, 'one', 10n, NOW);
    wire.leadTo(pair.standbyUrl);
    await database.aside("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rigkit'");
    await expect.poll(pooled).toEqual([]);
    await expect(store.admit(newCall(account, 'one', 5n))).rejects.toMatchObject({
      cause: { message: TAKES_NO_WRITES },
    });
    await expect(store.getAccount(account.accountId)).rejects.toMatchObject({ cause: { message: TAKES_NO_WRITES } });
    wire.leadTo(pair.primaryUrl);
    expect((await store.admit(newCall(account, 'two', 5n))).kind).toBe('admitted');
    // What nobody asked for needs no letting off, unlike what may have been done.
    wire.loseAnswerTo('gpt-lost');
    await expect(store.admit(newCall(account, 'lost', 5n, { model: 'gpt-lost' }))).rejects.toThrow();
    await expect.poll(() => store.findHold('lost')).toMatchObject({ state: 'released' });
    expect(await store.findHold('one')).toBeUndefined();
  });

  it('is refused at the start by an address that leads to its standby, where it may be audited', async () => {
    const url = new URL(database.url);
    url.port = new URL(pair.standbyUrl).port;
    await expect(openPostgresStore({ url: url.href })).rejects.toThrow(TAKES_NO_WRITES);
    // It may have on disk what it does not show yet.
    await expect.poll(async () => (await openPostgresStore({ url: url.href, readonly: true })).close()).toBeUndefined();
  });

  it('is connected to anew where a server takes no writes any more', async () => {
    const { store } = await openByAddress({ poolSize: 1 });
    const account = await createTestAccount(store, 'two', 10n, NOW);
    const [before] = await pooled();
    onTestFinished(() => reconfigure('default_transaction_read_only', 'off'));
    await reconfigure('default_transaction_read_only', 'on');
    const attempt = () =>
      store.admit(newCall(account, crypto.randomUUID(), 0n)).then(
        () => 'admitted',
        () => 'refused',
      );
    await expect.poll(attempt).toBe('refused');
    // By this call, or by what the store does beside it: the first of the two that notices closes the connection.
    await expect.poll(pooled).not.toContainEqual(before);
  });

  it('is refused where it acknowledges what its standby may not have', async () => {
    const url = new URL(database.url);
    url.searchParams.set('options', `${url.searchParams.get('options')} -c synchronous_commit=local`);
    await expect(openPostgresStore({ url: url.href })).rejects.toThrow('synchronous_commit is local');
  });

  it('takes no calls while its standby is away, and forgets about them when it is back', async () => {
    const { store } = await openByAddress({ heartbeatMs: 50, statementTimeoutMs: 2_000 });
    const account = await createTestAccount(store, 'three', 10n, NOW);
    await pair.forsake();
    await expect(store.admit(newCall(account, 'waiting', 5n))).rejects.toThrow('timeout');
    await pair.follow();
    await expect.poll(() => store.findHold('waiting')).toMatchObject({ state: 'released', reason: 'never forwarded' });
    expect(await balancedRemainder(store, account.accountId)).toBe(10n);
  });
});
