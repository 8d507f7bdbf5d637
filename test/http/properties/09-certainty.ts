import { expect } from 'vitest';
import type { ScriptRule } from '../../../mocks/providers/index.ts';
import { PLENTY, readOpenHolds } from '../../harness/proxy.ts';
import type { Bench } from './bench.ts';
import { takesLossForRefusal, takesRefusalForLoss, takesTimeoutForRefusal } from './broken/dispatches.ts';
import { withStore } from './build.ts';
import { CHAT, callsOfAllShapes, chat, LATE_MS } from './calls.ts';
import { prove } from './prove.ts';
import { deserted } from './provider.ts';

prove(9, 'releases in full what certainly cost nothing, and keeps the hold of a timeout after dispatch', {
  holds,
  broken: [
    { build: takesRefusalForLoss, red: 'a refused connection: what is left' },
    { build: withStore('keepsEveryHold'), red: 'a provider that answers 400: what is left' },
    { build: takesLossForRefusal, red: 'a connection that breaks after dispatch: the holds' },
    { build: takesTimeoutForRefusal, red: 'a timeout after dispatch: the holds' },
  ],
});

/** A name that is reserved: no resolver has an address for it. */
const TOO_LONG_A_NAME = 'x'.repeat(64);

const UNCERTAIN: readonly (readonly [string, ScriptRule['respond']])[] = [
  ['a connection that breaks after dispatch', { disconnect: 'before-headers' }],
  ['an answer that breaks off', { disconnect: { afterChunks: 1 } }],
  ['a timeout after dispatch', { delayMs: { beforeHeaders: LATE_MS } }],
];

async function holds(bench: Bench): Promise<void> {
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
    const expected = [{ state: 'uncertain', amountMicro: reservedMicro }];
    expect(await readOpenHolds(harness.store, caller), `${what}: the holds`).toMatchObject(expected);
  }
}
