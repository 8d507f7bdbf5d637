import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from './caller.ts';
import type { HttpCall } from './http-call.ts';
import type { Http } from './http-client.ts';
import type { Secrets } from './secrets.ts';

/** A part of a check's life with its own limit of time: the check itself, then its cleaning up. */
export interface Phase {
  readonly signal: AbortSignal;
  waitFor(ms: number): Promise<void>;
}

/** The session of one check. Its callers stay the same from phase to phase. */
export interface CheckSession extends Session {
  enter(phase: Phase): void;
  /** Everything sent so far, oldest first. */
  readonly calls: readonly HttpCall[];
}

export interface SessionOptions {
  readonly http: Http;
  readonly secrets: Secrets;
  readonly requestTimeoutMs: number;
}

/** A session that begins with this phase. */
export function createSession(options: SessionOptions, first: Phase): CheckSession {
  const calls: HttpCall[] = [];
  let phase = first;
  return {
    ...options,
    get signal() {
      return phase.signal;
    },
    waitFor: (ms) => phase.waitFor(ms),
    record: (call) => calls.push(call),
    enter(next) {
      phase = next;
    },
    calls,
  };
}

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
