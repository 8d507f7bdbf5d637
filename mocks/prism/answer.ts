import type { IncomingMessage } from 'node:http';
import type { Answer } from '../answers/answer.ts';
import type { Chaos } from '../answers/chaos.ts';
import type { Situation } from '../answers/choose.ts';
import { decide } from '../answers/decide.ts';
import type { Dialect, Refusal } from '../answers/envelopes.ts';
import { wantedMediaTypes } from '../answers/event-stream.ts';
import type { Parsed, Preference } from '../answers/preferences.ts';
import type { Engine, PrismRequest } from './engine.ts';
import { type Contract, findRoute, type Route } from './operations.ts';
import { readBody } from './request-body.ts';
import { queryViolations, violationsOf } from './violations.ts';

export type Outcome = { kind: 'answer'; answer: Answer } | { kind: 'refused'; refusal: Refusal };

/** Where a request goes, and whose API the caller speaks. */
export interface Target {
  /** As it came: still percent-encoded. */
  readonly pathname: string;
  readonly query: URLSearchParams;
  readonly dialect: Dialect;
  /** What the caller prefers, or why that cannot be read. */
  readonly parsed: Parsed;
}

/** What answers are made from. */
export interface Ground {
  readonly contracts: readonly Contract[];
  readonly engine: Engine;
  readonly scenarios: Situation['scenarios'];
  /** What holds where a request prefers nothing else. */
  readonly defaults: Preference;
  readonly chaos?: Chaos | undefined;
}

type Found = Extract<Route, { kind: 'found' }>;

const MEBIBYTE = 1024 ** 2;

/** Largest request body: 1 MiB on the control plane (contract section 1); prompts with images are larger. */
function bodyLimitBytes({ api }: Contract): number {
  return api === 'control-plane' ? MEBIBYTE : 32 * MEBIBYTE;
}

/**
 * Answers a request from the contract, with refusals in the contract's order (section 1): path, method, credential,
 * body size, content type, body and parameters. Only a request that passes them all can choose its answer.
 */
export async function answer(ground: Ground, request: IncomingMessage, target: Target): Promise<Outcome> {
  const contract = ground.contracts.find(({ basePath }) => target.pathname.startsWith(`${basePath}/`));
  const route = contract && findRoute(contract, request.method ?? 'GET', target.pathname);
  if (!contract || !route || route.kind === 'unknown_path') return refused(404, 'not_found', 'Not found.');
  if (route.kind === 'wrong_method') {
    const headers = { allow: route.allow.join(', ') };
    return refused(405, 'method_not_allowed', 'This path does not have that method.', { headers });
  }
  return answerOperation(ground, request, target, contract, route);
}

async function answerOperation(
  ground: Ground,
  request: IncomingMessage,
  target: Target,
  contract: Contract,
  { operation, path }: Found,
): Promise<Outcome> {
  const { engine } = ground;
  const { prism } = operation;
  const bodiless = prismRequest(request, target, prism.method, path);
  if ((await engine.checkCredentials(prism, bodiless)).length > 0) {
    return refused(401, 'unauthorized', 'A credential is required.', { headers: { 'www-authenticate': 'Bearer' } });
  }

  const body = await readBody(request, prism, bodyLimitBytes(contract));
  if (body.kind === 'refused') return body;
  const asked = body.kind === 'parsed' ? { ...bodiless, body: body.value } : bodiless;
  const violations = [
    ...violationsOf(await engine.checkInput(prism, asked)),
    ...(queryIsClosed(contract, path) ? queryViolations(prism, target.query) : []),
  ];
  const [first] = violations;
  if (first) {
    const message = `The request is not valid: ${[first.in, first.pointer].join(' ').trim()}: ${first.message}`;
    return refused(400, 'invalid_request', message, { details: violations });
  }
  if (target.parsed.kind === 'refused') return target.parsed;
  const preference = { ...ground.defaults, ...target.parsed.preference };
  const mediaTypes = wantedMediaTypes(target.query, request.headers.accept, asked.body);
  const situation = { ...target, path, preference, mediaTypes, scenarios: ground.scenarios };
  const choice = decide(operation.documented, situation, ground.chaos);
  if (choice.kind !== 'made_up') return choice;
  const { dynamic, seed } = preference;
  return { kind: 'answer', answer: await engine.makeUp(prism, asked, { ...choice, dynamic, seed }) };
}

/** Query parameters of a provider's API pass through the proxy like its bodies; only the proxy's own are known here. */
function queryIsClosed({ api }: Contract, path: string): boolean {
  return api === 'control-plane' || path.startsWith('/rig/');
}

function prismRequest(request: IncomingMessage, { query }: Target, method: string, path: string): PrismRequest {
  const values = [...new Set(query.keys())].map((name) => [name, oneOrMany(query.getAll(name))]);
  // Media type and length are judged here; told of them, Prism would judge them again, and differently.
  const { 'content-type': _type, 'content-length': _length, ...rest } = request.headers;
  const headers = Object.entries(rest).map(([name, value]) => [name, String(value)]);
  return {
    method: method as PrismRequest['method'],
    url: { path, query: Object.fromEntries(values) },
    headers: Object.fromEntries(headers),
  };
}

function oneOrMany(values: string[]): string | string[] {
  return values.length === 1 ? values.join() : values;
}

function refused(status: number, code: string, message: string, more?: Pick<Refusal, 'details' | 'headers'>): Outcome {
  return { kind: 'refused', refusal: { status, code, message, ...more } };
}
