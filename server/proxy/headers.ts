/** What of a request's head goes to the provider, and what of its response's head comes back. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { ProviderName } from '../money/prices.ts';
import type { Endpoint, Operation } from './apis/operation.ts';

/** Where a call goes: the parts of a URL that a request is made of. */
export interface Address {
  readonly origin: string;
  readonly path: string;
}

/** The URL of an endpoint. Its path is normalised, as URLs are. */
export function parseAddress(url: string): Address {
  const { origin, pathname: path } = new URL(url);
  return { origin, path };
}

/** `path` below a provider's base URL, which may end with a slash. */
export function urlBelow(baseUrl: string, path: string): string {
  return baseUrl.replace(/\/+$/, '') + path;
}

/**
 * What of the caller's headers a provider gets to see: no credential, no cookie, and not whose account to bill. Of the trace
 * context only the ids: applications put their users' names into `baggage`, which is for services of their own.
 */
const FORWARDED = [
  'accept',
  'accept-language',
  'user-agent',
  'anthropic-version',
  'anthropic-beta',
  'openai-beta',
  'x-goog-api-client',
  'http-referer',
  'x-title',
  'traceparent',
  'tracestate',
];
const DEFAULT_ANTHROPIC_VERSION = '2023-06-01';

/** The headers of the request to the provider. Identity encoding: in a compressed response the usage cannot be seen. */
export function requestHeaders(
  request: IncomingMessage,
  provider: ProviderName,
  endpoint: Endpoint,
  key: string,
): Record<string, string> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  for (const name of FORWARDED) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  if (request.method === 'POST') headers['content-type'] = 'application/json';
  if (provider === 'anthropic' && endpoint.dialect === 'native') {
    headers['anthropic-version'] ??= DEFAULT_ANTHROPIC_VERSION;
    headers['x-api-key'] = key;
  } else if (provider === 'google' && endpoint.dialect === 'native') {
    headers['x-goog-api-key'] = key;
  } else {
    headers.authorization = `Bearer ${key}`;
  }
  return headers;
}

/** The query for the provider: what the operation knows, and nothing else; `?key=` above all. */
export function requestQuery(url: string, { queryParameters }: Pick<Operation, 'queryParameters'>): string {
  if (queryParameters.length === 0) return '';
  const given = new URLSearchParams(url.split('?')[1] ?? '');
  const kept = new URLSearchParams();
  for (const parameter of queryParameters) {
    const [name = '', only] = parameter.split('=');
    const value = given.get(name);
    if (value !== null && (only === undefined || value === only)) kept.set(name, value);
  }
  const query = kept.toString();
  return query === '' ? '' : `?${query}`;
}

/** Whether a body is compressed, or written in another way than its type says. Coding names know no case. */
export function isEncoded({ 'content-encoding': coding = '' }: IncomingHttpHeaders): boolean {
  return !/^\s*(?:identity)?\s*$/i.test(coding);
}

/** What of a provider's headers the caller gets to see: nothing about the platform's account, limits or cookies. */
const RETURNED = new Set([
  'content-type',
  'content-language',
  'retry-after',
  'retry-after-ms',
  'x-should-retry',
  'openai-processing-ms',
  'openai-version',
  'openai-model',
]);

/** A workspace that pays its provider itself may see how much of its own limits is left. */
const OWN_LIMITS = /^(?:x|anthropic)-ratelimit-/;

/** The headers for the caller. A value with the provider's key in it is dropped, whatever its name. */
export function responseHeaders(
  upstream: IncomingHttpHeaders,
  isOwnKey: boolean,
  carriesKey: (text: string) => boolean,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(upstream)) {
    if (typeof value !== 'string') continue;
    if (!RETURNED.has(name) && !(isOwnKey && OWN_LIMITS.test(name))) continue;
    if (!carriesKey(value)) headers[name] = value;
  }
  return headers;
}

/** W3C Trace Context: version, trace, parent and flags. All zeros are no ids, and ff is no version. */
const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-|$)/;

/** The trace that a call belongs to, by its `traceparent` header; undefined where it has none that is valid. */
export function readTraceId(traceparent: string | string[] | undefined): string | undefined {
  return typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
}
