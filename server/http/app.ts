import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { ApiError, refusal } from './errors.ts';
import { exchangeOf, openExchange } from './exchange.ts';
import type { Logger } from './log.ts';
import { sendJson } from './send-json.ts';

export interface AppOptions {
  readonly logger: Logger;
  /** Routers, asked in this order; a request that none of them answers is a 404. */
  readonly mounts: readonly RequestHandler[];
  /** Write a line for every request. Default true; false where what is mounted keeps a log of its own. */
  readonly accessLog?: boolean;
}

/**
 * The frame around everything that is served: request id and access log, security headers, and the contract's envelope
 * for whatever goes wrong. Nothing leaves it as HTML or with a stack.
 */
export function createApp({ logger, mounts, accessLog = true }: AppOptions): Express {
  const app = express();
  // A conditional request would be answered 304, which no operation documents.
  app.disable('etag').disable('x-powered-by');
  app.use(openExchange(logger, { accessLog }), setSecurityHeaders, ...mounts, unknownPath, answerError);
  return app;
}

/**
 * Helmet's own, but for the one that has browsers ask for pages by https: whether there is any is not for us to know. Read
 * once, because they are the same in every answer.
 */
const SECURITY_HEADERS = headersSetBy(
  helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }),
);

function headersSetBy(middleware: ReturnType<typeof helmet>): readonly [string, string][] {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  middleware(request, response, () => {});
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}

const setSecurityHeaders: RequestHandler = (_request, response, next) => {
  for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value);
  next();
};

const unknownPath: RequestHandler = () => {
  throw new ApiError('not_found');
};

const answerError: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  const { log, requestId } = exchangeOf(request);
  // The caller has left, which is what failed: nobody is there to hear of it, and nothing is wrong here.
  if (response.destroyed) return log().debug({ err: error }, 'the caller left');
  if (response.headersSent) {
    log().error({ err: error }, 'failed in the middle of an answer');
    return void request.socket.destroy();
  }
  if (error instanceof ApiError) {
    const { status, body } = refusal(error.code, error);
    return sendJson(response.set(error.headers), status, body);
  }
  if (isClientError(error)) return sendJson(response, ...answerOf('not_found'));
  log().error({ err: error }, 'unexpected error');
  return sendJson(response, ...answerOf('internal_error', { request_id: requestId }));
};

function answerOf(code: 'not_found' | 'internal_error', details?: unknown): [number, unknown] {
  const { status, body } = refusal(code, { details });
  return [status, body];
}

/** What a mounted file server throws at a path it does not like. */
function isClientError(error: unknown): boolean {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500;
}
