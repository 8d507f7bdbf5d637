import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CHAT, chat, expectExactBooks } from '../../harness/books.ts';
import { useTestProxy } from '../../harness/proxy.ts';

const CALLS = 12;

describe('a clock', () => {
  let aheadMs = 0;
  const harness = useTestProxy({ clock: () => Date.now() + aheadMs });
  const HOUR_MS = 3_600_000;

  it.each([
    ['an hour back', -HOUR_MS],
    ['a day back', -24 * HOUR_MS],
    ['a month back', -31 * 24 * HOUR_MS],
    ['an hour ahead', HOUR_MS],
    ['to the next month', 32 * 24 * HOUR_MS],
    ['to next year', 400 * 24 * HOUR_MS],
  ])('that jumps %s in the middle of calls changes no charge', async (_case, jumpMs) => {
    aheadMs = 0;
    const caller = await harness.caller();
    harness.stub.script({ times: CALLS, respond: { delayMs: { beforeHeaders: 150 } } });
    const calls = Array.from({ length: CALLS }, () => harness.post(CHAT, caller, chat));
    while (harness.stub.calls.length < CALLS) await sleep(5);
    aheadMs = jumpMs;
    const costs = (await Promise.all(calls)).map((answer) => BigInt(answer.headers.get('x-rigbox-cost-micro') ?? -1));
    aheadMs = 0;
    await harness.post(CHAT, caller, chat);
    const charged = (await harness.store.ledger(caller.accountId)).filter(({ kind }) => kind === 'charge');
    expect(charged.slice(0, CALLS).map(({ amountMicro }) => -amountMicro)).toEqual(costs);
    expect(charged).toHaveLength(CALLS + 1);
    expect(await harness.store.openHolds()).toEqual([]);
    await expectExactBooks(harness.store);
  });
});
