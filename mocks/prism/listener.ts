import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { answer, type Outcome, type Target } from './answer.ts';
import type { Api, Documents } from './contract-api.ts';
import { exposedHeaders, isPreflight, originHeaders, preflightHeaders } from './cors.ts';
import { createEngine, type Engine, type Example } from './engine.ts';
import { type Dialect, envelope, type Refusal } from './envelopes.ts';
import { completeStream, EVENT_STREAM } from './event-stream.ts';
import { type Contract, dialectOf, loadContract } from './operations.ts';

/** The mock of one or both APIs as a listener for `node:http`, and the base path of each. */
export interface MockListener {
  readonly listener: RequestListener;
  readonly basePaths: Readonly<Partial<Record<Api, string>>>;
}

/** Reads the documents once and answers requests from them. */
export async function createListener(documents: Documents): Promise<MockListener> {
  // The control plane stands below a base path, the proxy at the origin: the longer path is tried first.
  const contracts = (await Promise.all(Object.entries(documents).map(load))).sort(
    (a, b) => b.basePath.length - a.basePath.length,
  );
  const engine = createEngine();
  const exposed = exposedHeaders(contracts);
  return {
    basePaths: Object.fromEntries(contracts.map(({ api, basePath }) => [api, basePath])),
    listener: (request, response) => {
      const common = { 'access-control-expose-headers': exposed, ...originHeaders(request.headers) };
      for (const [name, value] of Object.entries(common)) response.setHeader(name, value);
      // An answer that cannot be written, such as one to a caller that left, must not end the process.
      respond(contracts, engine, request, response).catch(() => response.destroy());
    },
  };
}

function load([api, document]: [string, object]): Promise<Contract> {
  return loadContract(api as Api, document);
}

async function respond(
  contracts: readonly Contract[],
  engine: Engine,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (isPreflight(request.method, request.headers)) {
    response.writeHead(204, preflightHeaders(request.headers)).end();
    return;
  }
  const requestId = requestIdOf(request);
  const target = targetOf(request);
  const outcome = await answer(contracts, engine, request, target).catch(mockFailed);
  response.setHeader('x-request-id', requestId);
  if (outcome.kind === 'refused') {
    return writeRefusal(response, outcome.refusal, target.dialect, requestId);
  }
  writeExample(response, outcome.example);
}

function writeExample(response: ServerResponse, { status, headers, body }: Example): void {
  for (const [name, value] of Object.entries(headers)) if (!response.hasHeader(name)) response.setHeader(name, value);
  response.statusCode = status;
  response.end(body === undefined ? undefined : textOf(body, headers['content-type'] ?? ''));
}

function textOf(body: unknown, mediaType: string): string {
  if (typeof body !== 'string' || /[/+]json\b/.test(mediaType)) return JSON.stringify(body);
  return mediaType === EVENT_STREAM ? completeStream(body) : body;
}

function writeRefusal(response: ServerResponse, refusal: Refusal, dialect: Dialect, requestId: string): void {
  for (const [name, value] of Object.entries(refusal.headers ?? {})) response.setHeader(name, value);
  response.setHeader('content-type', 'application/json');
  response.statusCode = refusal.status;
  response.end(JSON.stringify(envelope(dialect, refusal, requestId)));
}

/** The caller's own id where it is harmless, as the contract's servers do; else a new one. */
function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : `req_${randomUUID()}`;
}

/** The path of a request line may begin with `//`, which a URL would take for a host: it is taken apart by hand. */
function targetOf({ url = '/', headers }: IncomingMessage): Target {
  const origin = /^https?:\/\/[^/?]*/.exec(url)?.[0] ?? '';
  const [pathname = '/', ...query] = url.slice(origin.length).split('?');
  return { pathname, query: new URLSearchParams(query.join('?')), dialect: dialectOf(pathname, headers) };
}

/** The reason can be long: Prism prints whole schemas. */
function mockFailed(error: unknown): Outcome {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The mock could not make an answer: ${reason.slice(0, 200)}`;
  return { kind: 'refused', refusal: { status: 500, code: 'internal_error', message } };
}
