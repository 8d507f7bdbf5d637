import type { Request, RequestHandler } from 'express';
import { parseJson, readBody } from './body.ts';
import { checkRequest } from './check-request.ts';
import type { ContractValidator } from './contract-validator.ts';
import { ApiError } from './errors.ts';
import { exchangeOf } from './exchange.ts';
import { callOf } from './handlers.ts';
import { type Authenticate, identify } from './identify.ts';
import type { RateLimits } from './rate-limits.ts';
import { createFindResource, type Finders } from './resources.ts';
import type { Route, RouteTable } from './routes.ts';
import { sendJson } from './send-json.ts';
import { listed } from './violations.ts';

export interface PipelineParts {
  readonly table: RouteTable;
  readonly validator: ContractValidator;
  readonly limits: RateLimits;
  readonly authenticate: Authenticate;
  readonly finders: Finders;
  /** By `operationId`; each takes the `Call` of its own operation. */
  readonly handlers: Readonly<Record<string, (call: never) => Promise<Answer>>>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Serves one contract. The refusals stand here in the order that the contract gives them (section 1): the first that
 * applies is the answer. What is not under the contract's base path is left to others.
 */
export function createPipeline(parts: PipelineParts): RequestHandler {
  const { table, validator, limits } = parts;
  const findResource = createFindResource(parts.finders, table.routes);

  return async (request, response, next) => {
    const { pathname, query } = targetOf(request);
    if (!`${pathname}/`.startsWith(`${table.basePath}/`)) return next();

    const { route, params } = findRoute(table, request, pathname); // 404, 405
    const account = route.isPublic ? undefined : await identify(request, query, parts); // 401
    await limits.count(route, account?.id ?? `address ${request.ip}`); // 429
    const { workspace } = await findResource(route, params, account); // 404
    const bodyText = await readBody(request, route.body); // 413, 415
    const body = bodyText === undefined ? undefined : parseJson(bodyText); // 400
    const checkedQuery = await checkRequest(validator, route, { params, query, bodyText, body }); // 400
    const answer = await handle(parts, route, callOf({ params, query: checkedQuery, body, account, workspace }));
    await assertDocumented(validator, route, answer, request); // 500
    sendJson(response, answer.status, answer.body);
  };
}

function targetOf(request: Request): { pathname: string; query: URLSearchParams } {
  const mark = request.originalUrl.indexOf('?');
  const query = new URLSearchParams(mark === -1 ? '' : request.originalUrl.slice(mark + 1));
  return { pathname: request.baseUrl + request.path, query };
}

function findRoute(table: RouteTable, request: Request, pathname: string) {
  const match = table.match(request.method, pathname);
  if (match.kind === 'unknown_path') throw new ApiError('not_found');
  if (match.kind === 'wrong_method') {
    throw new ApiError('method_not_allowed', { headers: { Allow: match.allow.join(', ') } });
  }
  exchangeOf(request).operationId = match.route.operationId;
  return match;
}

function handle({ handlers }: PipelineParts, route: Route, call: object): Promise<Answer> {
  const handler = handlers[route.operationId];
  if (handler === undefined) throw new Error(`no handler for ${route.operationId}`);
  return handler(call as never);
}

/** An answer against the contract is a fault of ours and may hold what must not get out: it is not sent. */
async function assertDocumented(
  validator: ContractValidator,
  route: Route,
  answer: Answer,
  request: Request,
): Promise<void> {
  const violations = await validator.answer(route, answer);
  if (violations.length === 0) return;
  const { log } = exchangeOf(request);
  log().error({ status: answer.status, violations: listed(violations) }, 'an answer breaks the contract');
  throw new Error(`${route.operationId} answered ${answer.status} against its contract`);
}
