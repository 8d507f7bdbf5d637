import { describe, expect, it } from 'vitest';
import { HEARTBEAT_MS, isGone, leaseEnd } from './leases.ts';

const lease = { expiresAt: 1_000, place: 'here', pid: 7 };
const running = { now: 999, place: 'here', isRunning: (pid: number) => pid === 7 };

describe('the holder of a lease', () => {
  it.each([
    ['there while its process runs', running, false],
    ['gone when its process does not', { ...running, isRunning: () => false }, true],
    ['there where its process cannot be looked for', { ...running, place: 'elsewhere', isRunning: () => false }, false],
    ['gone when the lease has run out, whatever runs under its id', { ...running, now: 1_000 }, true],
  ])('is %s', (_, witness, gone) => {
    expect(isGone(lease, witness)).toBe(gone);
  });

  it('may miss five heartbeats, and not six', () => {
    const expiresAt = leaseEnd(0, HEARTBEAT_MS);
    expect(isGone({ ...lease, expiresAt }, { ...running, now: 5 * HEARTBEAT_MS })).toBe(false);
    expect(isGone({ ...lease, expiresAt }, { ...running, now: 6 * HEARTBEAT_MS })).toBe(true);
  });
});
