import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Operation } from '../../contract/operation.ts';
import { ApiError } from './errors.ts';
import type { RateLimits } from './rate-limits.ts';
import { type Caller, requestContext } from './request-context.ts';

/** The account behind a token; undefined where the token is unknown, or none for this API. */
export type Authenticate = (token: string) => Promise<Caller | undefined>;

/**
 * Finds out who calls, unless the operation is public. Refuses with 401 `unauthorized` or `duplicate_credentials`, in the
 * same words whatever is wrong with the credential; beyond the limit for failures of one address with 429 `rate_limited`.
 */
export function authenticateCaller(authenticate: Authenticate, limits: RateLimits): RequestHandler {
  return async (request, _response, next) => {
    const context = requestContext(request);
    if (context.operation?.isPublic) return next();
    const credential = readCredential(request, context.query);
    const account = credential.kind === 'bearer' ? await authenticate(credential.token) : undefined;
    if (account === undefined) {
      await limits.countFailedAuthentication(request.ip ?? '');
      throw new ApiError(credential.kind === 'duplicate' ? 'duplicate_credentials' : 'unauthorized', {
        headers: { 'WWW-Authenticate': 'Bearer' },
      });
    }
    context.account = account;
    next();
  };
}

/** What a request presents to prove who sends it. */
export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  /** Another scheme, or not the grammar of a bearer credential. */
  | { readonly kind: 'malformed' }
  | { readonly kind: 'duplicate' };

/** RFC 6750 section 2.1: the scheme (any case), one or more blanks, one token of these characters. */
const BEARER = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/** Where other APIs look for a key. The control plane reads none of them, but a second credential is still one. */
const OTHER_HEADERS = new Set(['x-api-key', 'x-goog-api-key', 'api-key', 'proxy-authorization']);
const QUERY_CREDENTIALS = ['access_token', 'api_key', 'key'];

/**
 * Reads the credential of a request. Node keeps the first of several `Authorization` headers and drops the rest, a proxy
 * in front may keep the last: so the raw headers are counted (RFC 6750 section 2: one method only).
 */
export function readCredential(request: IncomingMessage, query: URLSearchParams): Credential {
  const authorizations: string[] = [];
  let others = 0;
  const { rawHeaders } = request;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? '';
    if (name === 'authorization') authorizations.push(rawHeaders[at + 1] ?? '');
    else if (OTHER_HEADERS.has(name)) others += 1;
  }
  const inQuery = query.size === 0 ? 0 : QUERY_CREDENTIALS.flatMap((name) => query.getAll(name)).length;
  if (authorizations.length + others + inQuery > 1) return { kind: 'duplicate' };
  const [authorization] = authorizations;
  if (authorization === undefined) return { kind: 'none' };
  // No token has a comma: this is two header values, joined on the way here.
  if (/,\s*bearer\b/i.test(authorization)) return { kind: 'duplicate' };
  const token = BEARER.exec(authorization)?.[1];
  return token === undefined ? { kind: 'malformed' } : { kind: 'bearer', token };
}

/** An id in a path and the resource that it names, as `generated/resources.ts` has them. */
export interface PathId {
  readonly parameter: string;
  readonly resource: string;
}

/** By `operationId`, in the order of the path. Operations without ids are left out. */
export type PathIds = Readonly<Record<string, readonly PathId[]>>;

/**
 * Finds what an id names, as an object that is merged into the `resources` of the handler's request:
 * `{ workspace }`. Undefined for unknown, deleted and foreign ids alike. `outer` has what the ids before it name.
 */
export type Lookup<Account, Found, Outer = unknown> = (
  account: Account,
  id: string,
  outer: Outer,
) => Promise<Found | undefined>;

/** Lookups by the name of the resource. */
export type Lookups = Readonly<Record<string, Lookup<never, object, never>>>;

interface Step {
  readonly parameter: string;
  readonly lookup: Lookup<Caller, object>;
}

/**
 * Looks up every id of a path, in order, so that an unknown outer id is refused before the inner one is read. Refuses with
 * 404 `not_found`. Public operations look up their own ids: there is no account whose they could be. Throws at start where
 * a path has an id that no lookup finds: such ids could be told apart by the responses to a bad body.
 */
export function findResources(operations: readonly Operation[], pathIds: PathIds, lookups: Lookups): RequestHandler {
  const steps = new Map(operations.map((operation) => [operation, readSteps(operation, pathIds, lookups)]));
  return async (request, _response, next) => {
    const context = requestContext(request);
    const { operation, account } = context;
    if (operation === undefined || account === undefined) return next();
    for (const { parameter, lookup } of steps.get(operation) ?? []) {
      const found = await lookup(account, String(context.params[parameter]), context.resources);
      if (found === undefined) throw new ApiError('not_found');
      context.resources = { ...context.resources, ...found };
    }
    next();
  };
}

function readSteps({ operationId, path, parameters, isPublic }: Operation, pathIds: PathIds, lookups: Lookups): Step[] {
  if (isPublic) return [];
  const ids = pathIds[operationId] ?? [];
  return parameters.flatMap((parameter): Step[] => {
    if (parameter.in !== 'path' || 'x-no-resource' in parameter) return [];
    const resource = ids.find((each) => each.parameter === parameter.name)?.resource;
    const lookup = resource === undefined ? undefined : lookups[resource];
    if (lookup === undefined) throw new Error(`no lookup finds the id {${parameter.name}} of ${path}`);
    return [{ parameter: parameter.name, lookup: lookup as unknown as Lookup<Caller, object> }];
  });
}
