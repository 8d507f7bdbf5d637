import type { IncomingHttpHeaders } from 'node:http';
import type { Operation } from '../../contract/operation.ts';

/** On every response, and declared by none. */
const REQUEST_ID = 'x-request-id';

/** Names of all headers that a response may carry: a page's script sees no other. */
export function exposedHeaders(operations: readonly Operation[], more: readonly string[] = []): string {
  const responses = operations.flatMap((operation) => [...operation.responses.values()]);
  const declared = responses.flatMap(({ headers }) => [...headers.keys()].map((name) => name.toLowerCase()));
  return [...new Set([REQUEST_ID, ...more, ...declared])].sort().join(', ');
}

/** Whether the request is a browser's question before a cross-origin request (Fetch standard, CORS-preflight). */
export function isPreflight(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  return method === 'OPTIONS' && 'origin' in headers && 'access-control-request-method' in headers;
}

/** The response to a preflight: what is asked for is allowed, so that the request itself gets the readable error. */
export function preflightHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const asked = headers['access-control-request-headers'];
  return {
    'access-control-allow-methods': String(headers['access-control-request-method']),
    ...(asked !== undefined && { 'access-control-allow-headers': asked }),
    ...('access-control-request-private-network' in headers && { 'access-control-allow-private-network': 'true' }),
    'access-control-max-age': '600',
    vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
  };
}

/** On every response to a page. Any origin may read it: neither the mock nor the sandbox holds a secret of its user. */
export function originHeaders({ origin }: IncomingHttpHeaders): Record<string, string> {
  if (origin === undefined) return {};
  return { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: 'Origin' };
}
