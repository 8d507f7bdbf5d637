import { controlPlaneDocument, managedProxyDocument, type OpenApiDocument } from '../../generated/bundles.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface OperationCase {
  /** `PUT /workspaces/{id}/mode`. */
  readonly name: string;
  readonly document: OpenApiDocument;
  readonly operation: Json & { readonly operationId: string };
}

export interface MediaCase {
  /** `PUT /workspaces/{id}/mode 400`, or `... body`. */
  readonly name: string;
  readonly status: string | undefined;
  readonly document: OpenApiDocument;
  readonly media: Json;
  readonly headers: Json;
}

export const controlPlane = listOperations(controlPlaneDocument);
export const managedProxy = listOperations(managedProxyDocument);
export const everyOperation = [...controlPlane, ...managedProxy];

function listOperations(document: OpenApiDocument): OperationCase[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      document,
      operation: { ...operation },
    })),
  );
}

/** The value, or what its `$ref` points to. */
export function resolve(document: OpenApiDocument, value: unknown): Json {
  let found = value as Json;
  while (typeof found.$ref === 'string') {
    const [, , group, name] = found.$ref.split('/');
    found = document.components[group ?? '']?.[name ?? ''] as Json;
  }
  return found;
}

/** The bodies of every answer of an operation. */
export function listResponses({ name, document, operation }: OperationCase): MediaCase[] {
  return Object.entries(operation.responses as Json).flatMap(([status, response]) => {
    const { content = {}, headers = {} } = resolve(document, response) as { content?: Json; headers?: Json };
    return Object.values(content).map((media) => ({
      name: `${name} ${status}`,
      status,
      document,
      media: media as Json,
      headers,
    }));
  });
}

/** The body of an operation's request, if it takes one. */
export function listRequestBodies({ name, document, operation }: OperationCase): MediaCase[] {
  if (operation.requestBody === undefined) return [];
  const { content } = resolve(document, operation.requestBody) as { content: Json };
  return Object.values(content).map((media) => ({
    name: `${name} body`,
    status: undefined,
    document,
    media: media as Json,
    headers: {},
  }));
}

/** Every property name that a schema mentions, at any depth, references followed once each. */
export function propertyNames(document: OpenApiDocument, schema: unknown): Set<string> {
  const names = new Set<string>();
  const seen = new Set<unknown>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    if ('$ref' in node) visit(resolve(document, node));
    if ('properties' in node) for (const name of Object.keys(node.properties as Json)) names.add(name);
    for (const child of Object.values(node)) visit(child);
  };
  visit(schema);
  return names;
}

/** What a failing test shows. */
export function pickNames(cases: readonly { readonly name: string }[]): string[] {
  return cases.map(({ name }) => name);
}
