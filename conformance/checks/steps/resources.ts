import { pointerTokens, readPointer } from '../../../contract/json-pointer.ts';
import type { Operation } from '../../../contract/operation.ts';
import { type Resource, resources } from '../../../generated/resources.ts';
import type { Caller, RawOptions } from '../../http/caller.ts';
import { Unverified } from '../../http/errors.ts';
import { type AnsweredCall, parseBody } from '../../http/http-call.ts';
import { givenStatus, givenThat } from '../../http/want.ts';
import type { AccountName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import {
  controlPlane,
  creationBody,
  fillPath,
  findResource,
  type KnownIds,
  listOwned,
} from '../../platform/resources.ts';

/** What was made for a check, or lent to it. */
export interface Created {
  readonly id: string;
  /** The secret that the platform showed when it was made; empty where there is none. */
  readonly secret: string;
  /** Its own id and those of what it belongs to, by resource. */
  readonly ids: KnownIds;
}

/** Asks for one of a resource under a name of the run, whatever the answer. What was made is deleted after the check. */
export function create(
  t: Context,
  account: AccountName,
  name: string,
  extra: object = {},
  parents: KnownIds = {},
): Promise<AnsweredCall> {
  const { create: creation } = findResource(name);
  if (!('path' in creation)) throw new Error(`the contract has no way to make one of ${name}`);
  const body = creationBody(name, t.nextName(), extra);
  return sendTo(t.as(account), controlPlane.operation(creation.operationId), parents, body);
}

/** One that the check builds on, with all that it belongs to. */
export async function givenCreated(
  t: Context,
  account: AccountName,
  name: string,
  extra: object = {},
): Promise<Created> {
  const { create: creation, parent } = findResource(name);
  if (!('path' in creation)) throw new Unverified(`the contract has no way to make one of ${name}`);
  const parents: KnownIds = parent === null ? {} : (await givenOne(t, account, parent)).ids;
  const [field] = creation.parent === undefined ? [] : pointerTokens(creation.parent);
  const inBody = field === undefined ? {} : { [field]: parents[parent ?? ''] };
  const answered = givenStatus(await create(t, account, name, { ...inBody, ...extra }, parents), 200, 201, 202);
  const [id, secret = ''] = [creation.id, creation.secret].map((at) => at && readPointer(parseBody(answered), at));
  if (typeof id !== 'string' || id === '' || typeof secret !== 'string') {
    throw new Unverified(`could not be set up: the answer does not show what was made of ${name}`, answered);
  }
  return { id, secret, ids: { ...parents, [name]: id } };
}

/** One of a resource, made where need be. Workspaces are costly: the run's own one serves. */
export async function givenOne(t: Context, account: AccountName, name: string): Promise<Created> {
  if (name !== 'workspaces') return givenCreated(t, account, name);
  const { id, key = '' } = account === 'other' ? await t.foreignWorkspace() : await t.workspace();
  return { id, secret: key, ids: { workspaces: id } };
}

/** The ids that are listed, sorted. */
export async function givenIds(caller: Caller, name: string, ids: KnownIds = {}): Promise<readonly string[]> {
  const listed = await listOwned(caller, findResource(name), ids);
  givenThat(listed !== undefined, `could not be set up: the list of ${name} is not as documented`);
  return (listed ?? []).map(({ id }) => id).sort();
}

/** Sends an operation with these ids in its path. */
export function sendTo(caller: Caller, operation: Operation, ids: KnownIds, body?: unknown): Promise<AnsweredCall> {
  const path = fillPath(operation.operationId, operation.path, ids);
  if (path === undefined) throw new Error(`an id is missing for ${operation.operationId}`);
  const json: RawOptions =
    body === undefined ? {} : { body: JSON.stringify(body), headers: [['content-type', 'application/json']] };
  return caller.send(operation.method, path, json);
}

/** The operations of the control plane that need a credential. */
export const protectedOperations: readonly Operation[] = controlPlane.operations.filter(({ isPublic }) => !isPublic);

/** The paths of all operations that read and need no other ids than these. */
export function readablePaths(ids: KnownIds): readonly string[] {
  return protectedOperations.flatMap(({ operationId, method, path }) => {
    const filled = method === 'GET' ? fillPath(operationId, path, ids) : undefined;
    return filled ?? [];
  });
}

/** The resource whose list an operation answers. */
export function findListed(operationId: string): Resource {
  const found = Object.values<Resource>(resources).find(
    ({ list }) => 'operationId' in list && list.operationId === operationId,
  );
  if (found === undefined) throw new Error(`${operationId} lists no resource`);
  return found;
}
