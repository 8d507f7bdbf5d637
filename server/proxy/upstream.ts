/** The provider's end of a call: one request, and the pieces of its response. */
import type { IncomingHttpHeaders } from 'node:http';
import { type Agent, type Dispatcher, errors } from 'undici';

interface UpstreamRequest {
  readonly origin: string;
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly body: Buffer | undefined;
  readonly firstByteMs: number;
  readonly idleMs: number;
}

/** Why a response did not come, or not to its end. `abandoned`: the proxy stopped waiting for it. */
export type Break = 'timeout' | 'connection' | 'abandoned';

export type Piece = { readonly kind: 'bytes'; readonly bytes: Buffer } | LastPiece;
type LastPiece = { readonly kind: 'end' } | { readonly kind: 'broken'; readonly reason: Break };

/** A provider's response, from its head on. */
export interface UpstreamResponse {
  readonly kind: 'opened';
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The next piece of the body, if it is there already. */
  poll(): Piece | undefined;
  /** The next piece of the body. The provider is held back until it is asked for. */
  next(): Promise<Piece>;
  /** Stops it; without effect when all of it is there. */
  abandon(): void;
}

export type Opened =
  | UpstreamResponse
  /** No byte of the request was sent: it certainly cost nothing. */
  | { readonly kind: 'not_dispatched'; readonly reason: string }
  /** It was sent, and it is not known what came of it. */
  | { readonly kind: 'lost'; readonly reason: Break };

export interface Dispatch {
  readonly opened: Promise<Opened>;
  /** Gives the call up: what is waited for ends as `abandoned`. */
  abandon(): void;
}

/** Bytes that may wait for the caller before the provider is held back. */
const HIGH_WATER_BYTES = 64 * 1024;
const END: LastPiece = { kind: 'end' };

/** Sends one request, once. It is never sent again, whatever happens. */
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
  const { promise: opened, resolve } = Promise.withResolvers<Opened>();
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
        if (status < 200) return;
        resolve({ kind: 'opened', status, headers, poll: queue.poll, next: queue.next, abandon });
      },
      onResponseData(_controller, chunk) {
        queue.push(chunk);
      },
      onResponseEnd() {
        queue.finish(END);
      },
      onResponseError(_controller, error) {
        const reason = isAbandoned ? 'abandoned' : classifyBreak(error);
        const wasSent = controller !== undefined;
        resolve(wasSent ? { kind: 'lost', reason } : { kind: 'not_dispatched', reason: errorCode(error) });
        queue.finish({ kind: 'broken', reason });
      },
    },
  );
  return { opened, abandon };
}

interface PieceQueue extends Pick<UpstreamResponse, 'poll' | 'next'> {
  push(bytes: Buffer): void;
  /** After the last piece, it comes again; no bytes come after it. */
  finish(piece: LastPiece): void;
}

/**
 * What came, in order, and all that waits as one piece: the reader wakes when the read that brought it is taken apart, and
 * gets all the events that were in it. The source is held back when too many bytes wait.
 */
function createPieceQueue(pause: () => void, resume: () => void): PieceQueue {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let isPaused = false;
  let last: LastPiece | undefined;
  let wake: (() => void) | undefined;

  function poll(): Piece | undefined {
    const [first] = waiting;
    if (first === undefined) return last;
    const bytes = waiting.length === 1 ? first : Buffer.concat(waiting, waitingBytes);
    waiting = [];
    waitingBytes = 0;
    if (isPaused) {
      isPaused = false;
      resume();
    }
    return { kind: 'bytes', bytes };
  }

  return {
    poll,
    push(bytes) {
      if (last !== undefined) return;
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (waitingBytes >= HIGH_WATER_BYTES && !isPaused) {
        isPaused = true;
        pause();
      }
      wake?.();
    },
    finish(piece) {
      last ??= piece;
      wake?.();
    },
    async next() {
      for (;;) {
        const piece = poll();
        if (piece !== undefined) return piece;
        await new Promise<void>((arrived) => {
          wake = arrived;
        });
      }
    },
  };
}

function classifyBreak(error: Error): Break {
  const isTimeout = error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;
  return isTimeout ? 'timeout' : 'connection';
}

/** The kind of a network error; its message may name internal addresses. */
function errorCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

type Collected =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'broken'; readonly reason: Break | 'malformed' };

/**
 * The whole body, if it comes whole and is not larger than the limit. `take` is asked for the memory of each piece; the
 * provider is held back meanwhile.
 */
export async function collect(
  response: UpstreamResponse,
  limitBytes: number,
  take?: (bytes: number) => Promise<void> | undefined,
): Promise<Collected> {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const piece = response.poll() ?? (await response.next());
    if (piece.kind === 'broken') return piece;
    if (piece.kind === 'end') {
      const [first] = chunks;
      return { kind: 'whole', bytes: chunks.length === 1 && first ? first : Buffer.concat(chunks, length) };
    }
    length += piece.bytes.length;
    if (length > limitBytes) {
      response.abandon();
      return { kind: 'broken', reason: 'malformed' };
    }
    chunks.push(piece.bytes);
    const waits = take?.(piece.bytes.length);
    if (waits !== undefined) await waits;
  }
}
