import type { OpenApiDocument } from '../../generated/bundles.ts';

/** Examples of a response in one media type, by name. */
export type Examples = ReadonlyMap<string, unknown>;

export interface DocumentedResponse {
  /** Headers with the value of their example; those without one are left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** Examples by media type. */
  readonly contents: ReadonlyMap<string, Examples>;
}

/** An operation as far as a mock answers from it. */
export interface DocumentedOperation {
  readonly operationId: string;
  readonly method: Method;
  /** Path template, below the base path of the API. */
  readonly path: string;
  /** By status code, a range such as `4XX`, or `default`. */
  readonly responses: ReadonlyMap<string, DocumentedResponse>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
export type Method = (typeof METHODS)[number];

/** Every operation of a bundled document with its examples, concrete paths before templated ones. */
export function operationsOf(document: OpenApiDocument): DocumentedOperation[] {
  const paths = Object.entries(document.paths).sort(([a], [b]) => templatedParts(a) - templatedParts(b));
  return paths.flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => ({
      operationId: item[method]?.operationId ?? '',
      method,
      path,
      responses: mapOf(item[method]?.responses, (response) => responseOf(document, response)),
    })),
  );
}

function responseOf(document: OpenApiDocument, declared: unknown): DocumentedResponse {
  const response = resolve(document, declared);
  const headers = mapOf(response.headers, (header) => resolve(document, header).example);
  const given = [...headers].filter(([, example]) => example !== undefined);
  return {
    headers: Object.fromEntries(given.map(([name, example]) => [name.toLowerCase(), String(example)])),
    contents: mapOf(response.content, (content) =>
      mapOf(resolve(document, content).examples, (example) => resolve(document, example).value),
    ),
  };
}

function mapOf<Value>(record: unknown, read: (value: unknown) => Value): Map<string, Value> {
  return new Map(Object.entries(record ?? {}).map(([name, value]) => [name, read(value)]));
}

/** The object itself, or what its reference into the same document points at. */
function resolve(document: OpenApiDocument, node: unknown): Record<string, unknown> {
  const found = isObject(node) ? node : {};
  if (typeof found.$ref !== 'string') return found;
  const names = found.$ref.replace(/^#\//, '').split('/');
  const target = names.reduce<unknown>((at, name) => (isObject(at) ? at[unescapeSegment(name)] : undefined), document);
  return resolve(document, target);
}

function unescapeSegment(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function templatedParts(path: string): number {
  return path.split('{').length - 1;
}
