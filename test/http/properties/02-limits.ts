import { expect } from 'vitest';
import { type Caller, PLENTY, readOpenHolds } from '../../harness/proxy.ts';
import { until } from '../../harness/wait.ts';
import type { Bench } from './bench.ts';
import { withStore } from './build.ts';
import { CHAT, chat } from './calls.ts';
import { prove } from './prove.ts';
import { openWaitingRoom } from './provider.ts';

const CALLS = 12;
const ALLOWED = 3;

prove(2, 'reserves for account, workspace and subject in one transaction, or for none of them', {
  holds,
  broken: [
    { build: withStore('reservesBeforeSubject'), red: 'what is reserved from the account' },
    { build: withStore('asksUsageForSubject'), red: 'calls admitted on a limit of three' },
    { build: withStore('countsRefusedCalls'), red: "the subject's first call that its account can pay" },
  ],
});

async function holds(bench: Bench): Promise<void> {
  const { providers, waiting, answerAll } = await openWaitingRoom(bench);
  const harness = await bench.open({ providers });
  const call = async (caller: Caller, most: number) => {
    const headers = { 'x-rigbox-subject': 'somebody', 'x-rigbox-subject-rate': `${most}req;window=1h` };
    return (await harness.post(CHAT, caller, chat, headers)).status;
  };

  const caller = await harness.caller();
  const calls = Promise.allSettled(Array.from({ length: CALLS }, () => call(caller, ALLOWED)));
  await until(() => waiting.length + harness.outcomes.length === CALLS);
  const reservedMicro = PLENTY - (await caller.remainingMicro());
  const [{ amountMicro = 0n } = {}] = await readOpenHolds(harness.store, caller);
  expect(waiting.length, 'calls admitted on a limit of three').toBe(ALLOWED);
  expect(reservedMicro, 'what is reserved from the account').toBe(BigInt(ALLOWED) * amountMicro);
  expect(new Set(harness.outcomes.map(({ status }) => status)), 'statuses of the others').toEqual(new Set([429]));
  answerAll();
  await calls;

  const poor = await harness.caller(0n);
  expect(await call(poor, 1), 'status without credits').toBe(402);
  await harness.store.adjustCredits(poor.accountId, PLENTY, 'a gift', Date.now());
  const first = call(poor, 1);
  await Promise.race([first, until(() => waiting.length > 0)]);
  answerAll();
  expect(await first, "the subject's first call that its account can pay").toBe(200);

  const gone = await harness.caller();
  await harness.store.deleteWorkspace(gone.accountId, gone.workspaceId, Date.now());
  expect(await call(gone, 1), 'status of a workspace that is gone').toBe(401);
  expect(await gone.remainingMicro(), 'credits of its account').toBe(PLENTY);
}
