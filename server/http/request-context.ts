import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { Operation } from '../../contract/operation.ts';
import type { Violation } from '../../contract/violations.ts';
import type { Logger } from './log.ts';

/** Header in which a request id is accepted, and always sent back. */
const REQUEST_ID_HEADER = 'X-Request-Id';

/** Who calls, as far as this folder needs to know it. */
export interface Caller {
  readonly id: string;
}

/** What is known of a request while it is served. Each step of the pipeline adds what it finds. */
export interface RequestContext {
  readonly requestId: string;
  /** As it came. HEAD is served as GET. */
  readonly method: string;
  /** Writes the request id with every line. Made when it is needed, which is seldom: making it is slow. */
  log(): Logger;
  operation?: Operation;
  /** The ids of the path, and after validation in the types of the contract. */
  params: Readonly<Record<string, unknown>>;
  /** As it came; after validation `validQuery` has it in the types of the contract, with its defaults. */
  query: URLSearchParams;
  validQuery: Readonly<Record<string, unknown>>;
  /** Undefined where the operation is public. */
  account?: Caller;
  /** What the ids of the path name. */
  resources: Readonly<Record<string, unknown>>;
  /** Undefined where there is none. */
  body: unknown;
  /** What is wrong with the request and is found outside of its schema. */
  violations: readonly Violation[];
}

const CONTEXT = Symbol('request context');

/** Not a key of a WeakMap: V8 would keep every request, and all it refers to, until a full collection. */
interface Carrier extends IncomingMessage {
  [CONTEXT]?: RequestContext;
}

/** The context that `openContext` made. Throws outside of it: a fault of the wiring. */
export function requestContext(request: Carrier): RequestContext {
  const context = request[CONTEXT];
  if (context === undefined) throw new Error('openContext must come before everything else');
  return context;
}

/** Gives the request an id, sends it back, and writes one line to the log when the response is out or the caller is gone. */
export function openContext(logger: Logger, { accessLog }: { readonly accessLog: boolean }): RequestHandler {
  return (request: Request & Carrier, response, next) => {
    const startedAt = performance.now();
    const requestId = chooseRequestId(request);
    const context: RequestContext = {
      requestId,
      method: request.method,
      log: () => logger.child({ request_id: requestId }),
      params: NOTHING,
      query: NO_QUERY,
      validQuery: NOTHING,
      resources: NOTHING,
      body: undefined,
      violations: NO_VIOLATIONS,
    };
    request[CONTEXT] = context;
    response.setHeader(REQUEST_ID_HEADER, requestId);
    if (accessLog) {
      response.once('close', () => logger.info(accessLine(request, response, context, startedAt), 'request'));
    }
    next();
  };
}

const NOTHING = {};
const NO_QUERY = new URLSearchParams();
const NO_VIOLATIONS: readonly Violation[] = [];

/** Short and of harmless characters: it goes into a header and into the log. */
const SAFE_ID = /^[\w.:-]{1,128}$/;

/** The caller's own id where it is safe, so that one id follows a call through several services; else a new one. */
function chooseRequestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SAFE_ID.test(given) ? given : randomUUID();
}

function accessLine(request: Request, response: Response, context: RequestContext, startedAt: number): object {
  return {
    request_id: context.requestId,
    method: context.method,
    // Without the query: people put keys there.
    path: request.originalUrl.split('?', 1)[0],
    operation: context.operation?.operationId,
    account_id: context.account?.id,
    status: response.headersSent ? response.statusCode : undefined,
    duration_ms: Math.round((performance.now() - startedAt) * 10) / 10,
    aborted: response.writableFinished ? undefined : true,
  };
}
