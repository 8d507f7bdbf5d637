import { setTimeout as sleep } from 'node:timers/promises';

/** A limit of time that stands still while a platform's rate limit is waited out. */
export interface Deadline {
  /** Aborted when the time is up (with a `TimeIsUp`) or when the outer signal is. */
  readonly signal: AbortSignal;
  /** Waits without using up time. */
  waitFor(ms: number): Promise<void>;
  /** Stops the clock for good. */
  end(): void;
}

/** A check took longer than it may. */
export class TimeIsUp extends Error {
  override readonly name = 'TimeIsUp';
}

/** Starts the clock. `outer` ends it early, whatever time is left. */
export function createDeadline(limitMs: number, outer: AbortSignal): Deadline {
  const time = new AbortController();
  const signal = AbortSignal.any([time.signal, outer]);
  let leftMs = limitMs;
  let startedAt = performance.now();
  let timer = start();

  function start(): NodeJS.Timeout {
    startedAt = performance.now();
    return setTimeout(() => time.abort(new TimeIsUp(`not done within ${limitMs / 1000} s`)), leftMs);
  }

  async function waitFor(ms: number): Promise<void> {
    clearTimeout(timer);
    leftMs -= performance.now() - startedAt;
    await sleep(ms, undefined, { signal });
    timer = start();
  }

  return { signal, waitFor, end: () => clearTimeout(timer) };
}
