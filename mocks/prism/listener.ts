import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { MOCK_HEADER } from '../answers/answer.ts';
import { type ChaosOptions, createChaos } from '../answers/chaos.ts';
import type { Situation } from '../answers/choose.ts';
import { exposedHeaders, isPreflight, originHeaders, preflightHeaders } from '../answers/cors.ts';
import { dialectOf } from '../answers/dialect.ts';
import { type Dialect, envelope, type Refusal } from '../answers/envelopes.ts';
import { type Preference, parsePreference } from '../answers/preferences.ts';
import { answer, type Ground, type Outcome, type Target } from './answer.ts';
import type { Api, Documents } from './contract-api.ts';
import { createEngine } from './engine.ts';
import { type Contract, loadContract } from './operations.ts';
import { pause, writeAnswer } from './write-answer.ts';

/** What a mock is made from. */
export interface MockSource {
  readonly documents: Documents;
  readonly scenarios: Situation['scenarios'];
}

export interface Behaviour {
  /** What holds where a request prefers nothing else. */
  readonly defaults?: Preference | undefined;
  /** Answers some requests with one of their documented errors. */
  readonly chaos?: ChaosOptions | undefined;
}

/** The mock of one or both APIs as a listener for `node:http`, and the base path of each. */
export interface MockListener {
  readonly listener: RequestListener;
  readonly basePaths: Readonly<Partial<Record<Api, string>>>;
}

/** Reads the documents once and answers requests from them. */
export async function createListener(
  { documents, scenarios }: MockSource,
  { defaults = {}, chaos }: Behaviour,
): Promise<MockListener> {
  // The control plane stands below a base path, the proxy at the origin: the longer path is tried first.
  const contracts = (await Promise.all(Object.entries(documents).map(load))).sort(
    (a, b) => b.basePath.length - a.basePath.length,
  );
  const ground = { contracts, scenarios, defaults, engine: createEngine(), chaos: chaos && createChaos(chaos) };
  const operations = contracts.flatMap((contract) => contract.operations.map(({ documented }) => documented));
  const exposed = exposedHeaders(operations, [MOCK_HEADER]);
  return {
    basePaths: Object.fromEntries(contracts.map(({ api, basePath }) => [api, basePath])),
    listener: (request, response) => {
      const common = { 'access-control-expose-headers': exposed, ...originHeaders(request.headers) };
      for (const [name, value] of Object.entries(common)) response.setHeader(name, value);
      // An answer that cannot be written, such as one to a caller that left, must not end the process.
      respond(ground, request, response).catch(() => response.destroy());
    },
  };
}

function load([api, document]: [string, object]): Promise<Contract> {
  return loadContract(api as Api, document);
}

async function respond(ground: Ground, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (isPreflight(request.method, request.headers)) {
    response.writeHead(204, preflightHeaders(request.headers)).end();
    return;
  }
  const requestId = requestIdOf(request);
  const target = targetOf(request);
  const { parsed, dialect } = target;
  const outcome = await answer(ground, request, target).catch(mockFailed);
  const preference = { ...ground.defaults, ...(parsed.kind === 'parsed' && parsed.preference) };
  await pause(preference.delayMs ?? 0, response);
  response.setHeader('x-request-id', requestId);
  if (outcome.kind === 'refused') return writeRefusal(response, outcome.refusal, dialect, requestId);
  await writeAnswer(response, outcome.answer, preference);
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
  const [pathname = '/', ...rest] = url.slice(origin.length).split('?');
  const query = new URLSearchParams(rest.join('?'));
  const dialect = dialectOf(pathname, (name) => name in headers);
  return { pathname, query, dialect, parsed: parsePreference(headers.prefer?.toString(), query) };
}

/** The reason can be long: Prism prints whole schemas. */
function mockFailed(error: unknown): Outcome {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The mock could not make an answer: ${reason.slice(0, 200)}`;
  return { kind: 'refused', refusal: { status: 500, code: 'internal_error', message } };
}
