/** What this room reads of an OpenAPI document: the bundles in `generated/` fit it. */
export interface ApiDocument {
  readonly openapi: string;
  readonly servers?: readonly { readonly url: string }[];
  readonly security?: readonly object[];
  readonly paths: Readonly<Record<string, object>>;
  readonly components?: Components;
}

/** By kind (`schemas`, `responses`, ...), then by name. */
export type Components = Readonly<Record<string, Readonly<Record<string, object>>>>;

export interface ApiOperation {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, object>>;
}

export interface ApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
}

/** The path of the first server, without a slash at the end: `/api/v1`. Empty where the document names none. */
export function basePathOf(document: ApiDocument): string {
  const url = document.servers?.[0]?.url ?? '/';
  return new URL(url, 'http://server.invalid').pathname.replace(/\/+$/, '');
}

/** The object itself, or what its `$ref` points to. Throws on a reference that leads nowhere: a fault of the bundle. */
export function resolve<T>(document: ApiDocument, value: object): T {
  if (!('$ref' in value)) return value as T;
  const reference = String(value.$ref);
  let target: unknown = document;
  for (const token of reference.slice(2).split('/')) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    target = (target as Record<string, unknown> | undefined)?.[name];
  }
  if (typeof target !== 'object' || target === null) throw new Error(`unresolved reference ${reference}`);
  return resolve(document, target);
}
