import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import OpenAI from 'openai';
import { afterAll, describe, expect, it } from 'vitest';
import type { ScriptRule } from '../../../mocks/providers/index.ts';
import { expectedMicro } from '../../harness/cost.ts';
import { type Caller, PLENTY, type TestProxy, useTestProxy } from '../../harness/proxy.ts';

const usage = { inputTokens: 500, outputTokens: 60 };
const cost = expectedMicro('gpt-4o-mini', usage);
const body = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }], max_tokens: 1_000 };
const CHAT = '/v1/chat/completions';

/** What is left open for an account, and why. */
async function openHolds(store: { openHolds(): Promise<readonly object[]> }, caller: Caller) {
  return (await store.openHolds()).filter((hold) => (hold as { accountId: string }).accountId === caller.accountId);
}

/** Calls as each of them, and leaves when all the calls are at the provider. */
async function abandon(harness: TestProxy, callers: readonly Caller[]): Promise<void> {
  const leaving = new AbortController();
  const calls = callers.map((caller) =>
    fetch(harness.url + CHAT, {
      method: 'POST',
      headers: { authorization: `Bearer ${caller.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: leaving.signal,
    }),
  );
  const left = Promise.allSettled(calls);
  await expect.poll(() => harness.stub.calls).toHaveLength(callers.length);
  leaving.abort();
  expect((await left).map(({ status }) => status)).toEqual(callers.map(() => 'rejected'));
}

describe('when something goes wrong', () => {
  const harness = useTestProxy({ timeouts: { firstByteMs: 1_000, idleMs: 1_000 } });

  const certain: readonly [string, ScriptRule['respond'], number][] = [
    ['a refusal of the call', { error: { status: 400, message: 'No such thing.' } }, 400],
    ['a rate limit', { error: { status: 429, headers: { 'retry-after': '7' } } }, 429],
    ['an overload', { error: { status: 503 } }, 503],
    ["a refusal of the platform's key", { error: { status: 401 } }, 502],
    ["a refusal of the platform's account", { error: { status: 402 } }, 502],
    ['a redirection', { error: { status: 307, headers: { location: 'https://elsewhere.example' } } }, 502],
  ];
  it.each(certain)('%s releases the hold in full', async (_case, respond, status) => {
    const caller = await harness.caller();
    harness.stub.script({ respond });
    const response = await harness.post(CHAT, caller, body);
    expect(response.status).toBe(status);
    expect(response.headers.get('location')).toBeNull();
    if (status === 429) expect(response.headers.get('retry-after')).toBe('7');
    expect(await caller.remainingMicro()).toBe(PLENTY);
    expect(await openHolds(harness.store, caller)).toEqual([]);
    expect(harness.stub.calls.length).toBe(1);
  });

  it("a provider's own error reaches its SDK as it was said", async () => {
    const caller = await harness.caller();
    const fault = { status: 400, message: 'Try it with fewer words.', code: 'context_length_exceeded' };
    harness.stub.script({ respond: { error: fault } });
    const client = new OpenAI({ baseURL: `${harness.url}/v1`, apiKey: caller.key });
    const call = client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'x' }] });
    await expect(call).rejects.toMatchObject({ code: fault.code, message: `400 ${fault.message}` });
  });

  it('an error that reports what was used is charged', async () => {
    const caller = await harness.caller();
    harness.stub.script({ respond: { usage, error: { status: 500, reportsUsage: true } } });
    const response = await harness.post(CHAT, caller, body);
    expect(response.status).toBe(500);
    expect(PLENTY - (await caller.remainingMicro())).toBe(cost);
  });

  const uncertain: readonly [string, ScriptRule['respond'], number, object][] = [
    ['a lost connection', { disconnect: 'before-headers' }, 502, {}],
    ['half an answer', { truncate: { afterChunks: 1 } }, 502, {}],
    ['an answer that breaks off', { disconnect: { afterChunks: 1 } }, 502, {}],
    ['an answer that does not come', { delayMs: { beforeHeaders: 10_000 } }, 504, {}],
    ['an answer without usage', { omitUsage: true }, 200, {}],
    ['a stream that breaks off', { disconnect: { afterChunks: 2 } }, 200, { stream: true }],
    ['a stream that ends too early', { truncate: { afterChunks: 2 } }, 200, { stream: true }],
    ['a stream that stalls', { delayMs: { betweenChunks: 10_000 } }, 200, { stream: true }],
    ['a stream that fails', { errorMidStream: { afterChunks: 1 } }, 200, { stream: true }],
    ['a stream without usage', { omitUsage: true }, 200, { stream: true }],
  ];
  it.each(uncertain)('%s keeps the hold, once, and is not tried again', async (_case, respond, status, more) => {
    const caller = await harness.caller();
    harness.stub.script({ respond });
    const response = await harness.post(CHAT, caller, { ...body, ...more });
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(response.headers.get('x-rigbox-cost-micro')).toBeNull();
    if (status >= 500) expect(response.headers.get('x-should-retry')).toBe('false');
    if ('stream' in more && !('omitUsage' in respond)) expect(text).toContain('"error"');
    const held = PLENTY - (await caller.remainingMicro());
    expect(held).toBeGreaterThan(0n);
    expect(await openHolds(harness.store, caller)).toMatchObject([{ state: 'uncertain', amountMicro: held }]);
    expect(harness.stub.calls.length).toBe(1);
  });

  it('after the usage of a stream, the call is settled all the same', async () => {
    const caller = await harness.caller();
    harness.stub.script({ respond: { usage, disconnect: 'before-end' } });
    const response = await harness.post(CHAT, caller, { ...body, stream: true });
    expect(await response.text()).toContain('"error"');
    expect(PLENTY - (await caller.remainingMicro())).toBe(cost);
  });

  it('a stream that fails raises the error class of the SDK', async () => {
    const caller = await harness.caller();
    harness.stub.script({ respond: { disconnect: { afterChunks: 2 } } });
    const client = new OpenAI({ baseURL: `${harness.url}/v1`, apiKey: caller.key });
    const stream = await client.chat.completions.create({ ...body, stream: true } as never);
    const read = async () => {
      for await (const _chunk of stream as unknown as AsyncIterable<unknown>);
    };
    await expect(read()).rejects.toMatchObject({ code: 'provider_broken' });
  });
});

describe('a provider that packs its answer unasked', () => {
  const packing = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync(JSON.stringify({ choices: [], usage: { prompt_tokens: 5, completion_tokens: 6 } })));
  });
  const harness = useTestProxy(async () => {
    packing.listen(0, '127.0.0.1');
    await once(packing, 'listening');
    const { port } = packing.address() as AddressInfo;
    return { providers: { openai: { baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: 'sk-packs' } } };
  });
  afterAll(() => {
    packing.close();
    packing.closeAllConnections();
  });

  it('is not passed on, and the hold is kept: what it cost cannot be read', async () => {
    const caller = await harness.caller();
    const response = await harness.post(CHAT, caller, body);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { code: 'provider_broken' } });
    const held = PLENTY - (await caller.remainingMicro());
    expect(held).toBeGreaterThan(0n);
    expect(await openHolds(harness.store, caller)).toMatchObject([{ state: 'uncertain', amountMicro: held }]);
  });
});

describe('a provider that cannot be reached', () => {
  const harness = useTestProxy({
    providers: { openai: { baseUrl: 'http://127.0.0.1:9/v1', apiKey: 'sk-nobody-listens' } },
  });

  it('releases the hold, because nothing was sent', async () => {
    const caller = await harness.caller();
    const response = await harness.post(CHAT, caller, body);
    expect(response.status).toBe(502);
    expect(response.headers.get('x-should-retry')).toBeNull();
    expect(await response.text()).not.toContain('127.0.0.1');
    expect(await caller.remainingMicro()).toBe(PLENTY);
  });

  it('that is not configured is a 503', async () => {
    const response = await harness.post('/v1/messages', await harness.caller(), { ...body, model: 'claude-haiku-4-5' });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'provider_not_configured' } });
  });
});

describe('a caller that leaves', () => {
  const harness = useTestProxy();

  async function leaveAfterFirstChunk(caller: Caller, more: object): Promise<void> {
    const away = new AbortController();
    const response = await fetch(harness.url + CHAT, {
      method: 'POST',
      headers: { authorization: `Bearer ${caller.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, ...more }),
      signal: away.signal,
    });
    await response.body?.getReader().read();
    away.abort();
  }

  it('in the middle of a stream pays what it cost', async () => {
    const caller = await harness.caller();
    harness.stub.script({ respond: { usage, chunks: 20, delayMs: { betweenChunks: 60 } } });
    await leaveAfterFirstChunk(caller, { stream: true });
    expect(await harness.reported()).toMatchObject([{ outcome: 'settled', callerGone: true, costMicro: cost }]);
    expect(PLENTY - (await caller.remainingMicro())).toBe(cost);
    expect(harness.stub.calls).toMatchObject([{ outcome: 'finished' }]);
  });

  it('while it waits for a buffered answer pays what it cost', async () => {
    const caller = await harness.caller();
    harness.stub.script({ respond: { usage, delayMs: { beforeHeaders: 2_000 } } });
    await abandon(harness, [caller]);
    expect(await harness.reported()).toMatchObject([{ outcome: 'settled', callerGone: true }]);
    expect(PLENTY - (await caller.remainingMicro())).toBe(cost);
  });
});

describe('the bound of draining', () => {
  describe('in time', () => {
    const harness = useTestProxy({ drain: { maxMs: 150, maxConcurrent: 1 } });

    it('leaves the hold uncertain', async () => {
      const caller = await harness.caller();
      harness.stub.script({ respond: { usage, delayMs: { beforeHeaders: 60_000 } } });
      await abandon(harness, [caller]);
      expect(await harness.reported()).toMatchObject([{ outcome: 'uncertain', reason: 'abandoned' }]);
      expect(await openHolds(harness.store, caller)).toMatchObject([{ state: 'uncertain', reason: 'abandoned' }]);
      await expect.poll(() => harness.stub.calls).toMatchObject([{ outcome: 'aborted' }]);
    });
  });

  describe('in number', () => {
    const harness = useTestProxy({ drain: { maxMs: 60_000, maxConcurrent: 1 } });

    it('leaves the hold of the second uncertain while the first is still read on', async () => {
      const callers = [await harness.caller(), await harness.caller()];
      harness.stub.script({ times: 2, respond: { usage, delayMs: { beforeHeaders: 3_000 } } });
      await abandon(harness, callers);
      expect(await harness.reported(1)).toMatchObject([{ outcome: 'uncertain', reason: 'abandoned' }]);
      expect((await harness.reported(2)).map(({ outcome }) => outcome)).toEqual(['uncertain', 'settled']);
    });
  });
});

describe('a store that fails', () => {
  let failing: 'admit' | 'settle' | undefined;
  const harness = useTestProxy({
    wrapStore: (store) => ({
      ...store,
      admit: (admission) => (failing === 'admit' ? Promise.reject(new Error('disk')) : store.admit(admission)),
      settle: (settlement) => (failing === 'settle' ? Promise.reject(new Error('disk')) : store.settle(settlement)),
    }),
  });

  it('at admission: nothing is forwarded', async () => {
    failing = 'admit';
    const response = await harness.post(CHAT, await harness.caller(), body);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'metering_unavailable' } });
    expect(harness.stub.calls).toEqual([]);
  });

  it('at settlement: the answer comes without a cost, the hold stays, and the log has the evidence', async () => {
    failing = 'settle';
    const caller = await harness.caller();
    harness.stub.script({ respond: { usage } });
    const response = await harness.post(CHAT, caller, body);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-rigbox-cost-micro')).toBeNull();
    expect(await response.text()).not.toContain('cost_micro');
    expect(await openHolds(harness.store, caller)).toMatchObject([{ state: 'held' }]);
    expect(await harness.reported()).toMatchObject([{ outcome: 'unsettled' }]);
    expect(harness.log.join('\n')).toContain('"outputTokens":60');
  });
});
