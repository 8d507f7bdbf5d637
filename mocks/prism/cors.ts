import type { IncomingHttpHeaders } from 'node:http';
import { MOCK_HEADER } from '../answers/answer.ts';
import type { Contract } from './operations.ts';

/** Headers of the mock's own answers that no response of the contract needs to declare. */
const OWN_HEADERS = ['allow', 'retry-after', 'www-authenticate', 'x-request-id', MOCK_HEADER];

/** Names of all headers that an answer may carry: a page's script sees no other. */
export function exposedHeaders(contracts: readonly Contract[]): string {
  const responses = contracts.flatMap(({ operations }) => operations.flatMap(({ prism }) => prism.responses));
  const declared = responses.flatMap(({ headers = [] }) => headers.map(({ name }) => name.toLowerCase()));
  return [...new Set([...OWN_HEADERS, ...declared])].sort().join(', ');
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

/** What every answer to a page carries. Any origin may read it: the mock keeps nothing and knows no secret. */
export function originHeaders({ origin }: IncomingHttpHeaders): Record<string, string> {
  if (origin === undefined) return {};
  return { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: 'Origin' };
}
