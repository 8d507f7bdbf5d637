import type { IncomingHttpHeaders } from 'node:http';
import { type Agent, type Dispatcher, errors } from 'undici';

export interface UpstreamRequest {
  readonly origin: string;
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly body: Buffer | undefined;
  readonly firstByteMs: number;
  readonly idleMs: number;
}

/** Why an answer did not come, or not to its end. `abandoned`: the proxy gave up waiting for it. */
export type Break = 'timeout' | 'connection' | 'abandoned';

export type Piece = { readonly kind: 'bytes'; readonly bytes: Buffer } | LastPiece;
type LastPiece = { readonly kind: 'end' } | { readonly kind: 'broken'; readonly reason: Break };

export type Opened =
  | {
      readonly kind: 'opened';
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      /** The next piece of the body. The provider is held back while nobody asks. */
      next(): Promise<Piece>;
      /** Stops it; without effect when all of it is there. */
      abandon(): void;
    }
  /** No byte of the request was sent: it certainly cost nothing. */
  | { readonly kind: 'not_dispatched'; readonly reason: string }
  /** It was sent, and nobody knows what came of it. */
  | { readonly kind: 'lost'; readonly reason: Break };

export interface Dispatch {
  readonly opened: Promise<Opened>;
  /** Gives the call up: whatever is waited for ends as `abandoned`. */
  abandon(): void;
}

/** Bytes that may wait for the caller before the provider is held back. */
const HIGH_WATER_BYTES = 64 * 1024;
const END: LastPiece = { kind: 'end' };

/** Sends one request, once: nothing is sent again, whatever happens. */
export function dispatch(agent: Agent, request: UpstreamRequest): Dispatch {
  let controller: Dispatcher.DispatchController | undefined;
  let isAbandoned = false;
  const abandon = () => {
    isAbandoned = true;
    controller?.abort(new Error('abandoned'));
  };
  const queue = createPieceQueue(
    () => controller?.pause(),
    () => controller?.resume(),
  );
  const opened = new Promise<Opened>((resolve) => {
    agent.dispatch(
      {
        origin: request.origin,
        path: request.path,
        method: request.method,
        headers: request.headers,
        body: request.body ?? null,
        headersTimeout: request.firstByteMs,
        bodyTimeout: request.idleMs,
        idempotent: false,
      },
      {
        onRequestStart(started) {
          // Nothing is written yet: given up now, the call was never dispatched.
          if (isAbandoned) started.abort(new Error('abandoned'));
          else controller = started;
        },
        onResponseStart(_controller, status, headers) {
          if (status >= 200) resolve({ kind: 'opened', status, headers, next: queue.next, abandon });
        },
        onResponseData(_controller, chunk) {
          queue.push(chunk);
        },
        onResponseEnd() {
          queue.finish(END);
        },
        onResponseError(_controller, error) {
          const reason = isAbandoned ? 'abandoned' : breakOf(error);
          resolve(
            controller === undefined ? { kind: 'not_dispatched', reason: codeOf(error) } : { kind: 'lost', reason },
          );
          queue.finish({ kind: 'broken', reason });
        },
      },
    );
  });
  return { opened, abandon };
}

interface PieceQueue {
  push(bytes: Buffer): void;
  /** After the last piece, it comes again; no bytes come after it. */
  finish(piece: LastPiece): void;
  next(): Promise<Piece>;
}

/**
 * What came, in order, and all that waits as one piece: whoever waits for it wakes when the read that brought it is taken
 * apart, and gets all the events that were in it. The source is held back when too many bytes wait.
 */
function createPieceQueue(pause: () => void, resume: () => void): PieceQueue {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let isPaused = false;
  let last: LastPiece | undefined;
  let wake = () => {};

  function take(): Piece | undefined {
    const [bytes, ...more] = waiting;
    if (bytes === undefined) return last;
    const piece: Piece = { kind: 'bytes', bytes: more.length === 0 ? bytes : Buffer.concat(waiting) };
    waiting = [];
    waitingBytes = 0;
    if (isPaused) {
      isPaused = false;
      resume();
    }
    return piece;
  }

  return {
    push(bytes) {
      if (last !== undefined) return;
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (waitingBytes >= HIGH_WATER_BYTES && !isPaused) {
        isPaused = true;
        pause();
      }
      wake();
    },
    finish(piece) {
      last ??= piece;
      wake();
    },
    async next() {
      for (;;) {
        const piece = take();
        if (piece !== undefined) return piece;
        await new Promise<void>((arrived) => {
          wake = arrived;
        });
      }
    },
  };
}

function breakOf(error: Error): Break {
  const isTimeout = error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;
  return isTimeout ? 'timeout' : 'connection';
}

/** The kind of a network error; its message may name internal addresses. */
function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
