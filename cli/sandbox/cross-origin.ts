import type { RequestHandler } from 'express';
import { readOperations } from '../../contract/operation.ts';
import { controlPlaneDocument, managedProxyDocument, sandboxDocument } from '../../generated/bundles.ts';
import { exposedHeaders, isPreflight, originHeaders, preflightHeaders } from '../../mocks/responses/cors.ts';

/** Lets pages of any origin call the sandbox, as they may call the mock: a front-end is served where it is developed. */
export function crossOrigin(): RequestHandler {
  const exposed = exposedHeaders([controlPlaneDocument, managedProxyDocument, sandboxDocument].flatMap(readOperations));
  return (request, response, next) => {
    response.set({ 'access-control-expose-headers': exposed, ...originHeaders(request.headers) });
    if (!isPreflight(request.method, request.headers)) return next();
    response.writeHead(204, preflightHeaders(request.headers)).end();
  };
}
