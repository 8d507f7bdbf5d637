import { expect } from 'vitest';
import { expectedMicro } from '../../harness/cost.ts';
import type { Bench } from './bench.ts';
import { withStore } from './build.ts';
import { CHAT, chat } from './calls.ts';
import { prove } from './prove.ts';

const CREDITS = 5_000_000n;

prove(7, 'charges a cost above the hold in full, into debt if need be, and refuses the next call', {
  holds,
  broken: [
    { build: withStore('refusesAboveHold'), red: 'what is left' },
    { build: withStore('chargesHoldAtMost'), red: 'what is left' },
    { build: withStore('forgivesDebt'), red: 'what is left' },
  ],
});

async function holds(bench: Bench): Promise<void> {
  const harness = await bench.open();
  const caller = await harness.caller(CREDITS);
  const usage = { inputTokens: 900_000, outputTokens: 0 };
  const cost = expectedMicro('gpt-4o-mini', usage);
  harness.stub.script({ respond: { usage } });
  const answer = await harness.post(CHAT, caller, chat);
  expect(await caller.remainingMicro(), 'what is left').toBe(CREDITS - cost);
  expect(CREDITS, 'and that is a debt').toBeLessThan(cost);
  expect(answer.headers.get('x-rigbox-cost-micro'), 'the cost that is shown').toBe(String(cost));
  expect((await harness.post(CHAT, caller, chat)).status, 'status of the next call').toBe(402);
  expect(harness.stub.calls.length, 'calls forwarded').toBe(1);
}
