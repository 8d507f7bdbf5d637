// Made by `npm run generate` from spec/: do not edit.

import { readFileSync } from 'node:fs';

/** What can be relied on in a bundle without looking. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, object>>;
}

export const controlPlaneDocument: OpenApiDocument = read('control-plane.json');
export const managedProxyDocument: OpenApiDocument = read('managed-proxy.json');
export const sandboxDocument: OpenApiDocument = read('sandbox.json');

function read(file: string): OpenApiDocument {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as OpenApiDocument;
}
