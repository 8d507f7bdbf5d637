import type { IncomingHttpHeaders } from 'node:http';

/** The credential that the bare proxies send instead of their caller's. */
export const PROVIDER_KEY = 'sk-proj-V3dJ9hTq2LmX8sRa0YbN';

/** RFC 9110 section 7.6.1, and what the other side is to say anew. */
const NOT_FORWARDED = new Set(
  'connection host keep-alive proxy-authorization proxy-connection te trailer transfer-encoding upgrade'.split(' '),
);

/** The headers that a bare proxy passes on. */
export function forwarded(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_FORWARDED.has(name)));
}
