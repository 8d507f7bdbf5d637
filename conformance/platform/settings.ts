import { isDeepStrictEqual } from 'node:util';
import { resolve } from '../../contract/document.ts';
import { documentedStatuses, type Operation } from '../../contract/operation.ts';
import { allowedTypes, type Schema } from '../../contract/schema.ts';
import { controlPlaneDocument } from '../../generated/bundles.ts';
import type { Caller } from '../http/caller.ts';
import { type AnsweredCall, parseBody } from '../http/http-call.ts';
import { givenStatus } from '../http/want.ts';
import { controlPlane, fillPath, type KnownIds, listOwned, namedInPath, ownResources } from './resources.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What is read and written on one path, such as the AI configuration of a workspace. */
export interface Setting {
  readonly read: Operation;
  readonly write: Operation;
}

const writes = controlPlane.operations.filter(({ method }) => method === 'PUT' || method === 'PATCH');

/** Every setting of the contract. */
export const settings: readonly Setting[] = writes.flatMap((write) => {
  const read = controlPlane.operations.find(({ method, path }) => method === 'GET' && path === write.path);
  return read === undefined ? [] : [{ read, write }];
});

/** Settings of the account itself: their paths hold no id. */
export const accountSettings = settings.filter(({ read }) => namedInPath(read.operationId).length === 0);

/** Writes to the account that no setting on their own path shows, with the path of the one that does. */
export const SHOWN_ELSEWHERE: Readonly<Record<string, string>> = { updateAiMode: '/users/me/ai-defaults' };

/** Whether a request changes a setting of the account, which is to be restored. */
export function changesAccountSetting(method: string, path: string): boolean {
  const match = controlPlane.match(method, `${controlPlane.basePath}${path.split('?')[0]}`);
  return match.kind === 'found' && accountWrites.includes(match.operation);
}

/** Every write to a setting of the account, those that are shown elsewhere too. */
export const accountWrites = writes.filter(({ operationId }) => namedInPath(operationId).length === 0);

/** The account's settings as they are in effect, by path. What the platform does not offer is left out. */
export async function readAccountSettings(caller: Caller): Promise<ReadonlyMap<string, Fields>> {
  const found = new Map<string, Fields>();
  for (const { read, write } of accountSettings) {
    const answered = await caller.get(read.path);
    if (isBuilt(answered)) found.set(read.path, pick(answered, Object.keys(bodyFields(write))));
  }
  return found;
}

/**
 * Puts back what was in effect. Cleared fields come first: where they give the same values, the account goes on
 * inheriting, as it did before.
 */
export async function restoreAccountSettings(caller: Caller, saved: ReadonlyMap<string, Fields>): Promise<void> {
  for (const [path, before] of saved) {
    const { write } = accountSettings.find(({ read }) => read.path === path) as Setting;
    await clearSetting(caller, path);
    const now = pick(givenStatus(await caller.get(path), 200), Object.keys(before));
    if (isDeepStrictEqual(now, before)) continue;
    givenStatus(await caller.send(write.method, path, jsonBody(before)), 200);
  }
}

/** Sets every field that may be null to null, so that the platform's own defaults take their place. */
export async function clearSetting(caller: Caller, path: string): Promise<void> {
  const { write } = accountSettings.find(({ read }) => read.path === path) as Setting;
  const nullable = Object.entries(bodyFields(write)).filter(([, schema]) => allowedTypes(schema).includes('null'));
  const nulls = Object.fromEntries(nullable.map(([name]) => [name, null]));
  givenStatus(await caller.send(write.method, path, jsonBody(nulls)), 200);
}

/**
 * Everything that a request to the control plane can change and that these ids lead to: which things there are, and how
 * they are set. Times are left out, and so is what the contract does not document. Unverified where it cannot be read.
 */
export async function readState(caller: Caller, ids: KnownIds): Promise<Fields> {
  const state: Record<string, unknown> = {};
  for (const resource of ownResources) {
    const owned = await listOwned(caller, resource, ids);
    state[resource.name] = owned?.map(({ id }) => id).sort();
  }
  for (const { read } of settings) {
    const path = fillPath(read.operationId, read.path, ids);
    if (path === undefined) continue;
    const answered = await caller.get(path);
    if (isBuilt(answered)) state[path] = pick(answered, untimedFields(read));
  }
  return state;
}

/** False where the platform does not have the route; unverified where it fails on it. */
function isBuilt(answered: AnsweredCall): boolean {
  if ([404, 405, 501].includes(answered.response.status)) return false;
  givenStatus(answered, 200);
  return true;
}

function bodyFields({ body }: Operation): Readonly<Record<string, Schema>> {
  return fieldsOfSchema(body?.content.get('application/json')?.schema);
}

function untimedFields({ responses, ...operation }: Operation): readonly string[] {
  const status = documentedStatuses({ responses, ...operation }).find((each) => each < 300);
  const schema = responses.get(`${status}`)?.content.get('application/json')?.schema;
  return Object.entries(fieldsOfSchema(schema)).flatMap(([name, { format }]) => (format === 'date-time' ? [] : [name]));
}

function fieldsOfSchema(schema: Schema = {}): Readonly<Record<string, Schema>> {
  const { properties = {}, allOf = [] } = resolve<Schema>(controlPlaneDocument, schema);
  const own = Object.entries(properties).map(([name, field]) => [name, resolve<Schema>(controlPlaneDocument, field)]);
  return Object.assign({}, ...allOf.map((part) => fieldsOfSchema(part)), Object.fromEntries(own));
}

function pick(answered: AnsweredCall, names: readonly string[]): Fields {
  const json = Object(parseBody(answered));
  return Object.fromEntries(names.map((name) => [name, Object.hasOwn(json, name) ? json[name] : undefined]));
}

function jsonBody(json: object) {
  return { body: JSON.stringify(json), headers: [['content-type', 'application/json']] as const };
}
