import { expect } from 'vitest';
import { OWN_KEY } from '../../harness/proxy.ts';
import type { Bench } from './bench.ts';
import { withStore } from './build.ts';
import { CHAT, chat } from './calls.ts';
import { prove } from './prove.ts';

prove(16, 'charges nothing for calls with own keys, and still obeys subject limits and counts tokens', {
  holds,
  broken: [
    { build: withStore('wantsCreditsForByok'), red: 'status without credits' },
    { build: withStore('chargesByok'), red: 'what is left of nothing' },
    { build: withStore('skipsByok'), red: 'usage of the account' },
    { build: withStore('forgetsByokSubjects'), red: 'status over the limit of the subject' },
  ],
});

async function holds(bench: Bench): Promise<void> {
  const harness = await bench.open();
  const caller = await harness.caller(0n, { mode: 'byok', byokKey: OWN_KEY });
  const usage = { inputTokens: 700, outputTokens: 30 };
  const headers = { 'x-rigbox-subject': 'somebody', 'x-rigbox-subject-rate': '2req;window=1h' };
  harness.stub.script({ times: 3, respond: { usage } });
  const call = () => harness.post(CHAT, caller, chat, headers);

  const first = await call();
  expect(first.status, 'status without credits').toBe(200);
  expect(first.headers.get('x-rigbox-cost-micro'), 'the cost that is shown').toBe('0');
  expect(
    harness.stub.calls.map(({ credential }) => credential),
    'keys that the provider saw',
  ).toEqual([OWN_KEY]);
  expect(await caller.remainingMicro(), 'what is left of nothing').toBe(0n);
  const { daily } = await harness.store.usageOverview(caller.accountId, '2000-01-01');
  expect(daily, 'usage of the account').toMatchObject([{ requests: 1, ...usage, costMicro: 0n }]);
  const ofSubject = await harness.store.subjectUsage(caller.accountId, 'somebody', 3_600, Date.now());
  expect(ofSubject, 'usage of the subject').toMatchObject({ requests: 1, ...usage });

  expect((await call()).status, 'status within the limit of the subject').toBe(200);
  expect((await call()).status, 'status over the limit of the subject').toBe(429);
  expect(harness.stub.calls.length, 'calls forwarded').toBe(2);
}
