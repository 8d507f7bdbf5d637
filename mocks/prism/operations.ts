import type { OpenApiDocument } from '../../generated/bundles.ts';
import { type DocumentedOperation, type DocumentedResponse, operationsOf } from '../answers/documented.ts';
import type { Api } from './contract-api.ts';
import { readOperations, schemaOf } from './engine.ts';
import type { PrismOperation } from './prism-operation.ts';
import { dropWriteOnly } from './write-only.ts';

/** An operation as Prism judges it and as its examples answer it, with its path template taken apart by segment. */
export interface Operation {
  readonly prism: PrismOperation;
  readonly documented: DocumentedOperation;
  readonly segments: readonly Segment[];
}

interface Segment {
  readonly pattern: RegExp;
  readonly templated: boolean;
}

/** An API's operations and the path that stands before each of them. */
export interface Contract {
  readonly api: Api;
  /** The path of the document's first server, without a slash at the end; empty at the origin. */
  readonly basePath: string;
  readonly operations: readonly Operation[];
}

export type Route =
  | { kind: 'found'; operation: Operation; path: string }
  | { kind: 'wrong_method'; allow: readonly string[] }
  | { kind: 'unknown_path' };

/** Reads every operation of an OpenAPI document. The document itself stays as it was. */
export async function loadContract(api: Api, document: object): Promise<Contract> {
  const documented = operationsOf(document as OpenApiDocument);
  const operations = (await readOperations(document)).flatMap((prism) => {
    const own = documented.find(({ method, path }) => method === prism.method && path === prism.path);
    return own ? [{ prism, documented: withoutWriteOnly(own, prism), segments: segmentsOf(prism.path) }] : [];
  });
  return { api, basePath: basePathOf(document), operations };
}

/** The operation with examples that show no member which its schema marks as write-only. */
function withoutWriteOnly(operation: DocumentedOperation, prism: PrismOperation): DocumentedOperation {
  const responses = [...operation.responses].map(([code, { headers, contents }]): [string, DocumentedResponse] => {
    const cleaned = [...contents].map(([mediaType, examples]) => {
      const schema = schemaOf(prism, code, mediaType);
      const values = [...examples].map(([name, value]) => [name, dropWriteOnly(value, schema, prism)] as const);
      return [mediaType, new Map(values)] as const;
    });
    return [code, { headers, contents: new Map(cleaned) }];
  });
  return { ...operation, responses: new Map(responses) };
}

/**
 * Finds the operation for a request. HEAD is looked up as GET; concrete path segments win over templated ones
 * (OpenAPI 3.1, Paths Object).
 */
export function findRoute(contract: Contract, method: string, pathname: string): Route {
  if (!pathname.startsWith(`${contract.basePath}/`)) return { kind: 'unknown_path' };
  const path = pathname.slice(contract.basePath.length);
  const parts = split(path).map(decode);
  const candidates = contract.operations.filter((operation) => matches(operation, parts)).sort(moreConcreteFirst);
  const best = candidates[0];
  if (!best) return { kind: 'unknown_path' };
  const siblings = candidates.filter(({ prism }) => prism.path === best.prism.path);
  const wanted = method === 'HEAD' ? 'get' : method.toLowerCase();
  const operation = siblings.find(({ prism }) => prism.method === wanted);
  if (operation) return { kind: 'found', operation, path };
  return { kind: 'wrong_method', allow: allowedMethods(siblings) };
}

function basePathOf(document: object): string {
  const { servers } = document as { servers?: readonly { url: string }[] };
  const path = new URL(servers?.[0]?.url ?? '/', 'http://mock').pathname;
  return path.replace(/\/+$/, '');
}

function segmentsOf(template: string): Segment[] {
  return split(template).map((segment) => ({
    pattern: new RegExp(
      `^${segment
        .split(/\{[^}]+\}/)
        .map(escapePattern)
        .join('(.+)')}$`,
      's',
    ),
    templated: segment.includes('{'),
  }));
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function matches({ segments }: Operation, parts: readonly (string | undefined)[]): boolean {
  return (
    parts.length === segments.length &&
    segments.every(({ pattern }, at) => {
      const part = parts[at];
      return part !== undefined && pattern.test(part);
    })
  );
}

function moreConcreteFirst(a: Operation, b: Operation): number {
  const at = a.segments.findIndex(({ templated }, index) => templated !== b.segments[index]?.templated);
  if (at < 0) return 0;
  return a.segments[at]?.templated ? 1 : -1;
}

function allowedMethods(siblings: readonly Operation[]): string[] {
  const methods = siblings.map(({ prism }) => prism.method.toUpperCase());
  return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].sort();
}

function split(path: string): string[] {
  return path.split('/').slice(1);
}

/** Nothing for what is no percent-encoded UTF-8: such a path names nothing. */
function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
