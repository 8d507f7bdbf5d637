import { expect } from 'vitest';
import { readOpenHolds } from '../../harness/proxy.ts';
import { until } from '../../harness/wait.ts';
import type { Bench } from './bench.ts';
import { withStore } from './build.ts';
import { CHAT, chat } from './calls.ts';
import { startProxy } from './processes/start-proxy.ts';
import { prove } from './prove.ts';
import { openWaitingRoom } from './provider.ts';

/** Of each process: this one, and one beside it on the same database. */
const REQUESTS = 20;
const AFFORDABLE = 7;

prove(1, 'never admits below zero, with requests at the same time in several processes, and shrinks no hold to fit', {
  holds,
  broken: [
    { build: withStore('checksThenReserves'), red: 'calls admitted on credit for seven' },
    { build: withStore('shrinksHolds'), red: 'amounts held' },
  ],
});

async function holds(bench: Bench): Promise<void> {
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
}
