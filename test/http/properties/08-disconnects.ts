import { expect } from 'vitest';
import { expectedMicro } from '../../harness/cost.ts';
import { type Caller, PLENTY, readOpenHolds } from '../../harness/proxy.ts';
import { until } from '../../harness/wait.ts';
import type { Bench, PropertyProxy } from './bench.ts';
import { readsForAll, readsForEver, stopsReading } from './broken/drains.ts';
import { withStore } from './build.ts';
import { CHAT, chat } from './calls.ts';
import { prove } from './prove.ts';

const usage = { inputTokens: 500, outputTokens: 60 };
const cost = expectedMicro('gpt-4o-mini', usage);

prove(8, 'reads on for a caller who left, within bounds of time and number, and past them the hold stays uncertain', {
  holds,
  broken: [
    { build: stopsReading, red: 'left in mid-stream: what became of the call' },
    { build: readsForEver, red: 'past the bound of time: what became of the call' },
    { build: readsForAll, red: 'past the bound of number: what became of the calls' },
    { build: withStore('releasesUncertain'), red: 'past the bound of time: the hold' },
    { build: withStore('guessesUncertain'), red: 'past the bound of time: the hold' },
  ],
});

async function holds(bench: Bench): Promise<void> {
  await leavesInMidStream(await bench.open());
  await outlastsTime(await bench.open({ drain: { maxMs: 80 } }));
  await outnumbersBound(await bench.open({ drain: { maxConcurrent: 1 } }));
}

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
