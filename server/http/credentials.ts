import type { IncomingMessage } from 'node:http';

/** What a request presents to prove who sends it. */
export type Presented =
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
 * in front may keep the last: so the raw headers are counted (contract section 1; RFC 6750 section 2, one method only).
 */
export function presentedCredential(request: IncomingMessage, query: URLSearchParams): Presented {
  const authorizations = headerValues(request, (name) => name === 'authorization');
  const others = headerValues(request, (name) => OTHER_HEADERS.has(name));
  const inQuery = QUERY_CREDENTIALS.flatMap((name) => query.getAll(name));
  if (authorizations.length + others.length + inQuery.length > 1) return { kind: 'duplicate' };
  const [authorization] = authorizations;
  if (authorization === undefined) return { kind: 'none' };
  // No token has a comma: this is two header values, joined on the way here.
  if (/,\s*bearer\b/i.test(authorization)) return { kind: 'duplicate' };
  const token = BEARER.exec(authorization)?.[1];
  return token === undefined ? { kind: 'malformed' } : { kind: 'bearer', token };
}

function headerValues(request: IncomingMessage, isWanted: (name: string) => boolean): readonly string[] {
  const { rawHeaders } = request;
  return rawHeaders.filter((_, index) => index % 2 === 1 && isWanted(rawHeaders[index - 1]?.toLowerCase() ?? ''));
}
