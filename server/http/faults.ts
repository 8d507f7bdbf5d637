import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorBody } from './errors.ts';

/** What is wrong below any contract: the HTTP parser or its timers refuse, and no application ever sees the request. */
export const faults = {
  malformed_http: { status: 400, message: 'The request is not valid HTTP.' },
  request_timeout: { status: 408, message: 'The request took too long to arrive.' },
  expectation_failed: { status: 417, message: 'The only expectation that is met is 100-continue.' },
  headers_too_large: { status: 431, message: 'The request headers are too large.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type Fault = keyof typeof faults;

/** How long a client may take to read its answer and hang up. */
const LINGER_MS = 1_000;

/** What the body of a fault's answer says, as JSON. */
export type FaultBody = (fault: Fault) => unknown;

const inEnvelope: FaultBody = (fault): ErrorBody<Fault> => ({ error: { code: fault, message: faults[fault].message } });

/**
 * Answers with JSON where Node would answer with nothing or with a bare status line: malformed HTTP, oversized headers,
 * timeouts, CONNECT, unknown expectations. The connection ends in each case.
 */
export function answerFaults(server: Server, body: FaultBody = inEnvelope): void {
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => latest.set(request.socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const isOver = !socket.writable || error.code === 'ECONNRESET';
    if (isOver || hasBegunAnAnswer(socket) || isRefusedAlready(latest.get(socket))) return void socket.destroy();
    writeFault(socket, faultOf(error), body);
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => writeFault(socket, 'malformed_http', body));
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) =>
    answerFault(response, 'expectation_failed', body),
  );
}

/** RFC 9112 section 3.2: a request with more than one Host is refused, and one of HTTP/1.1 without. */
export function hostIsWrong({ rawHeaders, headers, httpVersion }: IncomingMessage): boolean {
  if (headers.host === undefined) return httpVersion === '1.1';
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 'host'.length && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts > 1;
}

/** For a fault that is noticed with a response at hand. */
export function answerFault(response: ServerResponse, fault: Fault, body: FaultBody = inEnvelope): void {
  const text = JSON.stringify(body(fault));
  response.writeHead(faults[fault].status, headersFor(text)).end(text);
}

function faultOf(error: NodeJS.ErrnoException): Fault {
  if (error.code === 'HPE_HEADER_OVERFLOW') return 'headers_too_large';
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  return 'malformed_http';
}

/** A second status line in the middle of an answer would corrupt it: cutting the connection tells the truth. */
function hasBegunAnAnswer(socket: Duplex): boolean {
  const { _httpMessage: message } = socket as Duplex & { _httpMessage?: ServerResponse | null };
  return message?.headersSent === true;
}

/** Answered before its body was there: what is wrong with the rest of the body is nobody's question any more. */
function isRefusedAlready(response: ServerResponse | undefined): boolean {
  return response?.headersSent === true && !response.req.complete;
}

function writeFault(socket: Duplex, fault: Fault, body: FaultBody): void {
  const text = JSON.stringify(body(fault));
  const { status } = faults[fault];
  const lines = Object.entries(headersFor(text)).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines];
  socket.end([...head, '', text].join('\r\n'));
  // To destroy it at once would reset the connection, and the answer with it; to wait for the client could take for ever.
  socket.resume();
  const cut = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(cut));
}

function headersFor(text: string) {
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  };
}
