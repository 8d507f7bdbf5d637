import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorBody } from '../../contract/error-envelopes.ts';

/** What is refused by the HTTP parser or its timers. No application ever sees such a request. */
export const protocolErrors = {
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
export function handleProtocolErrors(server: Server): void {
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => latest.set(request.socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const isOver = !socket.writable || error.code === 'ECONNRESET';
    if (isOver || hasBegunAResponse(socket) || isRefusedAlready(latest.get(socket))) return void socket.destroy();
    writeProtocolError(socket, protocolErrorCode(error));
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => writeProtocolError(socket, 'malformed_http'));
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) =>
    sendProtocolError(response, 'expectation_failed'),
  );
}

/** RFC 9112 section 3.2: a request with more than one Host is refused, and one of HTTP/1.1 without. */
export function hasInvalidHost({ rawHeaders, headers, httpVersion }: IncomingMessage): boolean {
  if (headers.host === undefined) return httpVersion === '1.1';
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 'host'.length && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts > 1;
}

/** For an error that is noticed with a response at hand. */
export function sendProtocolError(response: ServerResponse, code: ProtocolErrorCode): void {
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
