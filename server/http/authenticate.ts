import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
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
