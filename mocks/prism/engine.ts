import { createLogger } from '@stoplight/prism-core';
import { createInstance, getHttpOperationsFromSpec, resetJSONSchemaGenerator } from '@stoplight/prism-http';
import type { Answer } from '../answers/answer.ts';
import type { PrismContent, PrismOperation } from './prism-operation.ts';
import { showsCredential, takesAnyInput } from './shortcuts.ts';
import type { Diagnostic } from './violations.ts';
import { dropWriteOnly } from './write-only.ts';

type Instance = ReturnType<typeof createInstance>;
export type PrismRequest = Parameters<Instance['request']>[0];
type PrismConfig = NonNullable<Parameters<Instance['request']>[2]>;

/** An answer for which no example stands in the contract. */
export interface MadeUp {
  readonly code: string;
  readonly mediaType: string;
  /** Random, instead of the same every time. */
  readonly dynamic?: boolean | undefined;
  /** Seed that makes `dynamic` repeatable. */
  readonly seed?: string | undefined;
}

export interface Engine {
  /** What Prism says against the request's credentials; nothing when one of the accepted schemes is satisfied. */
  checkCredentials(operation: PrismOperation, request: PrismRequest): Promise<readonly Diagnostic[]>;
  /** What Prism says against the request's body and parameters. */
  checkInput(operation: PrismOperation, request: PrismRequest): Promise<readonly Diagnostic[]>;
  /** Makes an answer up from its schema. Throws when that is too complex to make one. */
  makeUp(operation: PrismOperation, request: PrismRequest, wanted: MadeUp): Promise<Answer>;
}

/** Reads every operation of an OpenAPI document. The document itself stays as it was. */
export function readOperations(document: object): Promise<PrismOperation[]> {
  // Prism resolves references in place; the caller's document may be a shared module.
  return getHttpOperationsFromSpec(structuredClone(document));
}

/**
 * Prism's engine, taken apart: one instance judges requests, the other makes answers up. Prism does both in one go and
 * answers a bad request with an example of a 400, which says nothing about what is wrong with it.
 */
export function createEngine(): Engine {
  // Prism logs every step of every request, bodies and credentials included.
  const logger = createLogger('mock', { level: 'silent' });
  const judge = createInstance(CONFIG, { logger, mock: () => () => right({ statusCode: 204 }) });
  const maker = createInstance(CONFIG, { logger });
  return {
    checkCredentials: async (operation, request) =>
      showsCredential(operation, request.headers ?? {})
        ? []
        : diagnose(judge, operation, request, { ...CONFIG, checkSecurity: true }),
    checkInput: async (operation, request) =>
      takesAnyInput(operation) ? [] : diagnose(judge, operation, request, { ...CONFIG, validateRequest: true }),
    async makeUp(operation, request, { code, mediaType, dynamic = false, seed }) {
      // Prism would read the Accept header and refuse with 406, which the contract does not know.
      const mock = { code: Number(code), mediaTypes: [mediaType], dynamic, ...(seed !== undefined && { seed }) };
      const { output } = await run(maker, operation, request, { ...CONFIG, mock });
      // Prism leaves the seeded generator in place for every later answer.
      if (seed !== undefined) resetJSONSchemaGenerator();
      const body = dropWriteOnly(output.body, schemaOf(operation, code, mediaType), operation);
      return { status: output.statusCode, headers: textHeaders(output.headers), ...(body !== undefined && { body }) };
    },
  };
}

/** The schema of a body; of the range that the code is in where the code itself is not declared. */
export function schemaOf({ responses }: PrismOperation, code: string, mediaType: string): PrismContent['schema'] {
  const response =
    responses.find((one) => one.code === code) ??
    responses.find((one) => one.code.toUpperCase() === `${code[0]}XX`) ??
    responses.find((one) => one.code === 'default');
  return response?.contents?.find((content) => content.mediaType === mediaType)?.schema;
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

async function diagnose(
  instance: Instance,
  operation: PrismOperation,
  request: PrismRequest,
  config: PrismConfig,
): Promise<readonly Diagnostic[]> {
  const { validations } = await run(instance, operation, request, config);
  return validations.input.filter(({ severity }) => severity === ERROR_SEVERITY);
}

async function run(instance: Instance, operation: PrismOperation, request: PrismRequest, config: PrismConfig) {
  const result = await instance.request(request, [operation], config)();
  if (result._tag === 'Left') throw result.left;
  return result.right;
}

function right<T>(value: T): { _tag: 'Right'; right: T } {
  return { _tag: 'Right', right: value };
}

/** Prism gives null for a header that it can make no value for. */
function textHeaders(headers: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  const given = Object.entries(headers).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), String(value)]));
}
