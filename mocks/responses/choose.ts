import type { EnvelopeName } from '../../contract/error-envelopes.ts';
import type { ApiResponse, MediaType, Operation } from '../../contract/operation.ts';
import type { Scenario, ScenarioName } from '../../generated/scenarios.ts';
import type { Chaos } from './chaos.ts';
import { type Preference, STEERING_PARAMETERS } from './preferences.ts';
import { EVENT_STREAM, MOCK_HEADER, type MockResponse, type Refusal } from './response.ts';
import { unpackSeries } from './series.ts';

export type Choice =
  | { readonly kind: 'response'; readonly response: MockResponse }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** No example says what the body is: it has to be made up from the schema. */
  | { readonly kind: 'made_up'; readonly code: string; readonly mediaType: string };

/** What a mock knows of a request when it chooses the response. */
export interface MockRequest {
  readonly preference: Preference;
  /** Best first. */
  readonly mediaTypes: readonly string[];
  readonly envelope: EnvelopeName;
  /** Below the base path of the API. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly scenarios: Readonly<Record<ScenarioName, Scenario>>;
}

/** {@link chooseDocumented}, but for the calls that chaos fails: never one that names the response it wants. */
export function chooseResponse(operation: Operation, request: MockRequest, chaos?: Chaos): Choice {
  const { code, example } = request.preference;
  const failure = code === undefined && example === undefined ? chaos?.(operation) : undefined;
  if (failure === undefined) return chooseDocumented(operation, request);
  const choice = chooseDocumented(operation, { ...request, preference: { code: failure } });
  if (choice.kind !== 'response') return choice;
  const headers = { ...choice.response.headers, [MOCK_HEADER]: 'chaos' };
  return { kind: 'response', response: { ...choice.response, headers } };
}

/**
 * What the request prefers, or what its scenario says (a body, or why it refuses AI calls), or the first example of the
 * lowest 2xx. What the operation does not declare is refused with the list of what it does; but for errors, which are
 * made.
 */
function chooseDocumented(operation: Operation, request: MockRequest): Choice {
  const { mediaTypes, envelope } = request;
  const preference = scenarioRefusal(operation, request) ?? request.preference;
  const code = preference.code ?? lowestSuccess(operation);
  const documented = code === undefined ? undefined : findResponse(operation, code);
  if (code === undefined || documented === undefined) {
    if (/^[45]/.test(code ?? '')) return { kind: 'refused', refusal: undocumentedError(Number(code)) };
    return undeclared(operation, `This operation declares no response ${code ?? '2xx'}.`);
  }
  const status = Number(code);
  const { scenario, example, dynamic = false } = preference;
  if (scenario !== undefined && example === undefined && !dynamic && code.startsWith('2')) {
    const found = findRecorded(request.scenarios[scenario], operation.operationId, request.path, request.query);
    if (found.kind === 'unknown_id') return refused(404, 'not_found', 'Not found.');
    if (found.kind === 'body') return respond(status, documented, 'application/json', found.body);
  }
  const mediaType = mediaTypes.find((type) => documented.content.has(type)) ?? [...documented.content.keys()][0];
  if (mediaType === undefined) return { kind: 'response', response: { status, headers: exampleHeaders(documented) } };
  const examples = documented.content.get(mediaType)?.examples ?? new Map<string, unknown>();
  if (example !== undefined && !examples.has(example)) {
    return undeclared(operation, `Response ${code} has no example named "${example}".`);
  }
  const name = example ?? exampleFor(envelope, [...examples.keys()]);
  if (name === undefined || (dynamic && example === undefined)) return { kind: 'made_up', code, mediaType };
  return respond(status, documented, mediaType, examples.get(name));
}

type RecordedResponse =
  | { readonly kind: 'body'; readonly body: object }
  /** The scenario's account has nothing of that id. */
  | { readonly kind: 'unknown_id' }
  /** The operation responds alike in every state of the account. */
  | { readonly kind: 'independent' };

/** The body that the reference platform responds with in a scenario. No state: an update shows what the scenario has. */
export function findRecorded(
  { responses }: Scenario,
  operationId: string,
  path: string,
  query: URLSearchParams,
): RecordedResponse {
  const bodies = responses[operationId];
  if (bodies === undefined) return { kind: 'independent' };
  const own = new URLSearchParams([...query].filter(([name]) => !STEERING_PARAMETERS.has(name)));
  const body = bodies[`${path}?${own}`] ?? bodies[path];
  return body === undefined ? { kind: 'unknown_id' } : { kind: 'body', body: unpackSeries(body) };
}

/**
 * For a request that names no response: the refusal of its scenario's AI calls, where the operation documents it. A mock
 * does not know who calls: every caller counts as the scenario's first workspace.
 */
function scenarioRefusal(
  { responses }: Operation,
  { preference, envelope, scenarios }: MockRequest,
): Preference | undefined {
  const { scenario, code, example, dynamic = false } = preference;
  if (scenario === undefined || code !== undefined || example !== undefined || dynamic) return undefined;
  const refusal = scenarios[scenario].aiRefusal;
  if (refusal === null) return undefined;
  const documented = exampleNames(responses.get(refusal.code)?.content);
  // Where one path serves several APIs, there is an example for each, named after it.
  const name = documented.find((one) => one === refusal.example || one === `${apiName(envelope)}-${refusal.example}`);
  return name === undefined ? undefined : { code: refusal.code, example: name };
}

function lowestSuccess({ responses }: Operation): string | undefined {
  return [...responses.keys()].filter((code) => /^2\d\d$/.test(code)).sort()[0];
}

/** The response of this code, of its range, or the default one (OpenAPI 3.1, Responses Object). */
export function findResponse({ responses }: Operation, code: string): ApiResponse | undefined {
  return responses.get(code) ?? responses.get(`${code[0]}XX`) ?? responses.get('default');
}

/** The example for the caller's API where one path serves several, each with examples named after it; else the first. */
function exampleFor(envelope: EnvelopeName, names: readonly string[]): string | undefined {
  const api = apiName(envelope);
  return names.find((name) => name === api || name.startsWith(`${api}-`)) ?? names[0];
}

/** How names of examples spell the API. */
function apiName(envelope: EnvelopeName): string {
  return envelope === 'google' ? 'gemini' : envelope;
}

function exampleNames(content: ApiResponse['content'] = new Map<string, MediaType>()): string[] {
  return [...new Set([...content.values()].flatMap(({ examples }) => [...examples.keys()]))];
}

function respond(status: number, documented: ApiResponse, mediaType: string, body: unknown): Choice {
  const headers = { ...exampleHeaders(documented), 'content-type': mediaType };
  return { kind: 'response', response: withActualCost({ status, headers, body }) };
}

/** The headers of the response with the value of their example; those without one are left out. */
function exampleHeaders({ headers }: ApiResponse): Record<string, string> {
  const given = [...headers].filter(([, { example }]) => example !== undefined);
  return Object.fromEntries(given.map(([name, { example }]) => [name.toLowerCase(), String(example)]));
}

/**
 * The response with cost headers that agree with its body. A declared header has one example for every body: on a
 * stream, whose cost is known at its end only, the headers are left out; on another body that tells its cost they
 * repeat it.
 */
function withActualCost(response: MockResponse): MockResponse {
  const { 'x-rigbox-cost-micro': micro, 'x-rigbox-cost-credits': _credits, ...headers } = response.headers;
  if (micro === undefined) return response;
  if (headers['content-type'] === EVENT_STREAM) return { ...response, headers };
  const usage = member(response.body, 'usage') ?? member(response.body, 'usageMetadata');
  const costMicro = member(usage, 'cost_micro');
  if (typeof costMicro !== 'number') return response;
  const cost = {
    'x-rigbox-cost-micro': String(costMicro),
    'x-rigbox-cost-credits': String(member(usage, 'cost_credits') ?? costMicro / 1_000_000),
  };
  return { ...response, headers: { ...headers, ...cost } };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

const UNDOCUMENTED_ERRORS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  500: ['internal_error', 'Something went wrong.'],
  502: ['bad_gateway', 'The upstream sent a response that cannot be read.'],
  503: ['service_unavailable', 'The service is not available at the moment.'],
  504: ['gateway_timeout', 'The upstream did not respond in time.'],
};

/** An error that the operation does not declare, such as a proxy between produces in an outage. */
function undocumentedError(status: number): Refusal {
  const [code, message] = UNDOCUMENTED_ERRORS[status] ?? [`status_${status}`, `An error with status ${status}.`];
  return { status, code, message, headers: { [MOCK_HEADER]: 'undocumented' } };
}

function undeclared({ responses }: Operation, problem: string): Choice {
  const available = Object.fromEntries([...responses].map(([code, { content }]) => [code, exampleNames(content)]));
  const listed = Object.entries(available).map(([code, names]) =>
    names.length > 0 ? `${code} (${names.join(', ')})` : code,
  );
  const message = `${problem} Available: ${listed.join('; ')}.`;
  return { kind: 'refused', refusal: { status: 404, code: 'example_not_found', message, details: { available } } };
}

function refused(status: number, code: string, message: string): Choice {
  return { kind: 'refused', refusal: { status, code, message } };
}

/** The envelope that errors of this path are written in: that of the API which the caller's SDK speaks. */
export function selectEnvelope(pathname: string, hasHeader: (name: string) => boolean): EnvelopeName {
  if (/^\/anthropic\/|^\/v1\/messages(\/|$)/.test(pathname)) return 'anthropic';
  if (/^\/google\//.test(pathname)) return 'google';
  if (pathname === '/v1/models' && hasHeader('anthropic-version')) return 'anthropic';
  if (pathname === '/v1/models' && hasHeader('x-goog-api-key')) return 'google';
  if (/^\/(openai|v1|rig)\//.test(pathname)) return 'openai';
  return 'control-plane';
}
