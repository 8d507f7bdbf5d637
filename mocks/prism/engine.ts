import { createLogger } from '@stoplight/prism-core';
import { createInstance, resetJSONSchemaGenerator } from '@stoplight/prism-http';
import type { PrismOperation } from './operations.ts';
import type { Chosen } from './preferences.ts';
import type { Diagnostic } from './violations.ts';
import { dropWriteOnly } from './write-only.ts';

type Instance = ReturnType<typeof createInstance>;
export type PrismRequest = Parameters<Instance['request']>[0];
type PrismConfig = NonNullable<Parameters<Instance['request']>[2]>;

/** A body and headers made from the contract, before they are written out. */
export interface Example {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent on answers without content. A string where the media type is not JSON. */
  readonly body?: unknown;
}

export interface Engine {
  /** What Prism says against the request's credentials; nothing when one of the accepted schemes is satisfied. */
  checkCredentials(operation: PrismOperation, request: PrismRequest): Promise<readonly Diagnostic[]>;
  /** What Prism says against the request's body and parameters. */
  checkInput(operation: PrismOperation, request: PrismRequest): Promise<readonly Diagnostic[]>;
  /** Makes the answer of a chosen response. Throws when its schema is too complex to make one. */
  answer(operation: PrismOperation, request: PrismRequest, chosen: Chosen): Promise<Example>;
}

/**
 * Prism's engine, taken apart: one instance judges requests, the other makes answers. Prism does both in one go and
 * answers a bad request with an example of a 400, which says nothing about what is wrong with it.
 */
export function createEngine(): Engine {
  // Prism logs every step of every request, bodies and credentials included.
  const logger = createLogger('mock', { level: 'silent' });
  const judge = createInstance(CONFIG, { logger, mock: () => () => right({ statusCode: 204 }) });
  const maker = createInstance(CONFIG, { logger });
  return {
    checkCredentials: (operation, request) => diagnose(judge, operation, request, { ...CONFIG, checkSecurity: true }),
    checkInput: (operation, request) => diagnose(judge, operation, request, { ...CONFIG, validateRequest: true }),
    async answer(operation, request, { response, content, example, dynamic = false, seed }) {
      const mock: PrismConfig['mock'] = { code: Number(response.code), dynamic, ...(seed !== undefined && { seed }) };
      if (example !== undefined) mock.exampleKey = example;
      // Prism would read the Accept header and refuse with 406, which the contract does not know.
      if (content) mock.mediaTypes = [content.mediaType];
      const { output } = await run(maker, operation, request, { ...CONFIG, mock });
      // Prism leaves the seeded generator in place for every later answer.
      if (seed !== undefined) resetJSONSchemaGenerator();
      const body = dropWriteOnly(output.body, content?.schema, operation);
      return { status: output.statusCode, headers: textHeaders(output.headers), ...(body !== undefined && { body }) };
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
