import express, { type NextFunction, type Request, type Response } from 'express';
import { middleware as openApiValidator } from 'express-openapi-validator';
import type { OpenApiRequestHandler, OpenApiValidatorOpts } from 'express-openapi-validator/dist/framework/types.js';
import type { ApiDocument, Components } from './document.ts';
import type { Route } from './routes.ts';
import { violationsOf } from './schema-errors.ts';
import type { Violation } from './violations.ts';

/** What an engine is asked to judge. It may write into `query` and `body`. */
export interface Subject {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Record<string, unknown>;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Judges a request, or the answer to it where one is given. Rejects on a fault of the document itself. */
export type Engine = (subject: Subject, answer?: Answer) => Promise<readonly Violation[]>;

/** Judges requests for some paths of the document. */
export function requestEngine(document: ApiDocument, templates: readonly string[]): Engine {
  const steps = compile(documentOf(document, templates, 'request'), {
    validateRequests: { allErrors: true, allowUnknownQueryParameters: true },
    validateResponses: false,
  });
  return (subject) => judge(steps, requestOf(subject), noResponse());
}

/** Judges answers for some paths of the document. */
export function answerEngine(document: ApiDocument, templates: readonly string[]): Engine {
  const steps = compile(documentOf(document, templates, 'answer'), {
    validateRequests: false,
    validateResponses: { allErrors: true },
  });
  return (subject, answer) => {
    const response = noResponse(answer?.status);
    return judge(steps, requestOf(subject), response, () => response.json(answer?.body));
  };
}

/**
 * express-openapi-validator behind a request of our own making, so that nothing a caller sends reaches its soft spots:
 * it keeps a compiled validator for every spelling of a content type it meets, refuses HEAD, and stops at the first
 * unknown query parameter.
 */
function compile(document: ApiDocument, options: Partial<OpenApiValidatorOpts>): OpenApiRequestHandler[] {
  return openApiValidator({
    apiSpec: document as unknown as Exclude<OpenApiValidatorOpts['apiSpec'], string>,
    validateSecurity: false,
    fileUploader: false,
    // Checking a document takes a third of a second for each engine, and the bundle is linted where it is made.
    validateApiSpec: false,
    // Its own (de)serialisers make Date objects, and fail on nullable fields.
    serDes: [{ format: 'date-time' }, { format: 'date' }],
    ...options,
  });
}

/** A copy, because the engine edits what it is given, cut down to what this half of the work needs. */
function documentOf(document: ApiDocument, templates: readonly string[], half: 'request' | 'answer'): ApiDocument {
  const paths = structuredClone(
    Object.fromEntries(templates.map((template) => [template, document.paths[template] ?? {}])),
  );
  const operations = Object.values(paths).flatMap((item) => Object.values(item) as Record<string, unknown>[]);
  for (const operation of operations) {
    if (half === 'answer') delete operation.requestBody;
    else if ('responses' in operation) operation.responses = {};
  }
  const components = componentsOf(paths, document.components ?? {});
  return { openapi: document.openapi, servers: [{ url: '/' }], paths, components };
}

/** The components that are referred to, directly or by one another: compiling all of them for each engine takes long. */
function componentsOf(paths: object, components: Components): Components {
  const wanted: Record<string, Record<string, object>> = {};
  const visit = (value: object): void => {
    for (const [, kind = '', name = ''] of JSON.stringify(value).matchAll(COMPONENT_REFERENCE)) {
      const component = components[kind]?.[name];
      const group = wanted[kind] ?? {};
      if (component === undefined || name in group) continue;
      wanted[kind] = { ...group, [name]: structuredClone(component) };
      visit(component);
    }
  };
  visit(paths);
  return wanted;
}

const COMPONENT_REFERENCE = /"\$ref":"#\/components\/(\w+)\/([^/"]+)/g;

const settings = express().enable('strict routing').enable('case sensitive routing');

function requestOf({ route, params, query, body }: Subject): Request {
  const path = route.template.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? name));
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  const request = { app: settings, method: route.method, url: path, originalUrl: path, path, baseUrl: '', headers };
  return { ...request, params: { ...params }, query, body } as unknown as Request;
}

function noResponse(statusCode = 200): Response {
  const response = {
    statusCode,
    headersSent: false,
    getHeaders: () => ({ 'content-type': 'application/json' }),
    json: () => response,
  };
  return response as unknown as Response;
}

/** Runs the steps as Express would, then `atEnd`. A step that has handed over may still object to what `atEnd` does. */
async function judge(
  steps: readonly OpenApiRequestHandler[],
  request: Request,
  response: Response,
  atEnd: () => void = () => {},
): Promise<readonly Violation[]> {
  const objection = await new Promise<unknown>((resolve) => {
    const run = (index: number): unknown => {
      const step = steps[index];
      if (step !== undefined) return step(request, response, handOver(index));
      atEnd();
      return resolve(undefined);
    };
    const handOver =
      (index: number): NextFunction =>
      (error?: unknown) => {
        if (error === undefined) run(index + 1);
        else resolve(error);
      };
    run(0);
  });
  return objection === undefined ? [] : violationsOf(objection, request.body);
}
