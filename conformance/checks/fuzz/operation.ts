import type { OpenApiDocument } from '../../../generated/bundles.ts';
import { resolve } from './references.ts';
import type { Schema } from './schema.ts';

/** An operation of a contract as far as requests are made for it. */
export interface FuzzedOperation {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** As the contract writes it, parameters in braces. */
  readonly path: string;
  readonly pathParameters: readonly string[];
  readonly query: Readonly<Record<string, Schema>>;
  /** Undefined: the operation has no body. */
  readonly body: Schema | undefined;
  /** The statuses that it may answer. */
  readonly statuses: readonly number[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
}

/** Reads an operation, references followed. Throws where the contract has none of that id. */
export function findOperation(document: OpenApiDocument, id: string): FuzzedOperation {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (operation.operationId !== id) continue;
      const parameters = (operation.parameters ?? []).map((given) => resolve(document, given) as Parameter);
      const inQuery = parameters.filter((parameter) => parameter.in === 'query');
      const body = resolve(document, operation.requestBody ?? {}) as { content?: Record<string, { schema: Schema }> };
      return {
        id,
        method: method.toUpperCase(),
        path,
        pathParameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
        query: Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema])),
        body: body.content?.['application/json']?.schema,
        statuses: Object.keys(operation.responses).map(Number),
      };
    }
  }
  throw new Error(`the contract has no operation ${id}`);
}
