import { expect } from 'vitest';
import type { Caller } from '../../harness/proxy.ts';
import type { Bench } from './bench.ts';
import { withStore } from './build.ts';
import { CHAT, chat, readCharges } from './calls.ts';
import { prove } from './prove.ts';

prove(11, "takes an Idempotency-Key once for a workspace, and keys the ledger by the proxy's own request id", {
  holds,
  broken: [
    { build: withStore('dropsIdempotencyKeys'), red: 'status of the same key again' },
    { build: withStore('sharesIdempotencyKeys'), red: 'status of the same key in another workspace' },
    { build: withStore('booksUnderCallersKey'), red: 'holds in the ledger' },
  ],
});

async function holds(bench: Bench): Promise<void> {
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
}
