/** The sources of modules in `generated/` that are made from the bundles alone. */

import type { Api, Bundle, SpecOperation } from './bundle-spec.ts';

/** The source of `generated/bundles.ts`: the bundles as values, for code that reads the contract at run time. */
export const bundleModule = `
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
`;

const NAMES: Readonly<Partial<Record<Api, string>>> = {
  'control-plane': 'controlPlaneErrors',
  'managed-proxy': 'proxyErrors',
};

/** The source of `generated/error-codes.ts`: the error codes of each API, with their statuses and sentences. */
export function errorCodeModule(bundles: readonly Bundle[]): string {
  const tables = bundles.flatMap(({ api, errorCodes }) => {
    const name = NAMES[api];
    if (name === undefined) return [];
    const rows = Object.entries(errorCodes).map(
      ([code, row]) => `  ${code}: ${JSON.stringify(row, null, 2).replace(/\n/g, '\n  ')},\n`,
    );
    return [`\nexport const ${name} = {\n${rows.join('')}} as const satisfies Readonly<Record<string, ErrorCode>>;\n`];
  });
  return `${ERROR_CODE_HEAD}${tables.join('')}`;
}

const ERROR_CODE_HEAD = `
/** An error that the platform answers by itself. */
export interface ErrorCode {
  readonly status: number;
  /** What a person is told, unless a case is said better. */
  readonly message: string;
  /** When it is answered. */
  readonly when: string;
}
`;

type Node = Readonly<Record<string, unknown>>;

/** The source of `generated/example-names.ts`: the names of examples by operation and status, as types. */
export function exampleNames(bundles: readonly Bundle[]): string {
  const entries = bundles.flatMap(({ document }) => {
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    return operations.map((operation) => exampleEntry(document, operation));
  });
  return `${EXAMPLE_NAMES_HEAD}export interface ExampleNames {\n${entries.join('')}}\n`;
}

function exampleEntry(document: object, { operationId, responses }: SpecOperation): string {
  const lines = Object.entries(responses).map(([code, response]) => {
    const names = namesIn(document, response).map((name) => `'${name}'`);
    return `    readonly ${code}: ${names.length > 0 ? names.join(' | ') : 'never'};\n`;
  });
  return `  readonly ${operationId}: {\n${lines.join('')}  };\n`;
}

function namesIn(document: object, response: unknown): string[] {
  const contents = Object.values((resolve(document, response).content ?? {}) as Node);
  return [...new Set(contents.flatMap((content) => Object.keys((content as Node).examples ?? {})))];
}

function resolve(document: object, node: unknown): Node {
  const { $ref } = node as Node;
  if (typeof $ref !== 'string') return node as Node;
  const names = $ref.slice('#/'.length).split('/');
  return names.reduce<unknown>((at, name) => (at as Node)[name], document) as Node;
}

const EXAMPLE_NAMES_HEAD = `
/** Names of the examples of each response, by operation and status code. */
`;
