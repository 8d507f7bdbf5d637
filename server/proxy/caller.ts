import type { ServerResponse } from 'node:http';

/** The caller's end of a call. To write to a caller that is gone does nothing. */
export interface Caller {
  /** Whether the caller closed the connection before its response was out. */
  isGone(): boolean;
  /** Called when the caller is gone; at once, if it is. */
  onGone(listener: () => void): void;
  /** The status of the response, once its head is written. */
  status(): number | undefined;
  /** Headers that the response has besides, whatever becomes of it. Call it before the response begins. */
  addHeaders(headers: Readonly<Record<string, string>>): void;
  /** Writes the head of a streamed response. It is sent with the first bytes, or by `flush`. */
  start(status: number, headers: Readonly<Record<string, string>>): void;
  /** Sends the head, if it still waits for bytes: call it before a wait for the provider. */
  flush(): void;
  /** Resolves when the caller has room for more, or is gone. */
  write(bytes: Buffer | string): Promise<void> | undefined;
  end(): void;
  /** Sends a whole response. */
  respond(status: number, headers: Readonly<Record<string, string>>, body: Buffer): void;
  /** Breaks the connection, so that a response that is cut off is not taken for a whole one. */
  breakOff(): void;
}

/** How long a caller may go on sending a body whose response is out. */
const LINGER_MS = 2_000;

/**
 * Leaves the connection open for a caller that is still sending. To close it would reset it, and the response that the caller
 * has not read yet would be lost.
 */
function endWhenRead(response: ServerResponse): void {
  const end = () => {
    clearTimeout(late);
    response.end();
  };
  const late = setTimeout(end, LINGER_MS);
  response.req.once('end', end).once('close', end);
  response.once('close', () => clearTimeout(late));
}

/** A caller that has not read what waits for it within `unreadTimeoutMs` is cut off: its call holds a connection to the provider. */
export function createCaller(
  response: ServerResponse,
  fixedHeaders: Readonly<Record<string, string>>,
  unreadTimeoutMs: number,
): Caller {
  let isGone = false;
  let isHeadWaiting = false;
  let ownHeaders = fixedHeaders;
  let isWhole = false;
  const listeners: (() => void)[] = [];
  response.once('close', () => {
    if (response.writableFinished || isWhole) return;
    isGone = true;
    for (const listener of listeners) listener();
  });
  return {
    isGone: () => isGone,
    onGone(listener) {
      if (isGone) listener();
      else listeners.push(listener);
    },
    status: () => (response.headersSent ? response.statusCode : undefined),
    addHeaders(headers) {
      ownHeaders = { ...ownHeaders, ...headers };
    },
    start(status, headers) {
      if (isGone) return;
      response.writeHead(status, { ...ownHeaders, ...headers });
      isHeadWaiting = true;
    },
    flush() {
      if (isHeadWaiting && !isGone) response.flushHeaders();
      isHeadWaiting = false;
    },
    write(bytes) {
      if (isGone || bytes.length === 0) return undefined;
      isHeadWaiting = false;
      if (response.write(bytes)) return undefined;
      return new Promise((resolve) => {
        const impatience = setTimeout(() => response.destroy(), unreadTimeoutMs);
        const settled = () => {
          clearTimeout(impatience);
          response.off('drain', settled);
          response.off('close', settled);
          resolve();
        };
        response.once('drain', settled);
        response.once('close', settled);
      });
    },
    end() {
      if (!isGone) response.end();
    },
    respond(status, headers, body) {
      if (isGone) return;
      response.writeHead(status, { ...ownHeaders, ...headers, 'content-length': String(body.length) });
      if (headers.connection !== 'close' || response.req.complete) return void response.end(body);
      isWhole = true;
      response.write(body);
      endWhenRead(response);
    },
    breakOff: () => response.destroy(),
  };
}
