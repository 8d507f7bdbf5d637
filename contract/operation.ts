import { type ApiDocument, resolve } from './document.ts';
import type { Schema } from './schema.ts';

/** Methods that an operation may have, in the order in which `Allow` lists them. */
export const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'] as const;

export type Method = (typeof METHODS)[number];

/** One operation of a document. References are followed, but for those inside of schemas. */
export interface Operation {
  readonly operationId: string;
  readonly method: Method;
  /** As the document writes it, below the base path: `/workspaces/{id}/mode`. */
  readonly path: string;
  /** True where the document asks for no credential. */
  readonly isPublic: boolean;
  /** Those of the path in the order of the path, then the others as they are written. */
  readonly parameters: readonly Parameter[];
  /** Undefined: it takes none. */
  readonly body: RequestBody | undefined;
  /** By status code, a range such as `4XX`, or `default`. */
  readonly responses: ReadonlyMap<string, ApiResponse>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema?: Schema;
}

export interface RequestBody {
  readonly isRequired: boolean;
  /** By media type. */
  readonly content: ReadonlyMap<string, MediaType>;
}

export interface ApiResponse {
  /** By name as the document writes it. */
  readonly headers: ReadonlyMap<string, Header>;
  /** By media type; empty where the response has no body. */
  readonly content: ReadonlyMap<string, MediaType>;
}

export interface Header {
  readonly required?: boolean;
  readonly schema?: Schema;
  readonly example?: unknown;
}

export interface MediaType {
  readonly schema: Schema | undefined;
  /** Values by name. */
  readonly examples: ReadonlyMap<string, unknown>;
}

interface WrittenOperation {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  readonly responses?: object;
}

/** Every operation of a document, path by path. Throws on a reference that leads nowhere. */
export function readOperations(document: ApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) => {
    const methods = item as Readonly<Record<string, unknown>>;
    const shared = (methods.parameters ?? []) as readonly object[];
    return METHODS.flatMap((method) => {
      const written = methods[method.toLowerCase()] as WrittenOperation | undefined;
      return written === undefined ? [] : [readOperation(document, method, path, written, shared)];
    });
  });
}

/** The statuses that an operation may answer with; ranges and `default` are none. */
export function documentedStatuses({ responses }: Operation): number[] {
  return [...responses.keys()].map(Number).filter(Number.isInteger);
}

/** The names in the braces of a path template, in their order. */
export function pathParameterNames(path: string): string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
}

function readOperation(
  document: ApiDocument,
  method: Method,
  path: string,
  written: WrittenOperation,
  shared: readonly object[],
): Operation {
  const { operationId, security = document.security ?? [], requestBody, responses } = written;
  return {
    operationId,
    method,
    path,
    isPublic: isPublic(security),
    parameters: readParameters(document, path, [...shared, ...(written.parameters ?? [])]),
    body: requestBody && readBody(document, requestBody),
    responses: readMap(document, responses, (response: { headers?: object; content?: object }) => ({
      headers: readMap(document, response.headers, (header: Header) => header),
      content: readContent(document, response.content),
    })),
  };
}

/** An empty list, or an empty alternative in it, asks for nothing (OpenAPI 3.1, Security Requirement Object). */
function isPublic(security: readonly object[]): boolean {
  return security.length === 0 || security.some((alternative) => Object.keys(alternative).length === 0);
}

/** A parameter of the operation overrides the one of the same name and place that its path item has. */
function readParameters(document: ApiDocument, path: string, written: readonly object[]): Parameter[] {
  const resolved = written.map((each) => resolve<Parameter>(document, each));
  const byName = new Map(resolved.map((each) => [`${each.in} ${each.name}`, each]));
  const inPath = pathParameterNames(path).flatMap((name) => byName.get(`path ${name}`) ?? []);
  return [...inPath, ...[...byName.values()].filter((each) => each.in !== 'path')];
}

function readBody(document: ApiDocument, written: object): RequestBody {
  const { required, content } = resolve<{ required?: boolean; content?: object }>(document, written);
  return { isRequired: required === true, content: readContent(document, content) };
}

function readContent(document: ApiDocument, content: object | undefined): ReadonlyMap<string, MediaType> {
  return readMap(document, content, ({ schema, examples }: { schema?: Schema; examples?: object }) => ({
    schema,
    examples: readMap(document, examples, ({ value }: { value?: unknown }) => value),
  }));
}

function readMap<Written, Read>(
  document: ApiDocument,
  written: object | undefined,
  read: (value: Written) => Read,
): ReadonlyMap<string, Read> {
  return new Map(
    Object.entries(written ?? {}).map(([name, value]) => [name, read(resolve<Written>(document, value as object))]),
  );
}
