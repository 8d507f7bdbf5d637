import type { ApiDocument } from '../../../contract/document.ts';
import { documentedStatuses, pathParameterNames, readOperations } from '../../../contract/operation.ts';
import type { Schema } from '../../../contract/schema.ts';

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

/** What is fuzzed of an operation. Throws where the contract has none of that id. */
export function findOperation(document: ApiDocument, id: string): FuzzedOperation {
  const operation = readOperations(document).find(({ operationId }) => operationId === id);
  if (operation === undefined) throw new Error(`the contract has no operation ${id}`);
  const { method, path, parameters, body } = operation;
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  return {
    id,
    method,
    path,
    pathParameters: pathParameterNames(path),
    query: Object.fromEntries(inQuery.map(({ name, schema = {} }) => [name, schema])),
    body: body?.content.get('application/json')?.schema,
    statuses: documentedStatuses(operation),
  };
}
