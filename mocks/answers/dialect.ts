import type { Dialect } from './envelopes.ts';

/** The envelope that errors of this address are written in: that of the API which the caller's SDK speaks. */
export function dialectOf(pathname: string, hasHeader: (name: string) => boolean): Dialect {
  if (/^\/anthropic\/|^\/v1\/messages(\/|$)/.test(pathname)) return 'anthropic';
  if (/^\/google\//.test(pathname)) return 'gemini';
  if (pathname === '/v1/models' && hasHeader('anthropic-version')) return 'anthropic';
  if (pathname === '/v1/models' && hasHeader('x-goog-api-key')) return 'gemini';
  if (/^\/(openai|v1|rig)\//.test(pathname)) return 'openai';
  return 'control-plane';
}
