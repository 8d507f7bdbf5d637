import express, { type Request, type RequestHandler, type Response } from 'express';
import type { ApiDocument } from '../../contract/document.ts';
import type { Operation } from '../../contract/operation.ts';
import { createRouteTable, type RouteTable } from '../../contract/route-table.ts';
import { type Authenticate, authenticateCaller, findResources, type Lookups, type PathIds } from './authenticate.ts';
import { readJsonBody } from './body.ts';
import { ApiError } from './errors.ts';
import { countRequest, type RateLimits, unlimited } from './rate-limits.ts';
import { type RequestContext, requestContext } from './request-context.ts';
import { type ApiResponse, findUndocumented, sendApiResponse } from './respond.ts';
import {
  checkQuery,
  createValidation,
  explainValidation,
  prepareForValidation,
  takesInput,
  takeValidated,
  type ValidationOptions,
} from './validation.ts';

export interface ApiRouterParts extends ValidationOptions {
  readonly document: ApiDocument;
  readonly limits: RateLimits;
  readonly authenticate: Authenticate;
  readonly pathIds: PathIds;
  readonly lookups: Lookups;
  /** By `operationId`; each takes the request of its own operation. */
  readonly handlers: Readonly<Record<string, (request: never) => Promise<ApiResponse>>>;
}

/**
 * The validator looks at its paths one after the other, and each validator takes a twentieth of a second to make. So one
 * serves a few neighbouring operations, and no request pays for the width of the contract.
 */
const MOST_OPERATIONS_A_VALIDATOR = 12;

/**
 * Serves one contract. The steps stand here in the order in which the contract refuses: the first refusal that applies is
 * the response. What is not below the base path of the contract is left to others. Rejects on a document that does not
 * compile, an operation without a handler, and an id in a path without a lookup.
 */
export async function createApiRouter(parts: ApiRouterParts): Promise<RequestHandler> {
  const table = createRouteTable(parts.document);
  const { operations } = table;
  const admission = [
    authenticateCaller(parts.authenticate, parts.limits), // 401
    ...(parts.limits === unlimited ? [] : [countRequest(parts.limits)]), // 429
  ];
  const reading = [
    findResources(operations, parts.pathIds, parts.lookups), // 404
    readJsonBody, // 413, 415, 400
  ];
  const handle = handleOperation(operations, parts);
  const handlers = new Map<Operation, RequestHandler>();
  for (const { operations: group, isValidated } of groupOperations(operations, parts)) {
    const serve = isValidated
      ? express
          .Router()
          .use(chain([...admission, ...reading, prepareForValidation]))
          .use(await createValidation(parts.document, group, parts)) // 400
          .use(handle, explainValidation) // 500
      : chain([...admission, checkQuery, handle]); // 400
    for (const operation of group) handlers.set(operation, serve);
  }
  return (request, response, next) => {
    const operation = findOperation(table, request); // 404, 405
    if (operation === undefined) return next();
    handlers.get(operation)?.(request, response, next);
  };
}

/** Runs handlers in their order, as a router of Express does, but without matching a path for each of them. */
function chain(handlers: readonly RequestHandler[]): RequestHandler {
  return (request, response, next) => {
    let done = 0;
    function proceed(error?: unknown): void {
      const handler = error === undefined ? handlers[done] : undefined;
      done += 1;
      try {
        const running: unknown = handler === undefined ? next(error) : handler(request, response, proceed);
        if (running instanceof Promise) running.catch(next);
      } catch (thrown) {
        next(thrown);
      }
    }
    proceed();
  };
}

/** The operation of a request; undefined outside of the base path. Refuses with 404 and 405. */
function findOperation(table: RouteTable, request: Request): Operation | undefined {
  const pathname = request.baseUrl + request.path;
  if (!`${pathname}/`.startsWith(`${table.basePath}/`)) return undefined;
  const match = table.match(request.method, pathname);
  if (match.kind === 'unknown_path') throw new ApiError('not_found');
  if (match.kind === 'wrong_method') {
    throw new ApiError('method_not_allowed', { headers: { Allow: match.allow.join(', ') } });
  }
  const context = requestContext(request);
  context.operation = match.operation;
  context.params = match.params;
  const { originalUrl } = request;
  const mark = originalUrl.indexOf('?');
  if (mark !== -1) context.query = new URLSearchParams(originalUrl.slice(mark + 1));
  // A target in absolute form (RFC 9112 section 3.2.2): the validator matches paths.
  if (!originalUrl.startsWith('/')) request.originalUrl = pathname + (mark === -1 ? '' : originalUrl.slice(mark));
  return match.operation;
}

interface Group {
  readonly operations: readonly Operation[];
  readonly isValidated: boolean;
}

function groupOperations(operations: readonly Operation[], { validateResponses }: ValidationOptions): Group[] {
  const isValidated = (operation: Operation) => validateResponses || takesInput(operation);
  // Without a parameter, there is no id to look up either.
  const groups: Group[] = [{ operations: operations.filter((each) => !isValidated(each)), isValidated: false }];
  const validated = operations.filter(isValidated);
  for (let at = 0; at < validated.length; at += MOST_OPERATIONS_A_VALIDATOR) {
    groups.push({ operations: validated.slice(at, at + MOST_OPERATIONS_A_VALIDATOR), isValidated: true });
  }
  return groups;
}

function handleOperation(
  operations: readonly Operation[],
  { handlers, validateResponses }: Pick<ApiRouterParts, 'handlers' | 'validateResponses'>,
): RequestHandler {
  const missing = operations.find(({ operationId }) => handlers[operationId] === undefined);
  if (missing !== undefined) throw new Error(`no handler for ${missing.operationId}`);
  return async (request, response) => {
    const context = requestContext(request);
    const { operation } = context;
    const handler = operation && handlers[operation.operationId];
    if (operation === undefined || handler === undefined) throw new Error('the request was not routed');
    takeValidated(request, operation, context);
    const given = await handler(new PassedRequest(context, response) as never);
    const undocumented = validateResponses ? findUndocumented(operation, given) : undefined;
    if (undocumented !== undefined) throw new Error(`${operation.operationId}: ${undocumented}`);
    await sendApiResponse(response, given, context);
  };
}

/** A class, because V8 keeps every object literal that has a getter, and all it refers to, until a full collection. */
class PassedRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly resources: unknown;
  readonly #account: unknown;
  readonly #response: Response;
  #abort: AbortController | undefined;

  constructor({ params, validQuery, body, resources, account }: RequestContext, response: Response) {
    this.params = params;
    this.query = validQuery;
    this.body = body;
    this.resources = resources;
    this.#account = account;
    this.#response = response;
  }

  get account(): unknown {
    if (this.#account === undefined) throw new Error('a public operation has no account, and its handler asks for it');
    return this.#account;
  }

  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      const abort = new AbortController();
      this.#abort = abort;
      const response = this.#response;
      if (response.destroyed) abort.abort();
      response.once('close', () => {
        if (!response.writableFinished) abort.abort();
      });
    }
    return this.#abort.signal;
  }
}
