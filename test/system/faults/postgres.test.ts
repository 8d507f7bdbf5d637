import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createTenant, PLENTY_MICRO } from '../../harness/accounts.ts';
import { CHAT, chat, expectExactBooks, expectNoHeld } from '../../harness/books.ts';
import { openSite } from '../../harness/platform.ts';
import { newDatabase } from '../../harness/postgres/database.ts';
import { startOwnPostgres } from '../../harness/postgres/server.ts';
import { until } from '../../harness/wait.ts';

const CALLERS = 8;

it('a PostgreSQL that is restarted under load costs refusals, and no call is lost or charged twice', async () => {
  const server = await startOwnPostgres();
  onTestFinished(server.stop);
  const { url } = await newDatabase(server.url);
  const site = await openSite({ settings: () => ({ RIGKIT_DATABASE_URL: url }) });
  onTestFinished(site.close);
  const { store, stub } = site;
  const { workspaceKey, accountId } = await createTenant(store, 'restart', PLENTY_MICRO);
  const headers = { authorization: `Bearer ${workspaceKey}`, 'content-type': 'application/json' };
  const call = () => fetch(site.proxy + CHAT, { method: 'POST', headers, body: JSON.stringify(chat) });

  const statuses: number[] = [];
  let shownMicro = 0n;
  let isOver = false;
  async function callOnAndOn(): Promise<void> {
    while (!isOver) {
      const answer = await call();
      statuses.push(answer.status);
      shownMicro += BigInt(answer.headers.get('x-rigbox-cost-micro') ?? 0);
      if (answer.status !== 200) await sleep(20);
    }
  }
  stub.script({ times: 100_000, respond: { delayMs: { beforeHeaders: 20 } } });
  const callers = Promise.all(Array.from({ length: CALLERS }, callOnAndOn));
  const answered = () => statuses.filter((status) => status === 200).length;
  for (let restart = 0; restart < 2; restart += 1) {
    const before = answered();
    await until(
      () => answered() > before + 40,
      () => `nothing is answered: ${statuses.slice(-20)}`,
    );
    await server.restart();
  }
  const before = answered();
  await until(
    () => answered() > before + 40,
    () => `it does not recover: ${statuses.slice(-20)}`,
  );
  isOver = true;
  await callers;

  expect(new Set(statuses)).toEqual(new Set([200, 503]));
  // What the store did not take the end of is found by its own watch.
  await until(
    async () => (await store.openHolds()).every(({ state }) => state === 'uncertain'),
    () => 'a hold is held for ever',
  );
  const charges = (await store.ledger(accountId)).filter(({ kind }) => kind === 'charge');
  const chargedMicro = charges.reduce((sum, { amountMicro }) => sum - amountMicro, 0n);
  const uncertain = await store.openHolds();
  expect(charges.length + uncertain.length, 'calls that are charged or uncertain').toBe(stub.calls.length);
  expect(chargedMicro, 'at least what callers were shown').toBeGreaterThanOrEqual(shownMicro);
  await expectNoHeld(store);
  await expectExactBooks(store);
});
