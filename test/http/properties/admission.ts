import type { IncomingMessage } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { NO_USAGE } from '../../../server/money/usage.ts';
import { expectedMicro } from '../../harness/cost.ts';
import { type Caller, PLENTY, readOpenHolds } from '../../harness/proxy.ts';
import { until } from '../../harness/wait.ts';
import type { Bench, PropertyProxy } from './bench.ts';
import {
  forgetsAnswers,
  givesUnknownAway,
  guessesTokens,
  holdsAtLowestTier,
  holdsAtPlainRate,
  matchesLoosely,
} from './broken/prices.ts';
import { injectsNoCap } from './broken/streams.ts';
import { withStore } from './build.ts';
import { CHAT, chat, readCharges } from './calls.ts';
import { startProxy } from './processes/start-proxy.ts';
import { prove } from './prove.ts';
import { openWaitingRoom, startProvider } from './provider.ts';

// What is admitted, and what is on disk then: properties 1 to 5.

/** Of each process: this one, and one beside it on the same database. */
const REQUESTS = 20;
const AFFORDABLE = 7;

prove(1, 'never admits below zero, with requests at the same time in several processes, and shrinks no hold to fit', {
  broken: [
    { build: withStore('checksThenReserves'), red: 'calls admitted on credit for seven' },
    { build: withStore('shrinksHolds'), red: 'amounts held' },
  ],
  async holds(bench) {
    const { providers, waiting, answerAll } = await openWaitingRoom(bench);
    const harness = await bench.open({ providers });
    const sample = harness.post(CHAT, await harness.caller(), chat);
    await until(() => waiting.length === 1);
    answerAll();
    await sample;
    const [{ holdMicro = 0n, costMicro = 0n } = {}] = harness.outcomes;
    const creditsMicro = BigInt(AFFORDABLE) * holdMicro + holdMicro / 2n;
    const caller = await harness.caller(creditsMicro);

    const { databasePath } = harness;
    const { baseUrl } = providers.openai;
    const settings = { databasePath, openaiBaseUrl: baseUrl, callers: [caller], brokenStore: bench.build.store };
    const other = await startProxy(settings);
    bench.onEnd(() => other.stop('SIGKILL'));

    const statuses: number[] = [];
    const call = async (url: string) => {
      const headers = { authorization: `Bearer ${caller.key}`, 'content-type': 'application/json' };
      const response = await fetch(url + CHAT, { method: 'POST', headers, body: JSON.stringify(chat) });
      statuses.push(response.status);
    };
    const urls = Array.from({ length: REQUESTS }, () => [harness.url, other.url]).flat();
    const calls = Promise.allSettled(urls.map(call));
    // No call is answered before all calls are decided: what comes back from a hold would let more in.
    await until(() => waiting.length + statuses.length === urls.length);

    const held = await readOpenHolds(harness.store, caller);
    expect(new Set(held.map(({ amountMicro }) => amountMicro)), 'amounts held').toEqual(new Set([holdMicro]));
    expect(waiting.length, 'calls admitted on credit for seven').toBe(AFFORDABLE);
    expect(held.length, 'holds').toBe(AFFORDABLE);
    expect(await caller.remainingMicro(), 'what is left meanwhile').toBe(holdMicro / 2n);
    expect(new Set(statuses), 'statuses of the others').toEqual(new Set([402]));
    answerAll();
    await calls;
    expect(await caller.remainingMicro(), 'what is left').toBe(creditsMicro - BigInt(AFFORDABLE) * costMicro);
  },
});

const CALLS = 12;
const ALLOWED = 3;

prove(2, 'reserves for account, workspace and subject in one transaction, or for none of them', {
  broken: [
    { build: withStore('reservesBeforeSubject'), red: 'what is reserved from the account' },
    { build: withStore('asksUsageForSubject'), red: 'calls admitted on a limit of three' },
    { build: withStore('countsRefusedCalls'), red: "the subject's first call that its account can pay" },
  ],
  async holds(bench) {
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
  },
});

/** More than any model here answers without a limit. */
const UNLIMITED_TOKENS = 128_000;
const RICH = 10_000_000_000_000n;

prove(3, 'holds the worst case: full input, output cap times n, dearest tier; a missing cap is put in', {
  broken: [
    { build: injectsNoCap, red: 'no cap of the caller' },
    { build: forgetsAnswers, red: 'four answers' },
    { build: guessesTokens, red: 'a token for every byte' },
    { build: holdsAtLowestTier, red: 'input of the dearer tier' },
    { build: holdsAtPlainRate, red: 'input that is all written to the cache' },
  ],
  /** Calls to a provider that takes what it can get: what it costs must not exceed what was held. */
  async holds(bench) {
    const url = await startProvider(bench, async (request, response) => {
      const answer = JSON.stringify(await consume(request));
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    });
    const harness = await bench.open({
      providers: {
        openai: { baseUrl: `${url}/v1`, apiKey: 'sk-platform' },
        anthropic: { baseUrl: url, apiKey: 'sk-platform' },
        google: { baseUrl: url, apiKey: 'sk-platform' },
      },
    });
    const caller = await harness.caller(RICH);

    async function expectCovered(what: string, path: string, body: object): Promise<void> {
      harness.outcomes.length = 0;
      const { status } = await harness.post(path, caller, body);
      const [{ costMicro, holdMicro = 0n } = {}] = await harness.reported();
      expect(status, what).toBe(200);
      expect(costMicro, `${what}: the cost, as high as the hold of ${holdMicro}`).toBeLessThanOrEqual(holdMicro);
    }
    const chat = (content: string) => ({ model: 'gpt-4o-mini', messages: [{ role: 'user', content }] });
    await expectCovered('no cap of the caller', CHAT, chat('Go on and on.'));
    await expectCovered('four answers', CHAT, { ...chat('Be brief.'), max_tokens: 500, n: 4 });
    // Rare characters: every byte of them is a token.
    await expectCovered('a token for every byte', CHAT, { ...chat('\u{13080}'.repeat(5_000)), max_tokens: 1 });
    await expectCovered('input of the dearer tier', '/v1beta/models/gemini-2.5-pro:generateContent', {
      contents: [{ parts: [{ text: 'x'.repeat(250_000) }] }],
      generationConfig: { maxOutputTokens: 10 },
    });
    await expectCovered('input that is all written to the cache', '/v1/messages', {
      model: 'claude-haiku-4-5',
      max_tokens: 1,
      messages: [{ role: 'user', content: 'x'.repeat(5_000) }],
    });
  },
});

interface Asked {
  readonly model?: string;
  readonly messages?: readonly { readonly content: string }[];
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly n?: number;
  readonly contents?: readonly { readonly parts: readonly { readonly text: string }[] }[];
  readonly generationConfig?: { readonly maxOutputTokens?: number };
}

/** An answer that used as much as the call allows. */
async function consume(request: IncomingMessage): Promise<object> {
  const asked = (await json(request)) as Asked;
  const texts = [
    ...(asked.messages ?? []).map(({ content }) => content),
    ...(asked.contents ?? []).flatMap(({ parts }) => parts.map(({ text }) => text)),
  ];
  const input = Buffer.byteLength(texts.join(''));
  const { max_tokens, max_completion_tokens, generationConfig } = asked;
  const output =
    (max_completion_tokens ?? max_tokens ?? generationConfig?.maxOutputTokens ?? UNLIMITED_TOKENS) * (asked.n ?? 1);
  const ephemeral = { ephemeral_1h_input_tokens: input };
  if (request.url === '/v1/messages') {
    const written = { cache_creation_input_tokens: input, cache_creation: ephemeral };
    return { usage: { input_tokens: 0, ...written, output_tokens: output } };
  }
  if (asked.contents !== undefined) {
    return { usageMetadata: { promptTokenCount: input, candidatesTokenCount: output } };
  }
  return { usage: { prompt_tokens: input, completion_tokens: output } };
}

/** None of them is in the price list, although their beginnings are. */
const UNPRICED: readonly (readonly [string, object])[] = [
  [CHAT, { ...chat, model: 'gpt-4o-mini-turbo' }],
  ['/v1/responses', { model: 'gpt-4o-next', input: 'Hello' }],
  ['/v1/messages', { ...chat, model: 'claude-sonnet-5-5' }],
  ['/v1beta/models/gemini-2.5-flash-ultra:generateContent', { contents: [{ parts: [{ text: 'Hello' }] }] }],
];

prove(4, 'refuses before dispatch where the model has no price, or the store is down', {
  broken: [
    { build: matchesLoosely, red: 'calls forwarded without a price' },
    { build: givesUnknownAway, red: 'calls forwarded without a price' },
    { build: withStore('failsOpen'), red: 'calls forwarded while the store is down' },
  ],
  async holds(bench) {
    let isDown = false;
    const harness = await bench.open({
      trouble: (store) => ({
        ...store,
        admit: (admission) => (isDown ? Promise.reject(new Error('disk I/O error')) : store.admit(admission)),
      }),
    });
    const caller = await harness.caller();
    for (const [path, body] of UNPRICED) {
      const response = await harness.post(path, caller, body);
      expect(harness.stub.calls.length, 'calls forwarded without a price').toBe(0);
      expect(response.status, path).toBe(400);
      expect(await response.text(), path).toContain('unknown_price');
    }
    isDown = true;
    const response = await harness.post(CHAT, caller, chat);
    expect(harness.stub.calls.length, 'calls forwarded while the store is down').toBe(0);
    expect(response.status, 'status while the store is down').toBe(503);
    expect(await response.text()).toContain('metering_unavailable');
  },
});

/** How far a call has come when the process is killed. */
const MOMENTS = ['dispatched', 'in mid-stream', 'answered'] as const;
type Moment = (typeof MOMENTS)[number];

const used = { inputTokens: 90, outputTokens: 50 };
const costMicro = expectedMicro('gpt-4o-mini', used);
const LAST_CHUNKS = 'data: {"choices":[],"usage":{"prompt_tokens":90,"completion_tokens":50}}\n\ndata: [DONE]\n\n';

prove(5, 'has a hold on disk before the first upstream byte, and after kill -9 each is found and reconciled', {
  broken: [
    { build: withStore('holdsInMemory'), red: 'holds at the first upstream byte' },
    { build: withStore('releasesAtStart'), red: 'what the crash left' },
  ],
  async holds(bench) {
    const harness = await bench.open();
    const callers = {
      dispatched: await harness.caller(),
      'in mid-stream': await harness.caller(),
      answered: await harness.caller(),
    };
    const { url, stop, heldAtFirstByte } = await startObserved(bench, harness, callers);
    const send = (moment: Moment) => {
      const headers = { authorization: `Bearer ${callers[moment].key}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ ...chat, messages: [{ role: 'user', content: moment }], stream: true });
      return fetch(url + CHAT, { method: 'POST', headers, body });
    };

    await (await send('answered')).text();
    await (await send('in mid-stream')).body?.getReader().read();
    const lost = expect(send('dispatched')).rejects.toThrow();
    await until(() => heldAtFirstByte.size === MOMENTS.length);
    await stop('SIGKILL');
    await lost;
    expect([...heldAtFirstByte.values()], 'holds at the first upstream byte').toEqual([1, 1, 1]);

    await startAgain(bench, harness, callers.answered);
    const traces = await Promise.all(MOMENTS.map((moment) => readTrace(harness, callers[moment])));
    expect(traces, 'what the crash left').toEqual([
      { open: ['uncertain'], chargedMicro: [] },
      { open: ['uncertain'], chargedMicro: [] },
      { open: [], chargedMicro: [-costMicro] },
    ]);

    await reconcile(harness, callers);
    const left = await Promise.all(MOMENTS.map((moment) => callers[moment].remainingMicro()));
    expect(left, 'what is left when all is reconciled').toEqual([PLENTY, PLENTY - costMicro, PLENTY - costMicro]);
  },
});

/** The same build on the same data, and its first call. */
async function startAgain(bench: Bench, { databasePath }: PropertyProxy, caller: Caller): Promise<void> {
  const { metering } = await bench.open({ databasePath });
  const { accountId, workspaceId } = caller;
  const call = { holdId: 'after-the-crash', accountId, workspaceId, amountMicro: 1n, at: Date.now() };
  const outcome = await metering.admit({ ...call, mode: 'managed', provider: 'openai', model: chat.model });
  expect(outcome.kind, 'a call after the crash').toBe('admitted');
  await metering.release(call.holdId, 'a test', Date.now());
}

/** Starts a proxy whose provider notes, at the first byte of a call, whether there is a hold for it on disk. */
async function startObserved(bench: Bench, harness: PropertyProxy, callers: Readonly<Record<Moment, Caller>>) {
  const heldAtFirstByte = new Map<Moment, number>();
  const provider = await startProvider(bench, async (request, response) => {
    const open = await harness.store.openHolds();
    const body = await text(request);
    const moment = MOMENTS.find((candidate) => body.includes(candidate)) ?? 'answered';
    heldAtFirstByte.set(moment, open.filter((hold) => hold.accountId === callers[moment].accountId).length);
    if (moment === 'dispatched') return;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"choices":[{"index":0,"delta":{"content":"Well"}}]}\n\n');
    if (moment === 'answered') response.end(LAST_CHUNKS);
  });
  const running = await startProxy({
    databasePath: harness.databasePath,
    openaiBaseUrl: `${provider}/v1`,
    callers: Object.values(callers),
    brokenStore: bench.build.store,
  });
  bench.onEnd(() => running.stop('SIGKILL'));
  return { ...running, heldAtFirstByte };
}

async function readTrace(harness: PropertyProxy, caller: Caller) {
  const open = (await readOpenHolds(harness.store, caller)).map(({ state }) => state);
  const chargedMicro = (await readCharges(harness.store, caller)).map(({ amountMicro }) => amountMicro);
  return { open, chargedMicro };
}

/** As an operator does it, by what the provider says about the calls: the one was never begun, the other went on. */
async function reconcile({ store }: PropertyProxy, callers: Readonly<Record<Moment, Caller>>): Promise<void> {
  const note = { operator: 'an operator', reason: "the provider's usage page", evidenceSha256: null, at: Date.now() };
  const [dispatched] = await readOpenHolds(store, callers.dispatched);
  const [streamed] = await readOpenHolds(store, callers['in mid-stream']);
  await store.reconcile({ ...note, holdId: dispatched?.holdId ?? '', decision: { kind: 'release' } });
  const settled = { kind: 'settle', costMicro, usage: { ...NO_USAGE, ...used } } as const;
  await store.reconcile({ ...note, holdId: streamed?.holdId ?? '', decision: settled });
}
