import { createLogger } from '@stoplight/prism-core';
import { createInstance, getHttpOperationsFromSpec, resetJSONSchemaGenerator } from '@stoplight/prism-http';
import type { MockResponse } from '../responses/response.ts';

/** One operation as Prism reads it from an OpenAPI document. */
export type PrismOperation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

type Instance = ReturnType<typeof createInstance>;
export type PrismRequest = Parameters<Instance['request']>[0];
type PrismConfig = NonNullable<Parameters<Instance['request']>[2]>;

/** What Prism's validators report. `code` is 401 for the credential, else the keyword of the schema that is broken. */
export interface Diagnostic {
  /** The part of the request, then the segments of a JSON pointer into it, still escaped. */
  readonly path?: readonly string[];
  readonly code?: string | number;
  readonly message: string;
  readonly severity: number;
}

/** A response for which the contract has no example. */
export interface MadeUp {
  readonly code: string;
  readonly mediaType: string;
  /** Random, instead of the same every time. */
  readonly dynamic?: boolean | undefined;
  /** Seed that makes `dynamic` repeatable. */
  readonly seed?: string | undefined;
}

export interface Engine {
  /** What is wrong with the request: its credential, its parameters, its body. */
  validate(operation: PrismOperation, request: PrismRequest): Promise<readonly Diagnostic[]>;
  /** Makes a response up from its schema. Throws when that is too complex to make one. */
  makeUp(operation: PrismOperation, request: PrismRequest, wanted: MadeUp): Promise<MockResponse>;
}

/** Reads every operation of an OpenAPI document. The document itself stays as it was. */
export function readPrismOperations(document: object): Promise<PrismOperation[]> {
  // Prism resolves references in place; the caller's document may be a shared module.
  return getHttpOperationsFromSpec(structuredClone(document));
}

/**
 * Prism's engine as two instances: one validates requests, the other makes responses up. One instance does both at once
 * and answers an invalid request with an example of a 400, which does not say what is wrong with it.
 */
export function createEngine(): Engine {
  // Prism logs every step of every request, bodies and credentials included.
  const logger = createLogger('mock', { level: 'silent' });
  const validator = createInstance(
    { ...CONFIG, checkSecurity: true, validateRequest: true },
    {
      logger,
      mock: () => () => ({ _tag: 'Right', right: { statusCode: 204 } }),
    },
  );
  const mocker = createInstance(CONFIG, { logger });
  return {
    async validate(operation, request) {
      if (showsCredential(operation, request.headers ?? {}) && takesAnyInput(operation)) return [];
      const { validations } = await run(validator, operation, request);
      return validations.input.filter(({ severity }) => severity === ERROR_SEVERITY);
    },
    async makeUp(operation, request, { code, mediaType, dynamic = false, seed }) {
      // Prism would read the Accept header and refuse with 406, which the contract does not know.
      const mock = { code: Number(code), mediaTypes: [mediaType], dynamic, ...(seed !== undefined && { seed }) };
      const { output } = await run(mocker, operation, request, { ...CONFIG, mock });
      // Prism leaves the seeded generator in place for every later response.
      if (seed !== undefined) resetJSONSchemaGenerator();
      const { statusCode: status, headers, body } = output;
      return { status, headers: textHeaders(headers), ...(body !== undefined && { body }) };
    },
  };
}

const CONFIG: PrismConfig = {
  isProxy: false,
  checkSecurity: false,
  validateRequest: false,
  validateResponse: false,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
};

/** DiagnosticSeverity.Error of Prism's types. */
const ERROR_SEVERITY = 0;

async function run(instance: Instance, operation: PrismOperation, request: PrismRequest, config?: PrismConfig) {
  const result = await instance.request(request, [operation], config)();
  if (result._tag === 'Left') throw result.left;
  return result.right;
}

/** Prism gives null for a header that it can make no value for. */
function textHeaders(headers: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  const given = Object.entries(headers).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/**
 * Whether a header alone satisfies one of the schemes that the operation accepts. With {@link takesAnyInput} it saves most
 * reads the work of asking Prism, which has no objection to them.
 */
function showsCredential({ security = [] }: PrismOperation, headers: Readonly<Record<string, string>>): boolean {
  if (security.length === 0) return true;
  return security.some((together) =>
    together.every((scheme) => {
      if (scheme.type === 'apiKey') return scheme.in === 'header' && Boolean(headers[scheme.name.toLowerCase()]);
      return scheme.type === 'http' && scheme.scheme === 'bearer' && /^Bearer\s\S/.test(headers.authorization ?? '');
    }),
  );
}

/** Whether the operation declares nothing that a request could break: no body, and parameters that are any text. */
function takesAnyInput({ request }: PrismOperation): boolean {
  if (request === undefined) return true;
  const { body, query = [], headers = [], cookie = [], path = [] } = request;
  const isAnyText = path.every(({ schema }) => schema?.type === 'string' && Object.keys(schema).every(isAnnotation));
  return body === undefined && query.length + headers.length + cookie.length === 0 && isAnyText;
}

/** Keywords of a schema that forbid nothing, once its type is known. */
function isAnnotation(keyword: string): boolean {
  return ['type', 'description', 'example', 'examples', '$schema'].includes(keyword) || keyword.startsWith('x-');
}
