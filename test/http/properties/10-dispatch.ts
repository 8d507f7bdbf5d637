import { expect } from 'vitest';
import type { ScriptRule } from '../../../mocks/providers/index.ts';
import type { Bench } from './bench.ts';
import { triesAgainAfterError, triesAgainAfterLoss } from './broken/dispatches.ts';
import { CHAT, chat, LATE_MS } from './calls.ts';
import { prove } from './prove.ts';

prove(10, 'dispatches once for a hold, and tries nothing again after that', {
  holds,
  broken: [
    { build: triesAgainAfterLoss, red: 'a lost connection: dispatches for the hold' },
    { build: triesAgainAfterError, red: 'an overload: dispatches for the hold' },
  ],
});

const FAILURES: readonly (readonly [string, ScriptRule['respond']])[] = [
  ['a lost connection', { disconnect: 'before-headers' }],
  ['half an answer', { truncate: { afterChunks: 1 } }],
  ['a rate limit', { error: { status: 429, headers: { 'retry-after': '0' } } }],
  ['an overload', { error: { status: 503 } }],
  ['a success', {}],
  ['a timeout', { delayMs: { beforeHeaders: LATE_MS } }],
];

async function holds(bench: Bench): Promise<void> {
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
}
