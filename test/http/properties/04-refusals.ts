import { expect } from 'vitest';
import type { Bench } from './bench.ts';
import { givesUnknownAway, matchesLoosely } from './broken/prices.ts';
import { withStore } from './build.ts';
import { CHAT, chat } from './calls.ts';
import { prove } from './prove.ts';

prove(4, 'refuses before dispatch where the model has no price, or the store is down', {
  holds,
  broken: [
    { build: matchesLoosely, red: 'calls forwarded without a price' },
    { build: givesUnknownAway, red: 'calls forwarded without a price' },
    { build: withStore('failsOpen'), red: 'calls forwarded while the store is down' },
  ],
});

/** None of them is in the price list, although their beginnings are. */
const UNPRICED: readonly (readonly [string, object])[] = [
  [CHAT, { ...chat, model: 'gpt-4o-mini-turbo' }],
  ['/v1/responses', { model: 'gpt-4o-next', input: 'Hello' }],
  ['/v1/messages', { ...chat, model: 'claude-sonnet-5-5' }],
  ['/v1beta/models/gemini-2.5-flash-ultra:generateContent', { contents: [{ parts: [{ text: 'Hello' }] }] }],
];

async function holds(bench: Bench): Promise<void> {
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
}
