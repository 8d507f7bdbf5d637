import type { ServerResponse } from 'node:http';

/** The caller's end of the exchange. Writing to a caller that is gone does nothing. */
export interface Caller {
  /** Whether the caller closed the connection before its answer was out. */
  isGone(): boolean;
  /** Resolves when the caller is gone; never, if it stays. */
  onGone(listener: () => void): void;
  /** The status answered, once the head is sent. */
  status(): number | undefined;
  /** Sends the head of a streamed answer at once. */
  start(status: number, headers: Readonly<Record<string, string>>): void;
  /** Resolves when the caller has room for more, or is gone. */
  write(bytes: Buffer | string): Promise<void> | undefined;
  end(): void;
  /** Sends a whole answer. */
  answer(status: number, headers: Readonly<Record<string, string>>, body: Buffer): void;
  /** Breaks the connection, so that a cut-off answer is not taken for a whole one. */
  breakOff(): void;
}

/** A caller that has not read what waits for it within `unreadTimeoutMs` is cut off: its call holds a connection to the provider. */
export function createCaller(
  response: ServerResponse,
  fixedHeaders: Readonly<Record<string, string>>,
  unreadTimeoutMs: number,
): Caller {
  let isGone = false;
  const listeners: (() => void)[] = [];
  response.once('close', () => {
    if (response.writableFinished) return;
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
    start(status, headers) {
      if (isGone) return;
      response.writeHead(status, { ...fixedHeaders, ...headers });
      response.flushHeaders();
    },
    write(bytes) {
      if (isGone || bytes.length === 0 || response.write(bytes)) return undefined;
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
    answer(status, headers, body) {
      if (isGone) return;
      response.writeHead(status, { ...fixedHeaders, ...headers, 'content-length': String(body.length) });
      response.end(body);
    },
    breakOff: () => response.destroy(),
  };
}
