import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from './log.ts';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.ts';

/** What is known of a request while it is answered, for the log. */
export interface Exchange {
  readonly requestId: string;
  /** Writes the request id with every line. Made when something is to be said, which is seldom: making it is dear. */
  log(): Logger;
  accountId?: string;
  operationId?: string;
}

const EXCHANGE = Symbol('exchange');

/** Not a key of a WeakMap: V8 would keep every request, and all it refers to, until a full collection. */
interface Carrier extends IncomingMessage {
  [EXCHANGE]?: Exchange;
}

/** The exchange that `openExchange` opened. Throws outside of one: a fault of the wiring. */
export function exchangeOf(request: Carrier): Exchange {
  const exchange = request[EXCHANGE];
  if (exchange === undefined) throw new Error('openExchange must come before everything else');
  return exchange;
}

/** Gives the request its id, answers it, and writes one line to the log when the answer is out or the caller is gone. */
export function openExchange(logger: Logger, { accessLog }: { readonly accessLog: boolean }): RequestHandler {
  return (request: Request & Carrier, response, next) => {
    const startedAt = performance.now();
    const requestId = requestIdOf(request);
    const exchange: Exchange = { requestId, log: () => logger.child({ request_id: requestId }) };
    request[EXCHANGE] = exchange;
    response.setHeader(REQUEST_ID_HEADER, requestId);
    if (accessLog) response.once('close', () => logger.info(lineOf(request, response, exchange, startedAt), 'request'));
    next();
  };
}

function lineOf(request: Request, response: Response, exchange: Exchange, startedAt: number): object {
  return {
    request_id: exchange.requestId,
    method: request.method,
    // Without the query: people put keys there.
    path: request.originalUrl.split('?', 1)[0],
    operation: exchange.operationId,
    account_id: exchange.accountId,
    status: response.headersSent ? response.statusCode : undefined,
    duration_ms: Math.round((performance.now() - startedAt) * 10) / 10,
    aborted: response.writableFinished ? undefined : true,
  };
}
