import type { Session } from './caller.ts';
import type { Http } from './http.ts';
import type { Exchange } from './http-call.ts';
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
  readonly exchanges: readonly Exchange[];
}

export interface SessionOptions {
  readonly http: Http;
  readonly secrets: Secrets;
  readonly requestTimeoutMs: number;
}

/** A session that begins with this phase. */
export function createSession(options: SessionOptions, first: Phase): CheckSession {
  const exchanges: Exchange[] = [];
  let phase = first;
  return {
    ...options,
    get signal() {
      return phase.signal;
    },
    waitFor: (ms) => phase.waitFor(ms),
    record: (exchange) => exchanges.push(exchange),
    enter(next) {
      phase = next;
    },
    exchanges,
  };
}
