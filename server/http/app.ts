import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { ApiError, refusal } from './errors.ts';
import type { Logger } from './log.ts';
import { openContext, requestContext } from './request-context.ts';
import { json, sendJson, setSecurityHeaders } from './respond.ts';

export interface AppOptions {
  readonly logger: Logger;
  /** Routers, in this order; a request that none of them serves is a 404. */
  readonly mounts: readonly RequestHandler[];
  /** Write a line for every request. Default true; false where what is mounted keeps a log of its own. */
  readonly accessLog?: boolean;
}

/**
 * The frame around everything that is served: request id and access log, security headers, and the contract's envelope
 * for every error. No error leaves it as HTML or with a stack.
 */
export function createApp({ logger, mounts, accessLog = true }: AppOptions): Express {
  const app = express();
  // A conditional request would be answered 304, which no operation documents.
  app.disable('etag').disable('x-powered-by');
  // As the route table matches: the validator reads them.
  app.enable('strict routing').enable('case sensitive routing');
  app.response.json = json;
  app.use(openContext(logger, { accessLog }), setSecurityHeaders, ...mounts, unknownPath, sendError);
  return app;
}

const unknownPath: RequestHandler = () => {
  throw new ApiError('not_found');
};

const sendError: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  const { log, requestId } = requestContext(request);
  // The caller has left, and that is what failed.
  if (response.destroyed) return log().debug({ err: error }, 'the caller left');
  if (response.headersSent) {
    log().error({ err: error }, 'failed in the middle of a response');
    return void request.socket.destroy();
  }
  if (error instanceof ApiError) {
    const { status, body } = refusal(error.code, error);
    return sendJson(response.status(status).set(error.headers), body);
  }
  if (isClientError(error)) return sendJson(response.status(404), refusal('not_found').body);
  log().error({ err: error }, 'unexpected error');
  const { status, body } = refusal('internal_error', { details: { request_id: requestId } });
  sendJson(response.status(status), body);
};

/** What a mounted file server throws at a path that it does not like. */
function isClientError(error: unknown): boolean {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500;
}
