import { readPointer } from './json-pointer.ts';

/** What is read of an OpenAPI document without looking first. The bundles in `generated/bundles.ts` fit it. */
export interface ApiDocument {
  readonly openapi: string;
  readonly servers?: readonly { readonly url: string }[];
  readonly security?: readonly object[];
  readonly paths: Readonly<Record<string, object>>;
  readonly components?: Components;
}

/** By kind (`schemas`, `responses`, ...), then by name. */
export type Components = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** The path of the first server, without a slash at the end: `/api/v1`. Empty where the document names none. */
export function readBasePath(document: ApiDocument): string {
  const url = document.servers?.[0]?.url ?? '/';
  return new URL(url, 'http://server.invalid').pathname.replace(/\/+$/, '');
}

/** The object itself, or what its `$ref` points to. Throws on a reference that leads nowhere: a fault of the bundle. */
export function resolve<T>(document: ApiDocument, value: object): T {
  if (!('$ref' in value) || typeof value.$ref !== 'string') return value as T;
  const target = readPointer(document, value.$ref.replace(/^#/, ''));
  if (typeof target !== 'object' || target === null) throw new Error(`unresolved reference ${value.$ref}`);
  return resolve(document, target);
}
