import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createDeadline, TimeIsUp } from './session.ts';

const never = new AbortController().signal;

describe('a deadline', () => {
  it('aborts when its time is up, and says how long that was', async () => {
    const deadline = createDeadline(30, never);
    await sleep(80);
    expect(deadline.signal.reason).toBeInstanceOf(TimeIsUp);
    expect(deadline.signal.reason.message).toBe('not done within 0.03 s');
  });

  it('stands still while it is waited', async () => {
    const deadline = createDeadline(60, never);
    await deadline.waitFor(150);
    expect(deadline.signal.aborted).toBe(false);
    await sleep(120);
    expect(deadline.signal.aborted).toBe(true);
  });

  it('aborts with the outer signal, in the middle of a wait too', async () => {
    const outer = new AbortController();
    const deadline = createDeadline(10_000, outer.signal);
    const waiting = deadline.waitFor(10_000);
    outer.abort();
    await expect(waiting).rejects.toThrow();
    expect(deadline.signal.aborted).toBe(true);
    deadline.end();
  });

  it('does not abort after its end', async () => {
    const deadline = createDeadline(20, never);
    deadline.end();
    await sleep(60);
    expect(deadline.signal.aborted).toBe(false);
  });
});
