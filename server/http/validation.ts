import { createServer, request as httpRequest } from 'node:http';
import { duplexPair } from 'node:stream';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { error as eovErrors, middleware as openApiValidator } from 'express-openapi-validator';
import type { OpenApiRequest, OpenApiValidatorOpts } from 'express-openapi-validator/dist/framework/types.js';
import { type ApiDocument, type Components, readBasePath } from '../../contract/document.ts';
import type { Operation } from '../../contract/operation.ts';
import { allowedTypes } from '../../contract/schema.ts';
import { distinctViolations, queryViolations, type Violation } from '../../contract/violations.ts';
import { ApiError } from './errors.ts';
import { type RequestContext, requestContext } from './request-context.ts';
import { BODY_MISSING, toViolations } from './violations.ts';

export interface ValidationOptions {
  /** Hold what handlers return against the contract too, and respond 500 where it breaks it. */
  readonly validateResponses: boolean;
}

/** Whether a request to the operation has a parameter or a body that can be wrong. */
export function takesInput({ parameters, body }: Operation): boolean {
  return parameters.length > 0 || body !== undefined;
}

/**
 * express-openapi-validator for some operations of a document, as middleware behind the steps that read the request. It is
 * compiled here and not by the first request: a document that does not compile rejects.
 */
export async function createValidation(
  document: ApiDocument,
  operations: readonly Operation[],
  { validateResponses }: ValidationOptions,
): Promise<RequestHandler[]> {
  const validator = openApiValidator({
    apiSpec: excerpt(document, operations, validateResponses) as Exclude<OpenApiValidatorOpts['apiSpec'], string>,
    validateRequests: { allErrors: true, allowUnknownQueryParameters: true },
    validateResponses: validateResponses && { allErrors: true },
    validateSecurity: false,
    fileUploader: false,
    // The bundle is linted where it is made; checking it again takes a third of a second.
    validateApiSpec: false,
    // Without these, the validator makes Date objects, and fails on fields that may be null.
    serDes: [{ format: 'date-time' }, { format: 'date' }],
  });
  await compile(validator, operations, readBasePath(document));
  return validator;
}

/** For operations that take no input: any query parameter is an unknown one. */
export const checkQuery: RequestHandler = (request, _response, next) => {
  const { query } = requestContext(request);
  if (query.size > 0) throw invalidRequest(queryViolations(query, new Set()));
  next();
};

/**
 * Finds what the validator does not: unknown and doubled query parameters, and a missing body. Then brings the request into
 * the one form that the validator may see: it takes HEAD for a wrong method, keeps a compiled schema for every content type
 * that it meets, and stops at the first unknown query parameter.
 */
export const prepareForValidation: RequestHandler = (request, _response, next) => {
  const context = requestContext(request);
  const { operation, query, body } = context;
  if (operation === undefined) throw new Error('the operation is found before its request is validated');
  const { names, lists } = queryParameters(operation);
  const isBodyMissing = operation.body?.isRequired === true && body === undefined;
  const ours = [...queryViolations(query, names, lists), ...(isBodyMissing ? [BODY_MISSING] : [])];
  context.violations = [...ours, ...context.violations];
  request.method = operation.method;
  request.body = body;
  if (operation.body === undefined) delete request.headers['content-type'];
  else request.headers['content-type'] = 'application/json';
  const known = [...names].filter((name) => query.has(name));
  const value = Object.fromEntries(known.map((name) => [name, lists.has(name) ? query.getAll(name) : query.get(name)]));
  Object.defineProperty(request, 'query', { value, writable: true, configurable: true, enumerable: true });
  next();
};

/**
 * Refuses what was found in front of the validator, and takes over the parameters in the types of the contract. Throws where
 * the validator did not judge the operation that the route table found.
 */
export function takeValidated(request: OpenApiRequest, operation: Operation, context: RequestContext): void {
  if (context.violations.length > 0) throw invalidRequest(context.violations);
  const { openapi } = request;
  if (openapi === undefined && !takesInput(operation)) return;
  const validated = openapi?.schema as { readonly operationId?: string } | undefined;
  if (validated?.operationId !== operation.operationId) {
    throw new Error(`${operation.operationId} was validated as ${validated?.operationId}`);
  }
  context.params = openapi?.pathParams ?? {};
  context.validQuery = request.query;
}

/**
 * What the validator finds, in the terms of the contract. A response that breaks the contract is a fault of ours and may
 * hold what must not get out: it is logged and not sent.
 */
export const explainValidation: ErrorRequestHandler = (error: unknown, request, response, next) => {
  const { log, violations, body, operation } = requestContext(request);
  if (error instanceof eovErrors.BadRequest) return next(invalidRequest([...violations, ...toViolations(error, body)]));
  if (!(error instanceof eovErrors.InternalServerError)) return next(error);
  const { statusCode: status } = response;
  log().error({ status, violations: toViolations(error, undefined) }, 'a response breaks the contract');
  next(new Error(`${operation?.operationId} responded ${status} against its contract`));
};

function invalidRequest(violations: readonly Violation[]): ApiError {
  return new ApiError('invalid_request', { details: distinctViolations(violations) });
}

interface QueryParameters {
  readonly names: ReadonlySet<string>;
  /** Those that may be given several times. */
  readonly lists: ReadonlySet<string>;
}

const known = new WeakMap<Operation, QueryParameters>();

function queryParameters(operation: Operation): QueryParameters {
  const found = known.get(operation);
  if (found !== undefined) return found;
  const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query');
  const lists = inQuery.filter(({ schema }) => schema?.type !== undefined && allowedTypes(schema).includes('array'));
  const read = { names: new Set(inQuery.map(({ name }) => name)), lists: new Set(lists.map(({ name }) => name)) };
  known.set(operation, read);
  return read;
}

/** The part of a document that the validator needs: compiling all of it for a few operations takes long. */
function excerpt(document: ApiDocument, operations: readonly Operation[], withResponses: boolean): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { path, method, parameters } of operations) {
    const { requestBody, responses, operationId } = written(document, path, method);
    const item = paths[path] ?? {};
    paths[path] = item;
    item[method.toLowerCase()] = {
      operationId,
      // The validator would refuse characters that a query may have unescaped (RFC 3986 section 3.4).
      parameters: parameters.map((each) => (each.in === 'query' ? { ...each, allowReserved: true } : each)),
      ...(requestBody && { requestBody: withoutDefaults(requestBody) }),
      responses: withResponses ? responses : {},
    };
  }
  const components = referredComponents(paths, document.components ?? {});
  const { schemas = {}, requestBodies = {} } = components;
  return structuredClone({
    openapi: document.openapi,
    info: { title: 'excerpt', version: '1' },
    servers: [{ url: readBasePath(document) || '/' }],
    paths,
    components: {
      ...components,
      schemas: mapValues(schemas, withoutDefaults),
      requestBodies: mapValues(requestBodies, withoutDefaults),
    },
  });
}

interface WrittenOperation {
  readonly operationId: string;
  readonly requestBody?: object;
  readonly responses: object;
}

function written(document: ApiDocument, path: string, method: string): WrittenOperation {
  return (document.paths[path] as Record<string, WrittenOperation>)[method.toLowerCase()] as WrittenOperation;
}

/** The components that are referred to, directly or by one another. */
function referredComponents(paths: object, components: Components): Components {
  const wanted: Record<string, Record<string, object>> = {};
  const visit = (value: object): void => {
    for (const [, kind = '', name = ''] of JSON.stringify(value).matchAll(COMPONENT_REFERENCE)) {
      const component = components[kind]?.[name];
      const group = wanted[kind] ?? {};
      if (component === undefined || name in group) continue;
      wanted[kind] = { ...group, [name]: component };
      visit(component);
    }
  };
  visit(paths);
  return wanted;
}

const COMPONENT_REFERENCE = /"\$ref":"#\/components\/(\w+)\/([^/"]+)/g;

/**
 * A schema of bodies without its `default` keywords, at any depth: the validator would write them into the body that the
 * handler gets, and a field that was left out is something else than one with the default.
 */
function withoutDefaults<T>(schema: T): T {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(withoutDefaults) as T;
  const kept = Object.entries(schema).filter(([keyword]) => keyword !== 'default');
  return Object.fromEntries(
    kept.map(([keyword, value]) => {
      if (LITERALS.has(keyword)) return [keyword, value];
      return [keyword, NAMED_SCHEMAS.has(keyword) ? mapValues(value, withoutDefaults) : withoutDefaults(value)];
    }),
  ) as T;
}

/** Keywords whose value is data, and no schema. */
const LITERALS: ReadonlySet<string> = new Set(['const', 'enum', 'example', 'examples']);
/** Keywords whose value has schemas by names that the contract chose, `default` perhaps among them. */
const NAMED_SCHEMAS: ReadonlySet<string> = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);

function mapValues<T extends object>(
  record: Readonly<Record<string, T>>,
  map: (value: T) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

/**
 * Has the validator compile every operation: it does so with the first request to each. They are real requests, over a
 * connection in memory. Rejects with what the document is wrong in.
 */
async function compile(
  validator: readonly RequestHandler[],
  operations: readonly Operation[],
  basePath: string,
): Promise<void> {
  let fault: unknown;
  const noteFault: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    if (!(error instanceof eovErrors.BadRequest)) fault ??= error;
    response.end();
  };
  const end: RequestHandler = (_request, response) => void response.end();
  const app = express().use(...validator, end, noteFault);
  const server = createServer(app);
  for (const { method, path, body } of operations) {
    const [client, service] = duplexPair();
    server.emit('connection', service);
    const target = basePath + path.replaceAll(/\{[^}]+\}/g, 'x');
    const headers = { host: 'localhost', connection: 'close', ...(body && { 'content-type': 'application/json' }) };
    await new Promise<void>((resolve, reject) => {
      const call = httpRequest({ createConnection: () => client, method, path: target, headers }, (response) => {
        response.resume().once('end', resolve).once('error', reject);
      });
      call.once('error', reject).end();
    });
  }
  if (fault !== undefined) throw fault;
}
