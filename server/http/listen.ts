import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { handleProtocolErrors, hasInvalidHost, sendProtocolError } from './protocol-errors.ts';

export interface ListenOptions {
  /** Address to bind to; the default is the loopback, so that nothing is exposed unasked. */
  readonly host?: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Time a client has to send its headers; default 15 s. */
  readonly headersTimeoutMs?: number;
  /** Time a client has to send its whole request; default 60 s. */
  readonly requestTimeoutMs?: number;
  /** Time a client may take nothing of a response that waits for it, before its connection is cut; default 120 s. */
  readonly unreadTimeoutMs?: number;
}

export interface Listening {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /**
   * Stops accepting, closes idle connections at once, lets requests and streams under way finish for `graceMs`
   * (default 10 s), then cuts what is left. Idempotent.
   */
  close(options?: { graceMs?: number }): Promise<void>;
}

/** Serves an application. Rejects when the address cannot be bound. */
export async function listen(application: RequestListener, options: ListenOptions): Promise<Listening> {
  /**
   * The response under way on each connection. Not a set of responses: one that is added to and deleted from all the time
   * is copied now and then, and V8 keeps what was in its old copies until a full collection.
   */
  const connections = new Map<Socket, ServerResponse | undefined>();
  /** Connections that end with the response under way: what follows on them is not served (RFC 9112 section 9.6). */
  const ending = new WeakSet<Socket>();
  const server = createServer(
    {
      headersTimeout: options.headersTimeoutMs ?? 15_000,
      requestTimeout: options.requestTimeoutMs ?? 60_000,
      connectionsCheckingInterval: Math.min(options.headersTimeoutMs ?? 1_000, 1_000),
      // Node's own refusal of a missing Host has no body: ours has.
      requireHostHeader: false,
    },
    (request: IncomingMessage, response: ServerResponse) => {
      const { socket } = request;
      connections.set(socket, response);
      response.once('close', () => {
        if (connections.get(socket) === response) connections.set(socket, undefined);
      });
      if (ending.has(socket)) return;
      if (hasInvalidHost(request)) {
        ending.add(socket);
        return sendProtocolError(response, 'malformed_http');
      }
      cutUnread(response, options.unreadTimeoutMs ?? 120_000);
      application(request, response);
    },
  );
  // The size of the headers is limited, not their number: Node would drop those behind the 2,000th without a word.
  server.maxHeadersCount = 0;
  handleProtocolErrors(server);
  server.on('connection', (socket: Socket) => {
    connections.set(socket, undefined);
    socket.once('close', () => connections.delete(socket));
  });
  const host = options.host ?? '127.0.0.1';
  await bind(server, host, options.port);
  const { port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    close: ({ graceMs = 10_000 } = {}) => {
      closing ??= drain(server, connections, graceMs);
      return closing;
    },
  };
}

/** A client that does not read would keep the response in memory, and what was reserved for it, for as long as it likes. */
function cutUnread(response: ServerResponse, timeoutMs: number): void {
  response.setTimeout(timeoutMs, () => {
    // Where nothing waits to be read, the response is only slow to come.
    if (response.socket !== null && response.socket.writableLength > 0) response.socket.destroy();
  });
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function drain(
  server: Server,
  connections: ReadonlyMap<Socket, ServerResponse | undefined>,
  graceMs: number,
): Promise<void> {
  return new Promise((resolve) => {
    // All of them: the server itself loses sight of sockets that it has handed over, as with CONNECT.
    const cut = setTimeout(() => {
      for (const socket of connections.keys()) socket.destroy();
    }, graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    // A connection that was kept alive would hold the server open until its client lets go.
    server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => endConnection(response));
    for (const response of connections.values()) if (response !== undefined) endConnection(response);
  });

  function endConnection(response: ServerResponse): void {
    if (!response.headersSent) response.setHeader('Connection', 'close');
    response.once('close', () => setImmediate(() => server.closeIdleConnections()));
  }
}
