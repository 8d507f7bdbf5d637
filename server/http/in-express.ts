import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Mount } from './app.ts';

/** A mount for handlers that need Express: pages, and whatever somebody else brings along. None at all where there are none. */
export function inExpress(handlers: readonly RequestHandler[]): readonly Mount[] {
  if (handlers.length === 0) return [];
  // A conditional request would be answered 304, which no operation documents.
  const app = express()
    .disable('etag')
    .disable('x-powered-by')
    .use(...handlers);
  // Express makes its own kind of request and response of them.
  return [(request, response, next) => void app(request as Request, response as Response, next)];
}
