import fc from 'fast-check';
import { expect } from 'vitest';
import type { ScriptRule } from '../../../mocks/providers/index.ts';
import { type Bench, BOOKS_BALANCE, expectBalancedBooks, type PropertyProxy } from './bench.ts';
import { withStore } from './build.ts';
import { CHAT, chat } from './calls.ts';
import { prove } from './prove.ts';

const RUNS = 3;
const CALLS = 30;
const FEW = 40_000n;

prove(18, 'keeps the sum of the ledger equal to balance and open holds, whatever happens to calls', {
  holds,
  broken: [
    { build: withStore('givesBackTwice'), red: BOOKS_BALANCE },
    { build: withStore('chargesPastLedger'), red: BOOKS_BALANCE },
    { build: withStore('losesReleases'), red: BOOKS_BALANCE },
  ],
});

const tokens = fc.integer({ min: 0, max: 5_000 });
const respond: fc.Arbitrary<ScriptRule['respond']> = fc.oneof(
  fc.record({ usage: fc.record({ inputTokens: tokens, outputTokens: tokens }) }),
  fc.constantFrom(
    { error: { status: 500 } },
    { omitUsage: true },
    { disconnect: 'before-headers' },
    { disconnect: { afterChunks: 1 } },
    { truncate: { afterChunks: 1 } },
  ),
);
const call = fc.record({
  respond,
  stream: fc.boolean(),
  payer: fc.constantFrom('rich', 'poor', 'own'),
  /** The caller does not wait for the end. */
  leaves: fc.boolean(),
});
type Call = typeof call extends fc.Arbitrary<infer Value> ? Value : never;

async function holds(bench: Bench): Promise<void> {
  const harness = await bench.open();
  const property = fc.asyncProperty(fc.array(call, { minLength: CALLS, maxLength: CALLS }), (calls) =>
    runTogether(harness, calls),
  );
  await fc.assert(property, { numRuns: RUNS, seed: 20_260_418, endOnFailure: true });
  const seen = new Set(harness.outcomes.map(({ outcome }) => outcome));
  const expected = ['settled', 'released', 'uncertain', 'refused'];
  expect([...seen], 'what became of calls').toEqual(expect.arrayContaining(expected));
}

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
