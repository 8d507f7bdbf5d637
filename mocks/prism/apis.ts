import type { ApiDocument } from '../../contract/document.ts';
import type { ApiResponse, MediaType, Operation } from '../../contract/operation.ts';
import { createRouteTable, type RouteTable } from '../../contract/route-table.ts';
import { type PrismOperation, readPrismOperations } from './engine.ts';
import type { ApiName } from './mock-source.ts';
import { dropWriteOnly } from './write-only.ts';

/** An API that is mocked. */
export interface Api {
  readonly name: ApiName;
  readonly document: ApiDocument;
  readonly table: RouteTable;
  readonly operations: ReadonlyMap<string, MockOperation>;
}

/** An operation as its examples answer it, and as Prism validates it. */
export interface MockOperation {
  /** Without write-only members in its examples. */
  readonly documented: Operation;
  readonly prism: PrismOperation;
}

/** Reads every operation of a document. Rejects where Prism or the contract's own reader cannot read it. */
export async function loadApi(name: ApiName, written: object): Promise<Api> {
  const document = written as ApiDocument;
  const table = createRouteTable(document);
  const prism = new Map((await readPrismOperations(document)).map((each) => [`${each.method} ${each.path}`, each]));
  const operations = table.operations.flatMap((operation): [string, MockOperation][] => {
    const own = prism.get(`${operation.method.toLowerCase()} ${operation.path}`);
    return own ? [[operation.operationId, { documented: withoutWriteOnly(operation, document), prism: own }]] : [];
  });
  return { name, document, table, operations: new Map(operations) };
}

function withoutWriteOnly(operation: Operation, document: ApiDocument): Operation {
  const cleanType = (type: MediaType): MediaType => ({
    ...type,
    examples: mapValues(type.examples, (value) => dropWriteOnly(value, type.schema, document)),
  });
  const cleanResponse = (response: ApiResponse) => ({ ...response, content: mapValues(response.content, cleanType) });
  return { ...operation, responses: mapValues(operation.responses, cleanResponse) };
}

function mapValues<Key, Value, Changed>(
  map: ReadonlyMap<Key, Value>,
  change: (value: Value) => Changed,
): Map<Key, Changed> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
