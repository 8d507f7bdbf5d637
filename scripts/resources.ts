import type { Bundle } from './bundle-spec.ts';
import {
  answerSchema,
  everyOperation,
  type FoundOperation,
  findOperation,
  findProperty,
  type Json,
  parameters,
  requestExample,
  requestSchema,
  resolve,
} from './spec-document.ts';

/** What `x-resource` says of a resource, beside the path that it stands on. */
interface ResourceRow {
  readonly name: string;
  readonly parameter: string;
  /** Only where the path does not say it. */
  readonly parent?: string;
  readonly list: Json;
  readonly create: Json;
  readonly delete: Json;
}

const FIELDS = {
  list: { required: ['operation', 'items', 'id', 'label'], optional: [] },
  create: { required: ['operation', 'example', 'id'], optional: ['label', 'parent', 'secret', 'unique'] },
  delete: { required: ['operation'], optional: [] },
} as const;
const KINDS = ['list', 'create', 'delete'] as const;
const NAME = /^[a-z][a-z-]*$/;

/** What is wrong with the form of an `x-resource`, in words; empty when nothing is. */
export function findShapeProblems(given: unknown): string[] {
  if (typeof given !== 'object' || given === null) return ['must be an object'];
  const row = given as Json;
  const problems = Object.keys(row)
    .filter((field) => !['name', 'parameter', 'parent', ...KINDS].includes(field))
    .map((field) => `has the unknown field ${field}`);
  if (typeof row.name !== 'string' || !NAME.test(row.name)) problems.push('needs name, like api-keys');
  if (typeof row.parameter !== 'string') problems.push('needs parameter, the path parameter that holds its id');
  for (const kind of KINDS) {
    const facts = (row[kind] ?? {}) as Json;
    if (typeof facts.missing === 'string') continue;
    const { required, optional } = FIELDS[kind];
    const absent = required.filter((field) => typeof facts[field] !== 'string');
    const unknown = Object.keys(facts).filter((field) => ![...required, ...optional].some((known) => known === field));
    if (absent.length > 0) {
      problems.push(`needs ${kind} with ${absent.join(', ')}, or with \`missing\` and the reason why there is none`);
    }
    for (const field of unknown) problems.push(`has the unknown field ${field} in ${kind}`);
  }
  return problems;
}

/**
 * The source of `generated/resources.ts`: what each resource is, and which resource every id of a path belongs to. Throws
 * with every fact that is missing or leads nowhere.
 */
export function resourceModule(bundles: readonly Bundle[]): string {
  const problems: string[] = [];
  const pathIds = bundles.flatMap((bundle) => readPathIds(bundle, problems));
  const resources = bundles.flatMap((bundle) => readResources(bundle, problems));
  if (problems.length > 0) throw new Error(`x-resource:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  const byName = resources.map(
    (resource) => `  '${resource.name}': ${JSON.stringify(resource, null, 2).replace(/\n/g, '\n  ')},\n`,
  );
  const byOperation = pathIds.map(([operationId, ids]) => `  ${operationId}: ${JSON.stringify(ids)},\n`);
  return `${HEAD}
/** Every resource of the contract and of the sandbox's own document, by name. */
export const resources = {
${byName.join('')}} as const satisfies Readonly<Record<string, Resource>>;

export type ResourceName = keyof typeof resources;

/** The ids of an operation's path, in the order of the path; operations without ids are left out. */
export const pathIds = {
${byOperation.join('')}} as const satisfies Readonly<Record<string, readonly PathId[]>>;
`;
}

interface OwnedPath {
  readonly path: string;
  readonly row: ResourceRow;
}

function findResourceRows({ pathItems }: Bundle): OwnedPath[] {
  return Object.entries(pathItems).flatMap(([path, item]) =>
    'x-resource' in item ? [{ path, row: item['x-resource'] as ResourceRow }] : [],
  );
}

function readResources(bundle: Bundle, problems: string[]) {
  const { api, document } = bundle;
  const rows = findResourceRows(bundle);
  return rows.flatMap(({ path, row }) => {
    const report = (text: string) => problems.push(`${api} ${path}: ${text}`);
    const wrong = findShapeProblems(row);
    for (const problem of wrong) report(problem);
    if (wrong.length > 0) return [];
    if (!path.endsWith(`/{${row.parameter}}`)) report(`does not end with its parameter {${row.parameter}}`);
    if (rows.some((other) => other.path !== path && other.row.name === row.name))
      report(`the name ${row.name} is taken`);
    const { name, parameter } = row;
    const [list, create, gone] = KINDS.map((kind) => readFacts(document, kind, row[kind], report));
    return [{ name, api, path, parameter, parent: findParent(rows, path, row, report), list, create, delete: gone }];
  });
}

/** The resource whose id stands before this one in the path; else what the row says. */
function findParent(rows: readonly OwnedPath[], path: string, { parent }: ResourceRow, report: (text: string) => void) {
  const inPath = rows
    .filter((other) => other.path !== path && path.startsWith(`${other.path}/`))
    .toSorted((a, b) => b.path.length - a.path.length)[0]?.row.name;
  if (inPath !== undefined && parent !== undefined) report(`the path says its parent already: ${inPath}`);
  if (parent !== undefined && !rows.some(({ row }) => row.name === parent)) report(`there is no resource ${parent}`);
  return inPath ?? parent ?? null;
}

function readFacts(document: object, kind: (typeof KINDS)[number], given: Json, report: (text: string) => void): Json {
  if ('missing' in given) return given;
  const found = findOperation(document, String(given.operation));
  if (found === undefined) {
    report(`${kind} names the operation ${given.operation}, which the document does not have`);
    return given;
  }
  const { operation: _, example, ...pointers } = given;
  const { operationId, method, path, operation } = found;
  const body = example === undefined ? undefined : requestExample(document, operation, String(example));
  if (example !== undefined && body === undefined) report(`${operationId} has no request example ${example}`);
  checkPointers(document, kind, found, pointers, report);
  const { unique } = pointers;
  if (typeof unique === 'string' && unique !== pointers.label) {
    const { pattern } = findProperty(document, requestSchema(document, found.operation), unique) ?? {};
    const text = String((body as Json | undefined)?.[unique.slice(1)]);
    const unfit = ['0', 'f'].map((sign) => text.replace(LAST_CHARACTERS, sign)).find((one) => !fits(pattern, one));
    if (unfit !== undefined) {
      report(
        `${operationId}: ${unique} of the example has to fit its pattern with any last 16 letters and digits; ${unfit} does not`,
      );
    }
  }
  return { operationId, method, path, ...(body === undefined ? {} : { body }), ...pointers };
}

/** What the suite replaces in the example of a unique text, to make another one. */
const LAST_CHARACTERS = /[a-z0-9](?=(?:[^a-z0-9]*[a-z0-9]){0,15}[^a-z0-9]*$)/gi;

function fits(pattern: unknown, text: string): boolean {
  return typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text);
}

function checkPointers(
  document: object,
  kind: string,
  { operation, operationId }: FoundOperation,
  pointers: Json,
  report: (text: string) => void,
): void {
  const answer = answerSchema(document, operation);
  const check = (schema: Json | undefined, pointer: unknown, place: string) => {
    if (typeof pointer !== 'string' || findProperty(document, schema, pointer) !== undefined) return;
    report(`${kind}: ${operationId} has no ${pointer} in its ${place}`);
  };
  if (kind === 'create') {
    for (const name of ['id', 'secret']) check(answer, pointers[name], 'answer');
    for (const name of ['label', 'parent', 'unique']) check(requestSchema(document, operation), pointers[name], 'body');
  }
  if (kind === 'list') {
    check(answer, pointers.items, 'answer');
    const items = resolve(document, findProperty(document, answer, String(pointers.items))?.items as Json);
    for (const name of ['id', 'label']) check(items, pointers[name], 'items');
  }
}

function readPathIds(bundle: Bundle, problems: string[]) {
  const { api, document } = bundle;
  const owners = new Map(findResourceRows(bundle).map(({ path, row }) => [path, row.name]));
  return everyOperation(document).flatMap(({ operationId, path, operation }) => {
    const ids = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([whole, parameter = '']) => {
      const declared = parameters(document, operation).find(
        ({ name, in: place }) => place === 'path' && name === parameter,
      );
      if (typeof declared?.['x-no-resource'] === 'string') return [];
      const resource = declared?.['x-resource'] ?? owners.get(path.slice(0, path.indexOf(whole) + whole.length));
      if (typeof resource === 'string') return [{ parameter, resource }];
      problems.push(
        `${api} ${path}: {${parameter}} belongs to no resource: the path up to it needs x-resource, or the parameter x-resource with a name, or x-no-resource with the reason`,
      );
      return [];
    });
    return ids.length === 0 ? [] : [[operationId, ids] as const];
  });
}

const HEAD = `
/** What the contract does not offer for a resource, and why. */
export interface Missing {
  readonly missing: string;
}

/** A resource: what has an id of its own in a path. Pointers are JSON pointers. */
export interface Resource {
  readonly name: string;
  readonly api: 'control-plane' | 'managed-proxy' | 'sandbox';
  /** Of one of them; ends with its id's parameter. */
  readonly path: string;
  /** The path parameter that holds its id. */
  readonly parameter: string;
  /** The resource that it belongs to; null: the account. */
  readonly parent: string | null;
  readonly list: ResourceList | Missing;
  readonly create: ResourceCreate | Missing;
  readonly delete: ResourceDelete | Missing;
}

export interface ResourceList {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** Of the items, in the answer. */
  readonly items: string;
  /** Of the id, in an item. */
  readonly id: string;
  /** Of the text that its owner chose, in an item. */
  readonly label: string;
}

export interface ResourceCreate {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** A body that makes one and needs nothing else to be there. */
  readonly body: object;
  /** Of the text that its owner chooses, in the body; absent where there is none. */
  readonly label?: string;
  /** Of the id, in the answer. */
  readonly id: string;
  /** Of its parent's id, in the body; absent where the path has it, or there is no parent. */
  readonly parent?: string;
  /** Of the secret that the answer shows this once; absent where there is none. */
  readonly secret?: string;
  /**
   * Of the text, in the body, that no two with the same owner have in common; absent where there is none. The last 16
   * letters and digits of the example may be any: so another text is made of it.
   */
  readonly unique?: string;
}

export interface ResourceDelete {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
}

/** An id in a path, and the resource that it names. */
export interface PathId {
  readonly parameter: string;
  readonly resource: string;
}
`;
