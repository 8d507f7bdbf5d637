import { expect } from 'vitest';
import { NO_USAGE } from '../../../server/money/usage.ts';
import { expectedMicro } from '../../harness/cost.ts';
import { PLENTY } from '../../harness/proxy.ts';
import type { Bench } from './bench.ts';
import { withStore } from './build.ts';
import { CHAT, chat, readCharges } from './calls.ts';
import { prove } from './prove.ts';

const REPLAYS = 100;

prove(6, 'settles a hold once: 100 replays leave one ledger entry', {
  holds,
  broken: [{ build: withStore('booksEveryReport'), red: 'ledger entries after 100 replays' }],
});

async function holds(bench: Bench): Promise<void> {
  const harness = await bench.open();
  const caller = await harness.caller();
  const used = { inputTokens: 900, outputTokens: 40 };
  const cost = expectedMicro('gpt-4o-mini', used);
  harness.stub.script({ respond: { usage: used } });
  await harness.post(CHAT, caller, chat);
  const [{ requestId: holdId = '' } = {}] = await harness.reported();

  const { metering } = harness;
  const at = Date.now();
  const settlement = { holdId, costMicro: cost, usage: { ...NO_USAGE, ...used }, at };
  const replays = Array.from({ length: REPLAYS }, () => metering.settle(settlement));
  // Neither does anything else move a hold that is closed.
  const late = [metering.release(holdId, 'late', at), metering.markUncertain(holdId, 'late', at)];
  const outcomes = await Promise.all([...replays, ...late]);

  expect((await readCharges(harness.store, caller)).length, 'ledger entries after 100 replays').toBe(1);
  expect(PLENTY - (await caller.remainingMicro()), 'what is charged').toBe(cost);
  const { daily } = await harness.store.usageOverview(caller.accountId, '2000-01-01');
  expect(daily, 'usage').toMatchObject([{ requests: 1, ...used, costMicro: cost }]);
  for (const outcome of outcomes) {
    expect(outcome, 'what a replay is told').toEqual({ kind: 'already_closed', state: 'settled', costMicro: cost });
  }
}
