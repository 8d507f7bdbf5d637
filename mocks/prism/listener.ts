import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { type EnvelopeName, errorBody } from '../../contract/error-envelopes.ts';
import { createChaos } from '../responses/chaos.ts';
import { selectEnvelope } from '../responses/choose.ts';
import { exposedHeaders, isPreflight, originHeaders, preflightHeaders } from '../responses/cors.ts';
import { parsePreference } from '../responses/preferences.ts';
import {
  bodyText,
  EVENT_STREAM,
  MOCK_HEADER,
  type MockResponse,
  type Pace,
  type PacedStream,
  pacedStream,
  type Refusal,
} from '../responses/response.ts';
import { type Api, loadApi } from './apis.ts';
import { createEngine } from './engine.ts';
import type { ApiName, MockBehaviour, MockSource } from './mock-source.ts';
import { type MockSources, type Outcome, respond, type Target } from './respond.ts';

/** The mock of one or both APIs as a listener for `node:http`, and the base path of each. */
export interface MockListener {
  readonly listener: RequestListener;
  readonly basePaths: Readonly<Partial<Record<ApiName, string>>>;
}

/** Reads the documents once and responds from them. */
export async function createListener(
  { documents, scenarios }: MockSource,
  { defaults = {}, chaos }: MockBehaviour,
): Promise<MockListener> {
  const loading = Object.entries(documents).map(([name, document]) => loadApi(name as ApiName, document));
  // The control plane stands below a base path, the proxy at the origin: the longer path is tried first.
  const apis = (await Promise.all(loading)).sort((a, b) => b.table.basePath.length - a.table.basePath.length);
  const sources = { apis, scenarios, defaults, engine: createEngine(), chaos: chaos && createChaos(chaos) };
  const exposed = exposedHeaders(
    apis.flatMap(({ table }: Api) => table.operations),
    [MOCK_HEADER],
  );
  return {
    basePaths: Object.fromEntries(apis.map(({ name, table }) => [name, table.basePath])),
    listener: (request, response) => {
      const common = { 'access-control-expose-headers': exposed, ...originHeaders(request.headers) };
      for (const [name, value] of Object.entries(common)) response.setHeader(name, value);
      // A response that cannot be written, such as one to a caller that left, must not end the process.
      serve(sources, request, response).catch(() => response.destroy());
    },
  };
}

async function serve(sources: MockSources, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (isPreflight(request.method, request.headers)) {
    response.writeHead(204, preflightHeaders(request.headers)).end();
    return;
  }
  const requestId = readRequestId(request);
  const target = readTarget(request);
  const { parsed, envelope } = target;
  const outcome = await respond(sources, request, target).catch(mockFailed);
  const preference = { ...sources.defaults, ...(parsed.kind === 'parsed' && parsed.preference) };
  await pause(preference.delayMs ?? 0, response);
  response.setHeader('x-request-id', requestId);
  if (outcome.kind === 'refused') return writeRefusal(response, outcome.refusal, envelope, requestId);
  await writeResponse(response, outcome.response, preference);
}

function writeRefusal(response: ServerResponse, refusal: Refusal, envelope: EnvelopeName, requestId: string): void {
  for (const [name, value] of Object.entries(refusal.headers ?? {})) response.setHeader(name, value);
  response.setHeader('content-type', 'application/json');
  response.statusCode = refusal.status;
  response.end(JSON.stringify(errorBody(envelope, { ...refusal, requestId })));
}

/** The caller's own id where it is harmless, as the contract's servers do; else a new one. */
function readRequestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : `req_${randomUUID()}`;
}

/** The path of a request line may begin with `//`, which a URL would take for a host: it is taken apart by hand. */
function readTarget({ url = '/', headers }: IncomingMessage): Target {
  const origin = /^https?:\/\/[^/?]*/.exec(url)?.[0] ?? '';
  const [pathname = '/', ...rest] = url.slice(origin.length).split('?');
  const query = new URLSearchParams(rest.join('?'));
  const envelope = selectEnvelope(pathname, (name) => name in headers);
  return { pathname, query, envelope, parsed: parsePreference(headers.prefer?.toString(), query) };
}

/** The reason can be long: Prism prints whole schemas. */
function mockFailed(error: unknown): Outcome {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The mock could not make a response: ${reason.slice(0, 200)}`;
  return { kind: 'refused', refusal: { status: 500, code: 'internal_error', message } };
}

/** Sends the response, a stream at its pace. Resolves when it is sent, or when the caller has left. */
async function writeResponse(response: ServerResponse, mocked: MockResponse, pace: Pace): Promise<void> {
  const { status, headers } = mocked;
  for (const [name, value] of Object.entries(headers)) if (!response.hasHeader(name)) response.setHeader(name, value);
  response.statusCode = status;
  const text = bodyText(mocked);
  if (text === undefined || headers['content-type'] !== EVENT_STREAM) {
    response.end(text);
    return;
  }
  await writeStream(response, pacedStream(text, pace));
}

async function writeStream(response: ServerResponse, { events, isCut }: PacedStream): Promise<void> {
  response.flushHeaders();
  for (const { afterMs, text } of events) {
    await pause(afterMs, response);
    if (response.destroyed) return;
    if (!response.write(text)) await orClosed(response, (signal) => once(response, 'drain', { signal }));
  }
  if (!isCut) response.end();
  // What is written still goes out; the end of the chunked body never comes.
  else response.socket?.destroySoon();
}

/** Waits, but not for a caller that has left. */
async function pause(delayMs: number, response: ServerResponse): Promise<void> {
  if (delayMs > 0) await orClosed(response, (signal) => setTimeout(delayMs, undefined, { signal }));
}

/** Waits for something that a signal can call off, or for the connection to close, whichever comes first. */
async function orClosed(response: ServerResponse, start: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  if (response.destroyed) return;
  const closed = new AbortController();
  const close = () => closed.abort();
  response.once('close', close);
  try {
    await start(closed.signal);
  } catch (error) {
    if (!closed.signal.aborted) throw error;
  } finally {
    response.off('close', close);
  }
}
