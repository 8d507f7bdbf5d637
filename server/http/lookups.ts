import type { RequestHandler } from 'express';
import type { Operation } from '../../contract/operation.ts';
import { ApiError } from './errors.ts';
import { type Caller, requestContext } from './request-context.ts';

/** An id in a path and the resource that it names, as `generated/resources.ts` has them. */
export interface PathId {
  readonly parameter: string;
  readonly resource: string;
}

/** By `operationId`, in the order of the path. Operations without ids are left out. */
export type PathIds = Readonly<Record<string, readonly PathId[]>>;

/**
 * Finds what an id names, as an object that is merged into the `resources` of the handler's request:
 * `{ workspace }`. Undefined for unknown, deleted and foreign ids alike. `outer` has what the ids before it name.
 */
export type Lookup<Account, Found, Outer = unknown> = (
  account: Account,
  id: string,
  outer: Outer,
) => Promise<Found | undefined>;

/** Lookups by the name of the resource. */
export type Lookups = Readonly<Record<string, Lookup<never, object, never>>>;

interface Step {
  readonly parameter: string;
  readonly lookup: Lookup<Caller, object>;
}

/**
 * Looks up every id of a path, in order, so that an unknown outer id is refused before the inner one is read. Refuses with
 * 404 `not_found`. Public operations look up their own ids: there is no account whose they could be. Throws at start where
 * a path has an id that no lookup finds: such ids could be told apart by the responses to a bad body.
 */
export function findResources(operations: readonly Operation[], pathIds: PathIds, lookups: Lookups): RequestHandler {
  const steps = new Map(operations.map((operation) => [operation, readSteps(operation, pathIds, lookups)]));
  return async (request, _response, next) => {
    const context = requestContext(request);
    const { operation, account } = context;
    if (operation === undefined || account === undefined) return next();
    for (const { parameter, lookup } of steps.get(operation) ?? []) {
      const found = await lookup(account, String(context.params[parameter]), context.resources);
      if (found === undefined) throw new ApiError('not_found');
      context.resources = { ...context.resources, ...found };
    }
    next();
  };
}

function readSteps({ operationId, path, parameters, isPublic }: Operation, pathIds: PathIds, lookups: Lookups): Step[] {
  if (isPublic) return [];
  const ids = pathIds[operationId] ?? [];
  return parameters.flatMap((parameter): Step[] => {
    if (parameter.in !== 'path' || 'x-no-resource' in parameter) return [];
    const resource = ids.find((each) => each.parameter === parameter.name)?.resource;
    const lookup = resource === undefined ? undefined : lookups[resource];
    if (lookup === undefined) throw new Error(`no lookup finds the id {${parameter.name}} of ${path}`);
    return [{ parameter: parameter.name, lookup: lookup as unknown as Lookup<Caller, object> }];
  });
}
