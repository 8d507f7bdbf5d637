import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { ScriptRule } from '../../../mocks/providers/index.ts';
import { expectedMicro } from '../../harness/cost.ts';
import { PLENTY, readOpenHolds, useTestProxy } from '../../harness/proxy.ts';

const usage = { inputTokens: 500, outputTokens: 60 };
const cost = expectedMicro('gpt-4o-mini', usage);
const body = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }], max_tokens: 1_000 };
const CHAT = '/v1/chat/completions';

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
    expect(await readOpenHolds(harness.store, caller)).toEqual([]);
    expect(harness.stub.calls.length).toBe(1);
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
    expect(await readOpenHolds(harness.store, caller)).toMatchObject([{ state: 'uncertain', amountMicro: held }]);
    expect(harness.stub.calls.length).toBe(1);
  });

  it('after the usage of a stream, the call is settled all the same', async () => {
    const caller = await harness.caller();
    harness.stub.script({ respond: { usage, disconnect: 'before-end' } });
    const response = await harness.post(CHAT, caller, { ...body, stream: true });
    expect(await response.text()).toContain('"error"');
    expect(PLENTY - (await caller.remainingMicro())).toBe(cost);
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
    expect(await readOpenHolds(harness.store, caller)).toMatchObject([{ state: 'uncertain', amountMicro: held }]);
  });
});

describe('a provider that says in an odd way that it packs nothing', () => {
  let coding = '';
  const plain = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': coding });
    response.end(JSON.stringify({ choices: [], usage: { prompt_tokens: 5, completion_tokens: 6 } }));
  });
  const harness = useTestProxy(async () => {
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    const { port } = plain.address() as AddressInfo;
    return { providers: { openai: { baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: 'sk-plain' } } };
  });
  afterAll(() => {
    plain.close();
    plain.closeAllConnections();
  });

  it.each(['Identity', 'IDENTITY', ' identity ', ''])('is read: «%s»', async (said) => {
    coding = said;
    const response = await harness.post(CHAT, await harness.caller(), body);
    expect([response.status, response.headers.get('content-encoding')]).toEqual([200, null]);
    expect(response.headers.get('x-rigbox-cost-micro')).not.toBeNull();
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

describe('a store that fails at settlement', () => {
  const harness = useTestProxy({
    wrapStore: (store) => ({ ...store, settle: () => Promise.reject(new Error('disk')) }),
  });

  it('leaves its evidence in the log', async () => {
    harness.stub.script({ respond: { usage } });
    await harness.post(CHAT, await harness.caller(), body);
    expect(await harness.reported()).toMatchObject([{ outcome: 'unsettled' }]);
    expect(harness.log.join('\n')).toContain('"outputTokens":60');
  });
});

describe('a fault of the proxy itself, behind the admission', () => {
  // No URL can be made of it, which shows only when the call is forwarded.
  const harness = useTestProxy({ providers: { openai: { baseUrl: 'nowhere', apiKey: 'sk-nobody' } } });

  it('leaves the hold uncertain with its reason, not held for ever, and answers 500', async () => {
    const caller = await harness.caller();
    expect((await harness.post(CHAT, caller, body)).status).toBe(500);
    const held = PLENTY - (await caller.remainingMicro());
    const expected = [{ state: 'uncertain', reason: 'proxy_fault', amountMicro: held }];
    expect(await readOpenHolds(harness.store, caller)).toMatchObject(expected);
    expect(await harness.reported()).toMatchObject([{ outcome: 'uncertain', reason: 'proxy_fault' }]);
  });
});
