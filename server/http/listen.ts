import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { errorBody } from '../../contract/error-envelopes.ts';

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

/** What is refused by the HTTP parser or its timers. No application ever sees such a request. */
const protocolErrors = {
  malformed_http: { status: 400, message: 'The request is not valid HTTP.' },
  request_timeout: { status: 408, message: 'The request took too long to arrive.' },
  expectation_failed: { status: 417, message: 'The only expectation that is met is 100-continue.' },
  headers_too_large: { status: 431, message: 'The request headers are too large.' },
} as const satisfies Record<string, { status: number; message: string }>;

type ProtocolErrorCode = keyof typeof protocolErrors;

/** How long a client may take to read its response and close the connection. */
const LINGER_MS = 1_000;

/**
 * Sends the error envelope where Node would send nothing or a bare status line: malformed HTTP, headers that are too large,
 * timeouts, CONNECT, unknown expectations. The connection ends in each case.
 */
function handleProtocolErrors(server: Server): void {
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => latest.set(request.socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const isOver = !socket.writable || error.code === 'ECONNRESET';
    if (isOver || hasBegunAResponse(socket) || isRefusedAlready(latest.get(socket))) return void socket.destroy();
    writeProtocolError(socket, protocolErrorCode(error));
  });
  // Who asks first is told to send its body when that is going to be read, or is answered without it.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    request.once('resume', () => response.headersSent || response.writeContinue());
    server.emit('request', request, response);
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => writeProtocolError(socket, 'malformed_http'));
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) =>
    sendProtocolError(response, 'expectation_failed'),
  );
}

/** RFC 9112 section 3.2: a request with more than one Host is refused, and one of HTTP/1.1 without. */
function hasInvalidHost({ rawHeaders, headers, httpVersion }: IncomingMessage): boolean {
  if (headers.host === undefined) return httpVersion === '1.1';
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 'host'.length && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts > 1;
}

/** For an error that is noticed with a response at hand. */
function sendProtocolError(response: ServerResponse, code: ProtocolErrorCode): void {
  const { status, headers, text } = renderProtocolError(code);
  response.writeHead(status, headers).end(text);
}

function protocolErrorCode(error: NodeJS.ErrnoException): ProtocolErrorCode {
  if (error.code === 'HPE_HEADER_OVERFLOW') return 'headers_too_large';
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  return 'malformed_http';
}

/** A second status line in the middle of a response would corrupt it. The connection is cut instead. */
function hasBegunAResponse(socket: Duplex): boolean {
  const { _httpMessage: message } = socket as Duplex & { _httpMessage?: ServerResponse | null };
  return message?.headersSent === true;
}

/** The response is out before the body was read: what is wrong with the rest of the body no longer matters. */
function isRefusedAlready(response: ServerResponse | undefined): boolean {
  return response?.headersSent === true && !response.req.complete;
}

function writeProtocolError(socket: Duplex, code: ProtocolErrorCode): void {
  const { status, headers, text } = renderProtocolError(code);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines];
  socket.end([...head, '', text].join('\r\n'));
  // To destroy it at once would reset the connection, and the response with it; to wait for the client could take for ever.
  socket.resume();
  const cut = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(cut));
}

function renderProtocolError(code: ProtocolErrorCode) {
  const { status, message } = protocolErrors[code];
  const text = JSON.stringify(errorBody('control-plane', { status, code, message }));
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  };
  return { status, headers, text };
}
