import { createHash } from 'node:crypto';
import { pointerTokens, readPointer } from '../../contract/json-pointer.ts';
import { createRouteTable } from '../../contract/route-table.ts';
import type { Schema } from '../../contract/schema.ts';
import { controlPlaneDocument } from '../../generated/bundles.ts';
import { type PathId, pathIds, type Resource, resources } from '../../generated/resources.ts';
import type { Caller } from '../http/caller.ts';
import { type AnsweredCall, describeCall, parseBody } from '../http/http-call.ts';

/** The operations of the control plane, as the contract has them. */
export const controlPlane = createRouteTable(controlPlaneDocument);

/** The resources of the control plane. */
export const ownResources: readonly Resource[] = Object.values<Resource>(resources).filter(
  ({ api }) => api === 'control-plane',
);

/** A resource by its name. Throws where the contract has none of that name. */
export function findResource(name: string): Resource {
  const found = ownResources.find((resource) => resource.name === name);
  if (found === undefined) throw new Error(`the contract has no resource ${name}`);
  return found;
}

/** Where the contract has secrets: in the creation of a resource, and so in whatever is answered below its path. */
const ISSUED = ownResources.flatMap(({ create }) =>
  'secret' in create && create.secret !== undefined
    ? [{ path: create.path, field: pointerTokens(create.secret).at(-1) ?? '' }]
    : [],
);

/** Fields that are sent, and that no answer may show. */
const SENT = Object.values(controlPlaneDocument.components?.schemas ?? {}).flatMap(({ properties = {} }: Schema) =>
  Object.entries(properties).flatMap(([name, { writeOnly }]) => (writeOnly ? [name] : [])),
);

/** Fields that hold a secret in what is sent to a path of the control plane, and in what it answers. */
export function listSecretFields(path: string): readonly string[] {
  return [...SENT, ...ISSUED.flatMap((issued) => (path.startsWith(issued.path) ? [issued.field] : []))];
}

/** Ids for the parameters of a path, by the resource that each one names. */
export type KnownIds = Readonly<Partial<Record<string, string>>>;

/** A path with its ids in place; undefined where one of them is not known. */
export function fillPath(operationId: string, path: string, ids: KnownIds): string | undefined {
  let filled = path;
  for (const { parameter, resource } of idsInPath(operationId)) {
    const id = ids[resource];
    if (id === undefined) return undefined;
    filled = filled.replace(`{${parameter}}`, encodeURIComponent(id));
  }
  return filled;
}

/** The ids of an operation's path, by the parameter that holds each. */
export function fillById(operationId: string, ids: KnownIds): Readonly<Record<string, string>> {
  const known = idsInPath(operationId).map(({ parameter, resource }) => [parameter, ids[resource] ?? parameter]);
  return Object.fromEntries(known);
}

/** The resources that the ids in the path of an operation name, in their order. */
export function namedInPath(operationId: string): readonly string[] {
  return idsInPath(operationId).map(({ resource }) => resource);
}

function idsInPath(operationId: string): readonly PathId[] {
  return (pathIds as Readonly<Record<string, readonly PathId[]>>)[operationId] ?? [];
}

/** The resource that an operation makes one of. */
export function resourceMadeBy(operationId: string): Resource | undefined {
  return ownResources.find(({ create }) => 'operationId' in create && create.operationId === operationId);
}

/** Something that a platform has, by the resource it is one of. */
export interface Owned {
  readonly resource: Resource;
  readonly id: string;
  /** The text that its owner chose. */
  readonly label: string | undefined;
  /** The ids of its parents. */
  readonly parents: KnownIds;
}

/** What an answer says was made, whatever its status of success; undefined where it is none of the contract's. */
export function readCreated(path: string, answered: AnsweredCall): Owned | undefined {
  const { status } = answered.response;
  if (status < 200 || status >= 300) return undefined;
  const match = controlPlane.match(answered.request.method, `${controlPlane.basePath}${path.split('?')[0]}`);
  if (match.kind !== 'found') return undefined;
  const { operationId } = match.operation;
  const resource = resourceMadeBy(operationId);
  if (resource === undefined || !('operationId' in resource.create)) return undefined;
  const id = readPointer(parseBody(answered), resource.create.id);
  if (typeof id !== 'string' || id === '') return undefined;
  const parents = Object.fromEntries(
    namedInPath(operationId).map((name, at) => [name, Object.values(match.params)[at]]),
  );
  return { resource, id, label: undefined, parents };
}

/** Deletes it; 404 is as good as done: the check may have deleted it. Throws where the platform still has it. */
export async function deleteOwned(caller: Caller, { resource, id, parents }: Owned): Promise<void> {
  const { delete: removal, name } = resource;
  if (!('operationId' in removal)) throw new Error(`the contract has no way to delete it: ${removal.missing}`);
  const path = fillPath(removal.operationId, removal.path, { ...parents, [name]: id });
  if (path === undefined) throw new Error('the ids of what it belongs to are not known');
  const answered = await caller.delete(path);
  const { status } = answered.response;
  if (status >= 300 && status !== 404) throw new Error(`${describeCall(answered)} answered ${status}`);
}

/** More pages than any account of a suite fills. */
const MOST_PAGES = 100;

/** The items of a list, page by page; undefined where the platform does not answer it as documented. */
export async function listOwned(
  caller: Caller,
  resource: Resource,
  ids: KnownIds = {},
): Promise<readonly Owned[] | undefined> {
  const { list } = resource;
  if (!('operationId' in list)) return undefined;
  const path = fillPath(list.operationId, list.path, ids);
  if (path === undefined) return undefined;
  const found: Owned[] = [];
  let cursor: unknown;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = typeof cursor === 'string' ? `?cursor=${encodeURIComponent(cursor)}` : '';
    const json = parseBody(await caller.get(`${path}${query}`));
    const items = readPointer(json, list.items);
    if (!Array.isArray(items)) return undefined;
    for (const item of items) {
      const [id, label] = [readPointer(item, list.id), readPointer(item, list.label)];
      if (typeof id !== 'string' || id === '') return undefined;
      found.push({ resource, id, label: typeof label === 'string' ? label : undefined, parents: ids });
    }
    cursor = readPointer(json, '/next_cursor');
    if (typeof cursor !== 'string' || cursor === '') break;
  }
  return found;
}

/** The name of something that a run creates. It shows which run created it. */
export function runLabel(runId: string, what: string | number): string {
  return `conformance-${runId}-${what}`;
}

/** The run that something is named after; undefined where it is no run's. */
export function runInLabel(label: string | undefined): string | undefined {
  return /^conformance-([0-9a-f]{8})-/.exec(label ?? '')?.[1];
}

/** What an account has that is named after a run, of every resource that can be listed without an id. */
export async function listRunsLeftovers(caller: Caller): Promise<readonly (Owned & { readonly runId: string })[]> {
  const found: (Owned & { readonly runId: string })[] = [];
  for (const resource of ownResources) {
    for (const owned of (await listOwned(caller, resource)) ?? []) {
      const runId = runInLabel(owned.label);
      if (runId !== undefined) found.push({ ...owned, runId });
    }
  }
  return found;
}

/** The body that makes one, under this label and unlike all others; `extra` replaces and adds to its fields. */
export function creationBody(name: string, label: string, extra: object = {}): object {
  const resource = findResource(name);
  if (!('operationId' in resource.create)) throw new Error(`the contract has no way to make one of ${name}`);
  return { ...resource.create.body, ...creationLabel(resource, label), ...extra };
}

/** The fields of a body by which what it makes is found again, and is unlike all others; none where there are no such fields. */
export function creationLabel({ create }: Resource, label: string): Readonly<Record<string, string>> {
  if (!('body' in create)) return {};
  const [unique, name] = [create.unique, create.label].map((pointer) => pointer && pointerTokens(pointer)[0]);
  return {
    ...(unique && { [unique]: makeUnlike(String(readPointer(create.body, create.unique ?? '')), label) }),
    ...(name && { [name]: label }),
  };
}

/** The text with other letters and digits at its end, which follow from the label. */
function makeUnlike(example: string, label: string): string {
  const fresh = [...createHash('sha256').update(label).digest('hex').slice(0, FRESH_CHARACTERS)];
  return [...example].reduceRight((text, sign) => (/[a-z0-9]/i.test(sign) ? (fresh.pop() ?? sign) : sign) + text, '');
}

const FRESH_CHARACTERS = 16;
