import type { IncomingHttpHeaders } from 'node:http';
import type { DocumentedOperation } from './documented.ts';

/** On every answer, and declared by none. */
const REQUEST_ID = 'x-request-id';

/** Names of all headers that an answer may carry: a page's script sees no other. */
export function exposedHeaders(operations: readonly DocumentedOperation[], more: readonly string[] = []): string {
  const responses = operations.flatMap((operation) => [...operation.responses.values()]);
  const declared = responses.flatMap(({ headers }) => Object.keys(headers));
  return [...new Set([REQUEST_ID, ...more, ...declared])].sort().join(', ');
}

/** Whether the request is a browser's question before a cross-origin request (Fetch standard, CORS-preflight). */
export function isPreflight(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  return method === 'OPTIONS' && 'origin' in headers && 'access-control-request-method' in headers;
}

/** The answer to a preflight: what is asked for is allowed, so that the request itself gets the readable error. */
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

/** What every answer to a page carries. Any origin may read it: neither mock nor sandbox knows a secret worth keeping. */
export function originHeaders({ origin }: IncomingHttpHeaders): Record<string, string> {
  if (origin === undefined) return {};
  return { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: 'Origin' };
}
