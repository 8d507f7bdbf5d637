import { type ApiDocument, type ApiOperation, type ApiParameter, basePathOf, resolve } from './document.ts';

/** One operation of the contract, as the pipeline needs it. */
export interface Route {
  readonly operationId: string;
  readonly method: string;
  /** As the contract writes it, relative to the base path: `/workspaces/{id}/mode`. */
  readonly template: string;
  /** True where the contract asks for no credential. */
  readonly isPublic: boolean;
  readonly queryNames: ReadonlySet<string>;
  readonly body: 'required' | 'optional' | 'none';
  /** Whether there is a parameter or a body to be right or wrong. */
  readonly asksForSomething: boolean;
  /** Statuses the contract documents for the operation. */
  readonly statuses: readonly number[];
}

export type RouteMatch =
  | { readonly kind: 'found'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'unknown_path' }
  | { readonly kind: 'wrong_method'; readonly allow: readonly string[] };

export interface RouteTable {
  /** Under which all paths stand; anything outside is somebody else's. */
  readonly basePath: string;
  readonly routes: readonly Route[];
  /** Takes the path of the request, percent-encoded, with the base path. */
  match(method: string, pathname: string): RouteMatch;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

interface Node {
  readonly words: Map<string, Node>;
  parameter?: { readonly name: string; readonly node: Node };
  readonly methods: Map<string, Route>;
}

/**
 * The contract's paths as a tree: a lookup costs the length of its path, however many operations there are. Matching is
 * strict in case and slashes. HEAD is served wherever GET is (RFC 9110 section 9.3.2).
 */
export function createRouteTable(document: ApiDocument): RouteTable {
  const basePath = basePathOf(document);
  const routes = Object.keys(document.paths).flatMap((template) => routesOf(document, template));
  const root = newNode();
  for (const route of routes) plant(root, route);

  return {
    basePath,
    routes,
    match(method, pathname) {
      if (!pathname.startsWith(`${basePath}/`)) return { kind: 'unknown_path' };
      const params: Record<string, string> = {};
      const node = find(root, pathname.slice(basePath.length + 1).split('/'), params);
      if (node === undefined) return { kind: 'unknown_path' };
      const route = node.methods.get(method === 'HEAD' ? 'GET' : method);
      if (route !== undefined) return { kind: 'found', route, params };
      return {
        kind: 'wrong_method',
        allow: [...node.methods.keys()].flatMap((m) => (m === 'GET' ? [m, 'HEAD'] : [m])),
      };
    },
  };
}

function routesOf(document: ApiDocument, template: string): Route[] {
  const item = document.paths[template] as Record<string, unknown>;
  const shared = (item.parameters ?? []) as readonly object[];
  return METHODS.filter((method) => item[method] !== undefined).map((method) => {
    const operation = item[method] as ApiOperation;
    const parameters = [...shared, ...(operation.parameters ?? [])].map((p) => resolve<ApiParameter>(document, p));
    return {
      operationId: operation.operationId,
      method: method.toUpperCase(),
      template,
      isPublic: isPublic(operation.security ?? document.security ?? []),
      queryNames: new Set(parameters.filter((p) => p.in === 'query').map((p) => p.name)),
      body: bodyOf(document, operation),
      asksForSomething: parameters.length > 0 || operation.requestBody !== undefined,
      statuses: Object.keys(operation.responses).map(Number),
    };
  });
}

/** An empty list, or an empty alternative in it, asks for nothing (OpenAPI 3.1, Security Requirement Object). */
function isPublic(security: readonly object[]): boolean {
  return security.length === 0 || security.some((alternative) => Object.keys(alternative).length === 0);
}

function bodyOf(document: ApiDocument, operation: ApiOperation): Route['body'] {
  if (operation.requestBody === undefined) return 'none';
  return resolve<{ required?: boolean }>(document, operation.requestBody).required === true ? 'required' : 'optional';
}

function newNode(): Node {
  return { words: new Map(), methods: new Map() };
}

function plant(root: Node, route: Route): void {
  let node = root;
  for (const segment of route.template.slice(1).split('/')) node = branch(node, segment);
  node.methods.set(route.method, route);
}

function branch(node: Node, segment: string): Node {
  const name = /^\{(.+)\}$/.exec(segment)?.[1];
  if (name !== undefined) {
    node.parameter ??= { name, node: newNode() };
    return node.parameter.node;
  }
  const next = node.words.get(segment) ?? newNode();
  node.words.set(segment, next);
  return next;
}

/** Words win over parameters. */
function find(node: Node, segments: readonly string[], params: Record<string, string>): Node | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return node.methods.size > 0 ? node : undefined;
  const word = node.words.get(segment);
  const found = word === undefined ? undefined : find(word, rest, params);
  if (found !== undefined || node.parameter === undefined || segment === '') return found;
  const end = find(node.parameter.node, rest, params);
  if (end !== undefined) params[node.parameter.name] = decoded(segment);
  return end;
}

/** A segment that is not valid percent-encoding stays as it is: it names no resource, which is for others to say. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
