import { type ApiDocument, readBasePath } from './document.ts';
import { type Operation, readOperations } from './operation.ts';

export type RouteMatch =
  | {
      readonly kind: 'found';
      readonly operation: Operation;
      /** Percent-decoded, by name, in the order of the path. */
      readonly params: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'unknown_path' }
  | {
      readonly kind: 'wrong_method';
      /** The methods of the path, for the header `Allow`. */
      readonly allow: readonly string[];
    };

/** The operations of one document, found by id and by request. */
export interface RouteTable {
  /** The path in front of all others, without a slash at the end. */
  readonly basePath: string;
  readonly operations: readonly Operation[];
  /** Throws where the document has none of that id. */
  operation(operationId: string): Operation;
  /** Finds the operation of a request by its method and its path with the base path, as it came: percent-encoded. */
  match(method: string, pathname: string): RouteMatch;
}

interface Node {
  readonly literals: Map<string, Node>;
  readonly templates: Template[];
  readonly operations: Map<string, Operation>;
}

/** A segment with a parameter in it: `{id}`, or with text around it as in `{model}:countTokens`. */
interface Template {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly node: Node;
}

/**
 * The paths of a document as a tree: finding one costs the length of the path, however many operations there are. Matching
 * is strict in case and slashes. Text wins over parameters (OpenAPI 3.1, Paths Object). HEAD is found as GET (RFC 9110
 * section 9.3.2). A path that is not valid percent-encoding is unknown.
 */
export function createRouteTable(document: ApiDocument): RouteTable {
  const basePath = readBasePath(document);
  const operations = readOperations(document);
  const byId = new Map(operations.map((operation) => [operation.operationId, operation]));
  const root = createNode();
  for (const operation of operations) insert(root, operation);
  return {
    basePath,
    operations,
    operation(operationId) {
      const operation = byId.get(operationId);
      if (operation === undefined) throw new Error(`the contract has no operation ${operationId}`);
      return operation;
    },
    match(method, pathname) {
      if (!pathname.startsWith(`${basePath}/`)) return { kind: 'unknown_path' };
      const values: [string, string][] = [];
      const found = find(root, pathname.slice(basePath.length + 1).split('/'), 0, values);
      if (found === undefined) return { kind: 'unknown_path' };
      const operation = found.get(method === 'HEAD' ? 'GET' : method);
      if (operation === undefined) return { kind: 'wrong_method', allow: allowedMethods(found) };
      const params = decodeAll(values);
      return params === undefined ? { kind: 'unknown_path' } : { kind: 'found', operation, params };
    },
  };
}

function createNode(): Node {
  return { literals: new Map(), templates: [], operations: new Map() };
}

function insert(root: Node, operation: Operation): void {
  let node = root;
  for (const segment of operation.path.slice(1).split('/')) node = childFor(node, segment);
  node.operations.set(operation.method, operation);
}

function childFor({ literals, templates }: Node, segment: string): Node {
  const [, before = '', name, after = ''] = /^([^{}]*)\{([^{}]+)\}([^{}]*)$/.exec(segment) ?? [];
  if (name === undefined) {
    if (/[{}]/.test(segment)) throw new Error(`a path segment may have one parameter: ${segment}`);
    const node = literals.get(segment) ?? createNode();
    literals.set(segment, node);
    return node;
  }
  const known = templates.find((each) => each.name === name && each.before === before && each.after === after);
  if (known !== undefined) return known.node;
  const template = { name, before, after, node: createNode() };
  templates.push(template);
  templates.sort((a, b) => b.before.length + b.after.length - a.before.length - a.after.length);
  return template.node;
}

/** The operations at the end of the path, and in `values` what its parameters are. */
function find(
  node: Node,
  segments: readonly string[],
  at: number,
  values: [string, string][],
): Node['operations'] | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.operations.size > 0 ? node.operations : undefined;
  const literal = node.literals.get(segment);
  const found = literal && find(literal, segments, at + 1, values);
  if (found !== undefined) return found;
  for (const { name, before, after, node: next } of node.templates) {
    const isMatch =
      segment.length > before.length + after.length && segment.startsWith(before) && segment.endsWith(after);
    if (!isMatch) continue;
    values.push([name, segment.slice(before.length, segment.length - after.length)]);
    const end = find(next, segments, at + 1, values);
    if (end !== undefined) return end;
    values.pop();
  }
  return undefined;
}

function allowedMethods(operations: Node['operations']): string[] {
  return [...operations.keys()].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
}

function decodeAll(values: readonly (readonly [string, string])[]): Readonly<Record<string, string>> | undefined {
  try {
    return Object.fromEntries(values.map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    return undefined;
  }
}
