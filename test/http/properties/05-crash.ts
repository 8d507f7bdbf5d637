import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { NO_USAGE } from '../../../server/money/usage.ts';
import { expectedMicro } from '../../harness/cost.ts';
import { type Caller, PLENTY, readOpenHolds } from '../../harness/proxy.ts';
import { until } from '../../harness/wait.ts';
import type { Bench, PropertyProxy } from './bench.ts';
import { withStore } from './build.ts';
import { CHAT, chat, readCharges } from './calls.ts';
import { startProxy } from './processes/start-proxy.ts';
import { prove } from './prove.ts';
import { startProvider } from './provider.ts';

prove(5, 'has a hold on disk before the first upstream byte, and after kill -9 each is found and reconciled', {
  holds,
  broken: [
    { build: withStore('holdsInMemory'), red: 'holds at the first upstream byte' },
    { build: withStore('releasesAtStart'), red: 'what the crash left' },
  ],
});

/** How far a call has come when the process is killed. */
const MOMENTS = ['dispatched', 'in mid-stream', 'answered'] as const;
type Moment = (typeof MOMENTS)[number];

const usage = { inputTokens: 90, outputTokens: 50 };
const cost = expectedMicro('gpt-4o-mini', usage);
const USAGE = 'data: {"choices":[],"usage":{"prompt_tokens":90,"completion_tokens":50}}\n\ndata: [DONE]\n\n';

async function holds(bench: Bench): Promise<void> {
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
    { open: [], chargedMicro: [-cost] },
  ]);

  await reconcile(harness, callers);
  const left = await Promise.all(MOMENTS.map((moment) => callers[moment].remainingMicro()));
  expect(left, 'what is left when all is reconciled').toEqual([PLENTY, PLENTY - cost, PLENTY - cost]);
}

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
    if (moment === 'answered') response.end(USAGE);
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
  const settled = { kind: 'settle', costMicro: cost, usage: { ...NO_USAGE, ...usage } } as const;
  await store.reconcile({ ...note, holdId: streamed?.holdId ?? '', decision: settled });
}
