import { beforeEach, describe, expect, it } from 'vitest';
import type { MeteringStore } from '../../../server/ledger/port.ts';
import { CHAT, chat, expectExactBooks } from '../../harness/books.ts';
import { PLENTY, readOpenHolds, useTestProxy } from '../../harness/proxy.ts';

type Step = keyof MeteringStore;

const CALLS = 12;

describe('a store', () => {
  let failing: { readonly step: Step; readonly when: 'before' | 'after' } | undefined;
  /** What every step waits for, where the store is slow. */
  let turn: Promise<void> | undefined;
  let waiting = 0;
  beforeEach(() => {
    failing = undefined;
    turn = undefined;
    waiting = 0;
  });

  /** Fails before anything is done, or when all is done and only the answer is lost. */
  function troubled<Result>(step: Step, work: () => Promise<Result>): Promise<Result> {
    const trouble = failing;
    return (async () => {
      waiting += 1;
      await turn;
      if (trouble?.step === step && trouble.when === 'before') throw new Error('the store is gone');
      const result = await work();
      if (trouble?.step === step) throw new Error('the answer of the store is lost');
      return result;
    })();
  }
  const harness = useTestProxy({
    timeouts: { firstByteMs: 30_000, idleMs: 30_000 },
    wrapStore: (store) => ({
      admit: (admission) => troubled('admit', () => store.admit(admission)),
      settle: (settlement) => troubled('settle', () => store.settle(settlement)),
      release: (...all) => troubled('release', () => store.release(...all)),
      markUncertain: (...all) => troubled('markUncertain', () => store.markUncertain(...all)),
      subjectUsage: (...all) => troubled('subjectUsage', () => store.subjectUsage(...all)),
    }),
  });

  const respond = {
    admit: {},
    settle: {},
    release: { error: { status: 400 } },
    markUncertain: { omitUsage: true },
  } as const;
  /** What the hold is left in, and whether its call is answered as if nothing were wrong. */
  it.each([
    ['admit', 'before', 503, 0, undefined],
    ['admit', 'after', 503, 0, 'held'],
    ['settle', 'before', 200, CALLS, 'held'],
    ['settle', 'after', 200, CALLS, undefined],
    ['release', 'before', 400, CALLS, 'held'],
    ['release', 'after', 400, CALLS, undefined],
    ['markUncertain', 'before', 200, CALLS, 'held'],
    ['markUncertain', 'after', 200, CALLS, 'uncertain'],
  ] as const)(
    'that fails at %s, %s it is done, charges no account too much',
    async (step, when, status, forwarded, left) => {
      const caller = await harness.caller();
      const before = (await harness.store.openHolds()).length;
      harness.stub.script({ times: CALLS, respond: respond[step] });
      failing = { step, when };
      const answers = await Promise.all(Array.from({ length: CALLS }, () => harness.post(CHAT, caller, chat)));
      expect(answers.map((answer) => answer.status)).toEqual(Array(CALLS).fill(status));
      for (const answer of answers) expect(await answer.text()).not.toContain('cost_micro');
      expect(harness.stub.calls).toHaveLength(forwarded);
      const open = (await harness.store.openHolds()).slice(before);
      expect(open.map(({ state }) => state)).toEqual(left === undefined ? [] : Array(CALLS).fill(left));
      await expectExactBooks(harness.store);

      // It recovers alone: the next call is exact.
      failing = undefined;
      harness.stub.reset();
      const remaining = await caller.remainingMicro();
      const next = await harness.post(CHAT, caller, chat);
      expect(next.headers.get('x-rigbox-cost-micro')).toBe(String(remaining - (await caller.remainingMicro())));
    },
  );

  it('that does not tell usage refuses the question, and no call', async () => {
    const caller = await harness.caller();
    failing = { step: 'subjectUsage', when: 'before' };
    const headers = { authorization: `Bearer ${caller.key}` };
    const answer = await fetch(`${harness.url}/rig/v1/usage?subject=a`, { headers });
    expect(answer.status).toBe(503);
    expect((await harness.post(CHAT, caller, chat)).status).toBe(200);
  });

  it('that is slow delays calls and loses none; a caller that leaves meanwhile pays nothing', async () => {
    const caller = await harness.caller();
    const { promise, resolve: goOn } = Promise.withResolvers<void>();
    turn = promise;
    const leaving = new AbortController();
    const gone = Array.from({ length: CALLS }, () =>
      fetch(harness.url + CHAT, {
        method: 'POST',
        headers: { authorization: `Bearer ${caller.key}`, 'content-type': 'application/json' },
        body: JSON.stringify(chat),
        signal: leaving.signal,
      }),
    );
    const left = Promise.allSettled(gone);
    const answers = Array.from({ length: CALLS }, () => harness.post(CHAT, caller, chat));
    await expect.poll(() => waiting).toBe(2 * CALLS);
    leaving.abort();
    await left;
    // The platform hears of those who left before it hears of who comes after them.
    await fetch(`${harness.url}/nothing`);
    goOn();
    const costs = (await Promise.all(answers)).map((answer) => BigInt(answer.headers.get('x-rigbox-cost-micro') ?? -1));
    await harness.reported(2 * CALLS);
    const open = await readOpenHolds(harness.store, caller);
    expect(open).toEqual([]);
    expect(PLENTY - (await caller.remainingMicro())).toBe(costs.reduce((sum, cost) => sum + cost));
    expect(harness.stub.calls).toHaveLength(CALLS);
    await expectExactBooks(harness.store);
  });
});
