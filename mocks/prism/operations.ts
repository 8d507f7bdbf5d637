import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import type { Api } from './contract-api.ts';
import type { Dialect } from './envelopes.ts';

/** One operation as Prism reads it from an OpenAPI document. */
export type PrismOperation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];
export type PrismResponse = PrismOperation['responses'][number];
export type PrismContent = NonNullable<PrismResponse['contents']>[number];

/** An operation with its path template taken apart, one pattern for each segment. */
export interface Operation {
  readonly prism: PrismOperation;
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
  // Prism resolves references in place; the caller's document may be a shared module.
  const operations = await getHttpOperationsFromSpec(structuredClone(document));
  return {
    api,
    basePath: basePathOf(document),
    operations: operations.map((prism) => ({ prism, segments: segmentsOf(prism.path) })),
  };
}

/**
 * Finds the operation for a request. HEAD is looked up as GET; concrete path segments win over templated ones
 * (OpenAPI 3.1, Paths Object).
 */
export function findRoute(contract: Contract, method: string, pathname: string): Route {
  if (!pathname.startsWith(`${contract.basePath}/`)) return { kind: 'unknown_path' };
  const path = pathname.slice(contract.basePath.length);
  const candidates = contract.operations.filter((operation) => matches(operation, path)).sort(moreConcreteFirst);
  const best = candidates[0];
  if (!best) return { kind: 'unknown_path' };
  const siblings = candidates.filter(({ prism }) => prism.path === best.prism.path);
  const wanted = method === 'HEAD' ? 'get' : method.toLowerCase();
  const operation = siblings.find(({ prism }) => prism.method === wanted);
  if (operation) return { kind: 'found', operation, path };
  return { kind: 'wrong_method', allow: allowedMethods(siblings) };
}

/** The envelope that errors of this address are written in: that of the API which the caller's SDK speaks. */
export function dialectOf(pathname: string, headers: Readonly<Record<string, string | string[] | undefined>>): Dialect {
  if (/^\/anthropic\/|^\/v1\/messages(\/|$)/.test(pathname)) return 'anthropic';
  if (/^\/google\//.test(pathname)) return 'gemini';
  if (pathname === '/v1/models' && headers['anthropic-version']) return 'anthropic';
  if (pathname === '/v1/models' && headers['x-goog-api-key']) return 'gemini';
  if (/^\/(openai|v1|rig)\//.test(pathname)) return 'openai';
  return 'control-plane';
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

function matches({ segments }: Operation, path: string): boolean {
  const parts = split(path).map(decode);
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
