import type { RequestHandler } from 'express';
import { readOperations } from '../../contract/operation.ts';
import { controlPlaneDocument, managedProxyDocument, sandboxDocument } from '../../generated/bundles.ts';
import { exposedHeaders, isPreflight, originHeaders, preflightHeaders } from '../../mocks/responses/cors.ts';
import { ApiError } from '../../server/http/errors.ts';

/** Lets pages of any origin call the sandbox, as they may call the mock: a front-end is served where it is developed. */
export function crossOrigin(): RequestHandler {
  const exposed = exposedHeaders([controlPlaneDocument, managedProxyDocument, sandboxDocument].flatMap(readOperations));
  return (request, response, next) => {
    response.set({ 'access-control-expose-headers': exposed, ...originHeaders(request.headers) });
    if (!isPreflight(request.method, request.headers)) return next();
    response.writeHead(204, preflightHeaders(request.headers)).end();
  };
}

/** Which requests may use the controls beside those of this machine. The controls ask for no credential. */
export interface ControlAccess {
  /** Requests that name any host. A page whose own name resolves to this machine sends that name (DNS rebinding). */
  readonly anyHost: boolean;
  /** Pages of any origin: these can make accounts and, where a provider has a real key, spend the user's money. */
  readonly anyOrigin: boolean;
}

/** Hides the controls from requests that are not known to come from this machine. */
export function controlGuard({ anyHost, anyOrigin }: ControlAccess): RequestHandler {
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
