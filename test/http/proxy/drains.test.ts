import { describe, expect, it } from 'vitest';
import { expectedMicro } from '../../harness/cost.ts';
import { type Caller, PLENTY, readOpenHolds, type TestProxy, useTestProxy } from '../../harness/proxy.ts';
import { until } from '../../harness/wait.ts';

const usage = { inputTokens: 500, outputTokens: 60 };
const NEVER_MS = 600_000;
const chat = { path: '/v1/chat/completions', model: 'gpt-4o-mini' } as const;
const messages = { path: '/v1/messages', model: 'claude-haiku-4-5' } as const;

type Api = typeof chat | typeof messages;

/** Streams, and leaves as soon as the provider has sent its first bytes. */
async function leaveStream(harness: TestProxy, { key }: Caller, { path, model }: Api, text: string) {
  const away = new AbortController();
  const response = await fetch(harness.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, max_tokens: 4_000, stream: true, messages: [{ role: 'user', content: text }] }),
    signal: away.signal,
  });
  await response.body?.getReader().read();
  away.abort();
}

describe('the drains of an account that fills all of them', () => {
  const ATTACKS = 200;
  const harness = useTestProxy({ drain: { maxConcurrent: ATTACKS, maxPerAccount: ATTACKS } });

  it('leave the aborted call of another account to be read to its end, and charged what it cost', async () => {
    const [attacker, victim] = [await harness.caller(), await harness.caller()];
    const slow = { usage, chunks: 5, delayMs: { betweenChunks: NEVER_MS } };
    harness.stub.script({ match: { bodyIncludes: 'slow' }, times: ATTACKS, respond: slow });
    await Promise.all(Array.from({ length: ATTACKS }, () => leaveStream(harness, attacker, chat, 'slow')));
    harness.stub.script({
      match: { bodyIncludes: 'victim' },
      respond: { usage, chunks: 10, delayMs: { betweenChunks: 20 } },
    });
    await leaveStream(harness, victim, chat, 'victim');
    await until(() => harness.outcomes.some(({ accountId }) => accountId === victim.accountId));
    const ended = harness.outcomes.map(({ accountId, outcome }) => [accountId, outcome]);
    expect(ended).toEqual([
      [attacker.accountId, 'uncertain'],
      [victim.accountId, 'settled'],
    ]);
    expect(PLENTY - (await victim.remainingMicro())).toBe(expectedMicro('gpt-4o-mini', usage));
  });
});

describe('the hold of a call whose drain was cut', () => {
  const cut = { drain: { maxMs: 50 } };
  const silent = { usage, chunks: 5, delayMs: { betweenChunks: NEVER_MS } };
  const cap = 4_000;

  async function leaveAndRead(harness: TestProxy, api: Api) {
    const caller = await harness.caller();
    harness.stub.script({ respond: silent });
    await leaveStream(harness, caller, api, 'x'.repeat(20_000));
    const [outcome] = await harness.reported();
    const [hold] = await readOpenHolds(harness.store, caller);
    if (outcome === undefined || hold === undefined) throw new Error('there is no hold');
    expect(hold).toMatchObject({ state: 'uncertain', reason: 'abandoned', amountMicro: outcome.holdMicro });
    expect(PLENTY - (await caller.remainingMicro()), 'what stays reserved').toBe(hold.boundMicro);
    return hold;
  }

  describe('without a rate of output', () => {
    const harness = useTestProxy(cut);

    it('falls to the input that the provider has told, and the output limit', async () => {
      const hold = await leaveAndRead(harness, messages);
      const most = expectedMicro(messages.model, { ...usage, outputTokens: cap });
      expect(hold.boundMicro).toBe(most);
      expect(hold.boundMicro).toBeLessThan(hold.amountMicro);
    });

    it('stays where the provider tells nothing before the end', async () => {
      const hold = await leaveAndRead(harness, chat);
      expect(hold.boundMicro).toBe(hold.amountMicro);
    });
  });

  describe('with the rate of output that the operator has stated', () => {
    const harness = useTestProxy({ ...cut, outputTokensPerSecond: 10 });

    it('falls to what can have been written in the time of the call', async () => {
      const hold = await leaveAndRead(harness, chat);
      // Five seconds are for the provider to see that nobody reads; a slow machine may take some for the call.
      const free = (outputTokens: number) => expectedMicro(chat.model, { inputTokens: 0, outputTokens });
      expect(hold.amountMicro - hold.boundMicro).toBeGreaterThan(0n);
      expect(hold.amountMicro - hold.boundMicro).toBeLessThanOrEqual(free(cap - 5 * 10));
    });
  });
});
