import fc from 'fast-check';
import { expect } from 'vitest';
import type { ScriptRule } from '../../../mocks/providers/index.ts';
import { NO_USAGE } from '../../../server/money/usage.ts';
import { createPriceSource } from '../../../server/proxy/index.ts';
import { expectedMicro } from '../../harness/cost.ts';
import { type Caller, PLENTY, readOpenHolds } from '../../harness/proxy.ts';
import { until } from '../../harness/wait.ts';
import { BOOKS_BALANCE, expectBalancedBooks, type PropertyProxy } from './bench.ts';
import { addsInFloats, discardsSmallCharges, readsBillAsFloat, roundsEveryPart } from './broken/prices.ts';
import {
  readsForAll,
  readsForEver,
  stopsReading,
  takesLossForRefusal,
  takesRefusalForLoss,
  takesTimeoutForRefusal,
  triesAgainAfterError,
  triesAgainAfterLoss,
} from './broken/streams.ts';
import { withStore } from './build.ts';
import { CHAT, callsOfAllShapes, chat, LATE_MS, readCharges } from './calls.ts';
import { prove } from './prove.ts';
import { deserted } from './provider.ts';

// What a call costs once it is over, however it ends: properties 6 to 12, 18 and 21.

const REPLAYS = 100;

prove(6, 'settles a hold once: 100 replays leave one ledger entry', {
  broken: [{ build: withStore('booksEveryReport'), red: 'ledger entries after 100 replays' }],
  async holds(bench) {
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
  },
});

const CREDITS = 5_000_000n;

prove(7, 'charges a cost above the hold in full, into debt if need be, and refuses the next call', {
  broken: [
    { build: withStore('refusesAboveHold'), red: 'what is left' },
    { build: withStore('chargesHoldAtMost'), red: 'what is left' },
    { build: withStore('forgivesDebt'), red: 'what is left' },
  ],
  async holds(bench) {
    const harness = await bench.open();
    const caller = await harness.caller(CREDITS);
    const usage = { inputTokens: 128_000, outputTokens: 100_000 };
    const cost = expectedMicro('gpt-4o-mini', usage);
    harness.stub.script({ respond: { usage } });
    const answer = await harness.post(CHAT, caller, chat);
    expect(await caller.remainingMicro(), 'what is left').toBe(CREDITS - cost);
    expect(CREDITS, 'and that is a debt').toBeLessThan(cost);
    expect(answer.headers.get('x-rigbox-cost-micro'), 'the cost that is shown').toBe(String(cost));
    expect((await harness.post(CHAT, caller, chat)).status, 'status of the next call').toBe(402);
    expect(harness.stub.calls.length, 'calls forwarded').toBe(1);
  },
});

const usage = { inputTokens: 500, outputTokens: 60 };
const cost = expectedMicro('gpt-4o-mini', usage);

prove(8, 'reads on for a caller who left, within bounds of time and number, and past them the hold stays uncertain', {
  broken: [
    { build: stopsReading, red: 'left in mid-stream: what became of the call' },
    { build: readsForEver, red: 'past the bound of time: what became of the call' },
    { build: readsForAll, red: 'past the bound of number: what became of the calls' },
    { build: withStore('releasesUncertain'), red: 'past the bound of time: the hold' },
    { build: withStore('guessesUncertain'), red: 'past the bound of time: the hold' },
  ],
  async holds(bench) {
    await leavesInMidStream(await bench.open());
    await outlastsTime(await bench.open({ drain: { maxMs: 80 } }));
    await outnumbersBound(await bench.open({ drain: { maxConcurrent: 1 } }));
  },
});

async function leavesInMidStream(harness: PropertyProxy): Promise<void> {
  const caller = await harness.caller();
  harness.stub.script({ respond: { usage, chunks: 25, delayMs: { betweenChunks: 5 } } });
  const away = new AbortController();
  const response = await send(harness, caller, { ...chat, stream: true }, away.signal);
  await response.body?.getReader().read();
  away.abort();
  const [outcome] = await harness.reported();
  expect(outcome?.outcome, 'left in mid-stream: what became of the call').toBe('settled');
  expect(outcome?.callerGone, 'left in mid-stream: whether the caller was gone').toBe(true);
  expect(PLENTY - (await caller.remainingMicro()), 'left in mid-stream: what is charged').toBe(cost);
}

async function outlastsTime(harness: PropertyProxy): Promise<void> {
  const caller = await harness.caller();
  harness.stub.script({ respond: { usage, delayMs: { beforeHeaders: 350 } } });
  await leaveEarly(harness, caller);
  const [outcome] = await harness.reported();
  expect(outcome?.outcome, 'past the bound of time: what became of the call').toBe('uncertain');
  const holds = await readOpenHolds(harness.store, caller);
  const { holdMicro } = outcome ?? {};
  const expected = [{ state: 'uncertain', reason: 'abandoned', amountMicro: holdMicro }];
  expect(holds, 'past the bound of time: the hold').toMatchObject(expected);
  expect(PLENTY - (await caller.remainingMicro()), 'past the bound of time: what is reserved').toBe(holdMicro);
}

async function outnumbersBound(harness: PropertyProxy): Promise<void> {
  const callers = [await harness.caller(), await harness.caller()];
  harness.stub.script({ times: 2, respond: { usage, delayMs: { beforeHeaders: 500 } } });
  for (const caller of callers) await leaveEarly(harness, caller);
  const outcomes = (await harness.reported(2)).map(({ outcome }) => outcome);
  expect(outcomes, 'past the bound of number: what became of the calls').toEqual(['uncertain', 'settled']);
}

/** Calls, and leaves as soon as the provider has the call. */
async function leaveEarly(harness: PropertyProxy, caller: Caller): Promise<void> {
  const away = new AbortController();
  const before = harness.stub.calls.length;
  const call = send(harness, caller, chat, away.signal);
  await until(() => harness.stub.calls.length > before);
  away.abort();
  await expect(call).rejects.toThrow();
}

function send(harness: PropertyProxy, { key }: Caller, body: object, signal: AbortSignal): Promise<Response> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return fetch(harness.url + CHAT, { method: 'POST', headers, body: JSON.stringify(body), signal });
}

/** A name that is reserved: no resolver has an address for it. */
const TOO_LONG_A_NAME = 'x'.repeat(64);

const UNCERTAIN: readonly (readonly [string, ScriptRule['respond']])[] = [
  ['a connection that breaks after dispatch', { disconnect: 'before-headers' }],
  ['an answer that breaks off', { disconnect: { afterChunks: 1 } }],
  ['a timeout after dispatch', { delayMs: { beforeHeaders: LATE_MS } }],
];

prove(9, 'releases in full what certainly cost nothing, and keeps the hold of a timeout after dispatch', {
  broken: [
    { build: takesRefusalForLoss, red: 'a refused connection: what is left' },
    { build: withStore('keepsEveryHold'), red: 'a provider that answers 400: what is left' },
    { build: takesLossForRefusal, red: 'a connection that breaks after dispatch: the holds' },
    { build: takesTimeoutForRefusal, red: 'a timeout after dispatch: the holds' },
  ],
  async holds(bench) {
    const harness = await bench.open({
      timeouts: { firstByteMs: 1_000 },
      providers: {
        openai: { baseUrl: 'stub:', apiKey: 'sk-platform' },
        anthropic: { baseUrl: await deserted(), apiKey: 'sk-platform' },
        google: { baseUrl: `http://${TOO_LONG_A_NAME}.invalid`, apiKey: 'sk-platform' },
      },
    });
    const [, , toAnthropic, toGoogle] = callsOfAllShapes(false);

    async function expectReleased(what: string, path: string, body: object): Promise<void> {
      const caller = await harness.caller();
      await harness.post(path, caller, body);
      expect(await caller.remainingMicro(), `${what}: what is left`).toBe(PLENTY);
      expect(await readOpenHolds(harness.store, caller), `${what}: the holds`).toEqual([]);
    }
    for (const status of [400, 404, 429, 500]) {
      harness.stub.script({ respond: { error: { status } } });
      await expectReleased(`a provider that answers ${status}`, CHAT, chat);
    }
    await expectReleased('a refused connection', toAnthropic.path, toAnthropic.body);
    await expectReleased('a name without an address', toGoogle.path, toGoogle.body);

    for (const [what, respond] of UNCERTAIN) {
      const caller = await harness.caller();
      harness.stub.script({ respond });
      await harness.post(CHAT, caller, chat);
      const reservedMicro = PLENTY - (await caller.remainingMicro());
      const expected = [{ state: 'uncertain', boundMicro: reservedMicro }];
      expect(await readOpenHolds(harness.store, caller), `${what}: the holds`).toMatchObject(expected);
    }
  },
});

const FAILURES: readonly (readonly [string, ScriptRule['respond']])[] = [
  ['a lost connection', { disconnect: 'before-headers' }],
  ['half an answer', { truncate: { afterChunks: 1 } }],
  ['a rate limit', { error: { status: 429, headers: { 'retry-after': '0' } } }],
  ['an overload', { error: { status: 503 } }],
  ['a success', {}],
  ['a timeout', { delayMs: { beforeHeaders: LATE_MS } }],
];

prove(10, 'dispatches once for a hold, and tries nothing again after that', {
  broken: [
    { build: triesAgainAfterLoss, red: 'a lost connection: dispatches for the hold' },
    { build: triesAgainAfterError, red: 'an overload: dispatches for the hold' },
  ],
  async holds(bench) {
    let placed = 0;
    const harness = await bench.open({
      timeouts: { firstByteMs: 1_000 },
      newRequestId: () => `call-${++placed}`,
    });
    const caller = await harness.caller();
    for (const [index, [what, respond]] of FAILURES.entries()) {
      harness.stub.reset();
      harness.stub.script({ respond });
      await (await harness.post(CHAT, caller, chat)).text();
      expect(placed, `${what}: holds`).toBe(index + 1);
      expect(harness.stub.calls.length, `${what}: dispatches for the hold`).toBe(1);
    }
  },
});

prove(11, "takes an Idempotency-Key once for a workspace, and keys the ledger by the proxy's own request id", {
  broken: [
    { build: withStore('dropsIdempotencyKeys'), red: 'status of the same key again' },
    { build: withStore('sharesIdempotencyKeys'), red: 'status of the same key in another workspace' },
    { build: withStore('booksUnderCallersKey'), red: 'holds in the ledger' },
  ],
  async holds(bench) {
    const harness = await bench.open();
    const call = (caller: Caller, key?: string) => {
      // A caller's own request id is no name for anything.
      const headers = { 'x-request-id': 'not-so-unique', ...(key !== undefined && { 'idempotency-key': key }) };
      return harness.post(CHAT, caller, chat, headers);
    };
    const [caller, other] = [await harness.caller(), await harness.caller()];

    const first = await call(caller, 'once');
    expect(first.status, 'status of a new key').toBe(200);
    const again = await call(caller, 'once');
    expect(again.status, 'status of the same key again').toBe(409);
    expect(again.headers.get('x-should-retry'), 'whether to try that again').toBe('false');
    expect(harness.stub.calls.length, 'calls forwarded under one key').toBe(1);

    const ledger = (await readCharges(harness.store, caller)).map(({ holdId }) => holdId);
    expect(ledger, 'holds in the ledger').toEqual([first.headers.get('x-request-id')]);

    expect((await call(other, 'once')).status, 'status of the same key in another workspace').toBe(200);
    for (let calls = 0; calls < 2; calls += 1) expect((await call(other)).status, 'status without a key').toBe(200);
    expect((await readCharges(harness.store, other)).length, 'charges of the other workspace').toBe(3);
  },
});

/** Per token: 1.23457 microcredits, 0.12345 from the cache, 9.87653 for output. */
const ODD = {
  provider: 'openai',
  input: 0.0123457,
  cached_input: 0.0012345,
  output: 0.0987653,
  context: 1_000_000_000,
} as const;

interface Case {
  readonly what: string;
  readonly model: 'gpt-4o-mini' | 'odd';
  readonly input: number;
  readonly cached?: number;
  readonly output: number;
  readonly billUsd?: number;
  /** Worked out by hand. */
  readonly micro: string;
}

const CASES: readonly Case[] = [
  { what: 'nothing', model: 'gpt-4o-mini', input: 0, output: 0, micro: '0' },
  { what: 'one token', model: 'gpt-4o-mini', input: 1, output: 0, micro: '15' },
  { what: 'one token from the cache', model: 'gpt-4o-mini', input: 1, cached: 1, output: 0, micro: '8' },
  // 7 x 0.15 is not 1.05 in floats.
  { what: 'seven tokens', model: 'gpt-4o-mini', input: 7, output: 0, micro: '105' },
  { what: 'two fractions of a microcredit', model: 'odd', input: 1, cached: 1, output: 1, micro: '10' },
  { what: 'a sum that is whole', model: 'odd', input: 10_000, output: 210_000, micro: '2086417' },
  { what: 'a thousand million tokens', model: 'odd', input: 1e9, cached: 1, output: 1e9, micro: '11111099999' },
  { what: "the provider's bill of $0.07", model: 'odd', input: 5, output: 5, billUsd: 0.07, micro: '7000000' },
  { what: 'a bill of next to nothing', model: 'odd', input: 5, output: 5, billUsd: 1e-12, micro: '1' },
];

prove(12, 'reckons in integers of a millionth microcredit, rounded up once, however small or large the charge', {
  broken: [
    { build: discardsSmallCharges, red: 'one token' },
    { build: addsInFloats, red: 'seven tokens' },
    { build: roundsEveryPart, red: 'two fractions of a microcredit' },
    { build: readsBillAsFloat, red: "the provider's bill of $0.07" },
  ],
  async holds(bench) {
    const harness = await bench.open({ prices: createPriceSource({ overrides: { odd: ODD } }) });
    const caller = await harness.caller();
    let leftMicro = await caller.remainingMicro();
    for (const { what, model, input, cached = 0, output, billUsd, micro } of CASES) {
      const usage = { inputTokens: input, cachedInputTokens: cached, outputTokens: output };
      harness.stub.script({ respond: { usage, ...(billUsd !== undefined && { costUsd: billUsd }) } });
      const answer = await harness.post(CHAT, caller, { ...chat, model });
      expect(answer.headers.get('x-rigbox-cost-micro'), `${what}: the cost that is shown`).toBe(micro);
      leftMicro -= BigInt(micro);
      expect(await caller.remainingMicro(), `${what}: what is left`).toBe(leftMicro);
      if (leftMicro < 1_000_000n) {
        await harness.store.adjustCredits(caller.accountId, 20_000_000_000n, 'more', Date.now());
        leftMicro += 20_000_000_000n;
      }
    }
  },
});

const ROUNDS = 3;
const CALLS_A_ROUND = 30;
const FEW = 40_000n;

const tokens = fc.integer({ min: 0, max: 5_000 });
const anyResponse: fc.Arbitrary<ScriptRule['respond']> = fc.oneof(
  fc.record({ usage: fc.record({ inputTokens: tokens, outputTokens: tokens }) }),
  fc.constantFrom(
    { error: { status: 500 } },
    { omitUsage: true },
    { disconnect: 'before-headers' },
    { disconnect: { afterChunks: 1 } },
    { truncate: { afterChunks: 1 } },
  ),
);
const anyCall = fc.record({
  respond: anyResponse,
  stream: fc.boolean(),
  payer: fc.constantFrom('rich', 'poor', 'own'),
  /** The caller does not wait for the end. */
  leaves: fc.boolean(),
});
type Call = typeof anyCall extends fc.Arbitrary<infer Value> ? Value : never;

prove(18, 'keeps the sum of the ledger equal to balance and open holds, whatever happens to calls', {
  broken: [
    { build: withStore('givesBackTwice'), red: BOOKS_BALANCE },
    { build: withStore('chargesPastLedger'), red: BOOKS_BALANCE },
    { build: withStore('losesReleases'), red: BOOKS_BALANCE },
  ],
  async holds(bench) {
    const harness = await bench.open();
    const property = fc.asyncProperty(
      fc.array(anyCall, { minLength: CALLS_A_ROUND, maxLength: CALLS_A_ROUND }),
      (calls) => runTogether(harness, calls),
    );
    await fc.assert(property, { numRuns: ROUNDS, seed: 20_260_418, endOnFailure: true });
    const seen = new Set(harness.outcomes.map(({ outcome }) => outcome));
    const expected = ['settled', 'released', 'uncertain', 'refused'];
    expect([...seen], 'what became of calls').toEqual(expect.arrayContaining(expected));
  },
});

/** All calls at the same time; the books are looked at in their midst, and when they are over. */
async function runTogether(harness: PropertyProxy, calls: readonly Call[]): Promise<void> {
  const { length: before } = harness.outcomes;
  const payers = {
    rich: await harness.caller(),
    poor: await harness.caller(FEW),
    own: await harness.caller(0n, { mode: 'byok', byokKey: 'sk-own' }),
  };
  const answers = calls.map(async ({ respond, stream, payer, leaves }, index) => {
    const tag = `call-${before + index}-`;
    harness.stub.script({ match: { bodyIncludes: tag }, respond });
    const body = { ...chat, messages: [{ role: 'user', content: tag }], stream };
    const response = await harness.post(CHAT, payers[payer], body);
    if (leaves) await response.body?.cancel();
    else await response.arrayBuffer();
  });
  await Promise.race(answers);
  await expectBalancedBooks(harness.store);
  await Promise.allSettled(answers);
  await harness.reported(before + calls.length);
  await expectBalancedBooks(harness.store);
}

prove(21, 'gives what is freed of a hold back to its month, so that no call makes credits over the turn of one', {
  broken: [{ build: withStore('carriesOver'), red: 'what is left of the new month' }],
  async holds(bench) {
    const today = new Date();
    const turn = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1);
    // Every call begins ten seconds before the turn, and the provider has it when the month turns.
    let begun = 0;
    const harness: PropertyProxy = await bench.open({
      clock: () => (harness.stub.calls.length > begun ? turn + 1_000 : turn - 10_000),
      timeouts: { firstByteMs: LATE_MS / 2 },
    });
    const used = { inputTokens: 500, outputTokens: 60 };
    const ends: readonly (readonly [string, ScriptRule['respond']])[] = [
      ['settled', { usage: used }],
      ['released', { error: { status: 429 } }],
      ['reconciled', { delayMs: { beforeHeaders: LATE_MS } }],
    ];
    for (const [how, respond] of ends) {
      const caller = await harness.caller(CREDITS);
      harness.stub.script({ respond });
      await harness.post(CHAT, caller, { ...chat, max_tokens: 5_000 });
      const [hold] = await readOpenHolds(harness.store, caller);
      const by = { operator: 'ann', reason: 'asked', evidenceSha256: null, at: turn + 2_000 };
      if (hold) await harness.store.reconcile({ holdId: hold.holdId, decision: { kind: 'release' }, ...by });
      const { remainingMicro } = await harness.store.credits(caller.accountId, turn + 3_000);
      expect(remainingMicro, `what is left of the new month after a call that is ${how}`).toBe(CREDITS);
      begun = harness.stub.calls.length;
    }
  },
});
