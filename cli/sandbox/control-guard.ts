import type { RequestHandler } from 'express';
import { ApiError } from '../../server/http/errors.ts';

/** Who may use the controls besides this machine, which they cannot tell by a credential: they ask for none. */
export interface Strangers {
  /** Requests that name any host. A page that has its own name resolve to this machine names that one (DNS rebinding). */
  readonly anyHost: boolean;
  /** Pages of any origin: they can make accounts, and where a provider has a real key, spend the user's money. */
  readonly anyOrigin: boolean;
}

/** Hides the controls from requests that are not known to come from this machine. */
export function controlGuard({ anyHost, anyOrigin }: Strangers): RequestHandler {
  return ({ headers: { host, origin } }, _response, next) => {
    const isHostKnown = anyHost || isLocal(`http://${host}`);
    const isOriginKnown = anyOrigin || origin === undefined || isLocal(origin);
    if (isHostKnown && isOriginKnown) return next();
    throw new ApiError('not_found', { message: 'The controls are for this machine; --open-controls opens them.' });
  };
}

function isLocal(url: string): boolean {
  return isLoopback(URL.parse(url)?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '');
}

export function isLoopback(host: string): boolean {
  return /^(.+\.)?localhost$/.test(host) || host === '::1' || /^127(\.\d+){3}$/.test(host);
}
