import type { AiUsageMetricsRange } from '../../generated/control-plane.ts';
import type { Scenario, ScenarioName } from '../../generated/scenarios.ts';
import { refusalOfAiCalls } from '../scenarios/ai-call.ts';
import { scenarioAnswer } from '../scenarios/scenario-answer.ts';
import { type Answer, MOCK_HEADER } from './answer.ts';
import { costAsSpent } from './cost.ts';
import type { DocumentedOperation, DocumentedResponse } from './documented.ts';
import type { Dialect, Refusal } from './envelopes.ts';
import type { Preference } from './preferences.ts';

export type Choice =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** No example says what the body is: it has to be made up from the schema. */
  | { readonly kind: 'made_up'; readonly code: string; readonly mediaType: string };

/** What a mock knows of a request when it chooses the answer. */
export interface Situation {
  readonly preference: Preference;
  /** Best first. */
  readonly mediaTypes: readonly string[];
  readonly dialect: Dialect;
  /** Below the base path of the API. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly scenarios: Readonly<Record<ScenarioName, Scenario>>;
}

/**
 * The answer to a request: what its preference names, or what its scenario says (a body, or why it refuses AI calls), or
 * the first example of the lowest 2xx. What the operation does not declare is refused with the list of what it does; but
 * for errors, which are made.
 */
export function choose(operation: DocumentedOperation, situation: Situation): Choice {
  const { mediaTypes, dialect } = situation;
  const preference = refusalInScenario(operation, situation) ?? situation.preference;
  const code = preference.code ?? lowestSuccess(operation);
  const response = code === undefined ? undefined : responseFor(operation, code);
  if (code === undefined || response === undefined) {
    if (/^[45]/.test(code ?? '')) return { kind: 'refused', refusal: undocumentedError(Number(code)) };
    return undeclared(operation, `This operation declares no response ${code ?? '2xx'}.`);
  }
  const status = Number(code);
  const { scenario, example, dynamic = false } = preference;
  if (scenario !== undefined && example === undefined && !dynamic && code.startsWith('2')) {
    const found = inScenario(situation.scenarios[scenario], operation, situation);
    if (found.kind === 'unknown_workspace') return refused(404, 'not_found', 'Not found.');
    if (found.kind === 'body') return answered(status, response, 'application/json', found.body);
  }
  const mediaType = mediaTypes.find((type) => response.contents.has(type)) ?? [...response.contents.keys()][0];
  if (mediaType === undefined) return { kind: 'answer', answer: { status, headers: response.headers } };
  const examples = response.contents.get(mediaType) ?? new Map<string, unknown>();
  if (example !== undefined && !examples.has(example)) {
    return undeclared(operation, `Response ${code} has no example named "${example}".`);
  }
  const name = example ?? nameFor(dialect, [...examples.keys()]);
  if (name === undefined || (dynamic && example === undefined)) return { kind: 'made_up', code, mediaType };
  return answered(status, response, mediaType, examples.get(name));
}

/** For a request that names no answer: the refusal of its scenario's AI calls, where the operation documents it. */
function refusalInScenario(
  { responses }: DocumentedOperation,
  { preference, dialect, scenarios }: Situation,
): Preference | undefined {
  const { scenario, code, example, dynamic = false } = preference;
  if (scenario === undefined || code !== undefined || example !== undefined || dynamic) return undefined;
  const refusal = refusalOfAiCalls(scenarios[scenario]);
  if (refusal === undefined) return undefined;
  const documented = [...(responses.get(refusal.code)?.contents.values() ?? [])].flatMap((names) => [...names.keys()]);
  // Where one path serves several APIs, there is an example for each, named after it.
  const name = documented.find((one) => one === refusal.example || one === `${dialect}-${refusal.example}`);
  return name === undefined ? undefined : { code: refusal.code, example: name };
}

function inScenario(scenario: Scenario, { operationId }: DocumentedOperation, { path, query }: Situation) {
  const [, workspaceId] = /^\/workspaces\/([^/]+)/.exec(path) ?? [];
  return scenarioAnswer(scenario, operationId, { workspaceId, range: rangeIn(query, scenario) });
}

function rangeIn(query: URLSearchParams, { windows }: Scenario): AiUsageMetricsRange | undefined {
  const range = query.get('range');
  return range !== null && Object.hasOwn(windows, range) ? (range as AiUsageMetricsRange) : undefined;
}

function answered(status: number, response: DocumentedResponse, mediaType: string, body: unknown): Choice {
  const headers = { ...response.headers, 'content-type': mediaType };
  return { kind: 'answer', answer: costAsSpent({ status, headers, body }) };
}

function lowestSuccess({ responses }: DocumentedOperation): string | undefined {
  return [...responses.keys()].filter((code) => /^2\d\d$/.test(code)).sort()[0];
}

/** The response of this code, of its range, or the default one (OpenAPI 3.1, Responses Object). */
function responseFor({ responses }: DocumentedOperation, code: string): DocumentedResponse | undefined {
  return responses.get(code) ?? responses.get(`${code[0]}XX`) ?? responses.get('default');
}

/** The example for the caller's API where one path serves several, each with examples named after it; else the first. */
function nameFor(dialect: Dialect, names: readonly string[]): string | undefined {
  return names.find((name) => name === dialect || name.startsWith(`${dialect}-`)) ?? names[0];
}

const WORDS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  500: ['internal_error', 'Something went wrong.'],
  502: ['bad_gateway', 'The upstream answered with nonsense.'],
  503: ['service_unavailable', 'The service is not available at the moment.'],
  504: ['gateway_timeout', 'The upstream did not answer in time.'],
};

/** An error that the operation does not declare, but that proxies, outages and jokes produce. */
function undocumentedError(status: number): Refusal {
  const [code, message] = WORDS[status] ?? [`status_${status}`, `An error with status ${status}.`];
  return { status, code, message, headers: { [MOCK_HEADER]: 'undocumented' } };
}

function undeclared({ responses }: DocumentedOperation, message: string): Choice {
  const available = Object.fromEntries(
    [...responses].map(([code, { contents }]) => [
      code,
      [...new Set([...contents.values()].flatMap((examples) => [...examples.keys()]))],
    ]),
  );
  const listed = Object.entries(available).map(([code, names]) =>
    names.length > 0 ? `${code} (${names.join(', ')})` : code,
  );
  const text = `${message} Available: ${listed.join('; ')}.`;
  return {
    kind: 'refused',
    refusal: { status: 404, code: 'example_not_found', message: text, details: { available } },
  };
}

function refused(status: number, code: string, message: string): Choice {
  return { kind: 'refused', refusal: { status, code, message } };
}
