import { randomUUID } from 'node:crypto';
import { readPointer } from '../../../contract/json-pointer.ts';
import type { Operation } from '../../../contract/operation.ts';
import { createRouteTable } from '../../../contract/route-table.ts';
import { controlPlaneDocument } from '../../../generated/bundles.ts';
import { type PathId, pathIds, type Resource, resources } from '../../../generated/resources.ts';
import type { Caller } from '../../http/caller.ts';
import { type Answered, jsonOf } from '../../http/http-call.ts';
import { givenStatus, givenThat, wantEqual, wantStatus } from '../../http/want.ts';
import type { AccountName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { wantNoLeak } from '../steps/key-secrecy.ts';
import { wantIndistinguishable } from '../steps/resources.ts';

const { operation: findOperation, operations } = createRouteTable(controlPlaneDocument);

/** Ids by the name of their resource. */
type Ids = Readonly<Record<string, string>>;

interface Made {
  readonly ids: Ids;
  /** What the answer of its creation showed this once. */
  readonly secret: string | undefined;
}

/** With ids of another account, each operation answers like with ids that do not exist. */
export async function checkForeignHidden(t: Context, operationIds: readonly string[]): Promise<void> {
  for (const operationId of operationIds) {
    const operation = findOperation(operationId);
    const { ids } = await givenMade(t, 'other', findOwner(operationId));
    for (const asked of await mixIds(t, operationId, ids)) {
      const unknown = replaceForeign(asked, ids);
      const [body] = requestBodies(operation);
      wantIndistinguishable(
        { answered: await send(t.funded, operation, asked, body), id: lastId(operationId, asked) },
        { answered: await send(t.funded, operation, unknown, body), id: lastId(operationId, unknown) },
      );
    }
  }
}

/** With ids of another account, each operation is answered 404, and its owner sees no difference afterwards. */
export async function checkForeignUnchanged(t: Context, operationIds: readonly string[]): Promise<void> {
  for (const operationId of operationIds) {
    const operation = findOperation(operationId);
    const made = await givenMade(t, 'other', findOwner(operationId));
    const before = await viewAsOwner(t, operation, made);
    for (const body of requestBodies(operation)) {
      for (const asked of await mixIds(t, operationId, made.ids)) {
        const answered = await send(t.funded, operation, asked, body);
        wantStatus(answered, 404);
        wantEqual('what the other account sees', await viewAsOwner(t, operation, made), before, answered);
      }
    }
  }
}

/** The list shows no secret in full: not that of a new one, nor those that the run calls with. */
export async function checkIssuedKey(t: Context, operationIds: readonly string[]): Promise<void> {
  for (const operationId of operationIds) {
    const resource = Object.values<Resource>(resources).find(
      ({ list }) => 'operationId' in list && list.operationId === operationId,
    );
    if (resource === undefined) throw new Error(`${operationId} lists no resource`);
    const { ids, secret } = await givenMade(t, 'funded', resource);
    givenThat(secret !== undefined, `the platform shows no secret of a new one of ${resource.name}`);
    const workspace = await t.workspace();
    const list = givenStatus(await send(t.funded, findOperation(operationId), ids, undefined), 200);
    const keys = [secret, workspace.key, t.config.accounts.funded.apiKey].filter((key) => key !== undefined);
    for (const key of keys) wantNoLeak([list], key, 'a whole key');
  }
}

/** The resource that the last id in the path of an operation names. */
function findOwner(operationId: string): Resource {
  const last = idsInPath(operationId).at(-1);
  if (last === undefined) throw new Error(`${operationId} has no id in its path`);
  return (resources as Readonly<Record<string, Resource>>)[last.resource] as Resource;
}

function idsInPath(operationId: string): readonly PathId[] {
  return (pathIds as Readonly<Record<string, readonly PathId[]>>)[operationId] ?? [];
}

/** One of an account, made with everything that it belongs to. Workspaces are costly: the run's own one serves. */
async function givenMade(t: Context, account: AccountName, resource: Resource): Promise<Made> {
  const { name, parent, create } = resource;
  if (name === 'workspaces') {
    const { id, key } = account === 'other' ? await t.foreignWorkspace() : await t.workspace();
    return { ids: { [name]: id }, secret: key };
  }
  const parents =
    parent === null
      ? {}
      : (await givenMade(t, account, (resources as Readonly<Record<string, Resource>>)[parent] as Resource)).ids;
  givenThat('operationId' in create, `the contract has no way to make one of ${name}`);
  if (!('operationId' in create)) return { ids: parents, secret: undefined };
  const label = create.label === undefined ? {} : { [create.label.slice(1)]: t.marker.slice(0, 64) };
  const inBody = create.parent === undefined ? {} : { [create.parent.slice(1)]: parents[parent ?? ''] };
  const operation = findOperation(create.operationId);
  const answered = await send(t.as(account), operation, parents, { ...create.body, ...inBody, ...label });
  const id = readPointer(jsonOf(givenStatus(answered, 200, 201)), create.id);
  givenThat(typeof id === 'string' && id !== '', `no id at ${create.id}`, answered);
  const ids = { ...parents, [name]: String(id) };
  deleteAfterwards(t, account, resource, ids);
  const secret = create.secret === undefined ? undefined : readPointer(jsonOf(answered), create.secret);
  return { ids, secret: typeof secret === 'string' ? secret : undefined };
}

function deleteAfterwards(t: Context, account: AccountName, { name, delete: gone }: Resource, ids: Ids): void {
  if (!('operationId' in gone)) return;
  t.cleanUp(`${name} ${ids[name]}`, async () => {
    const { status } = (await send(t.as(account), findOperation(gone.operationId), ids, undefined)).answer;
    if (status >= 300 && status !== 404) throw new Error(`DELETE answered ${status}`);
  });
}

/** All ids of the other account; and where the path has several, that id below what the asking account has itself. */
async function mixIds(t: Context, operationId: string, foreign: Ids): Promise<readonly Ids[]> {
  const inPath = idsInPath(operationId);
  const [first] = inPath;
  if (first?.resource !== 'workspaces' || inPath.length < 2) return [foreign];
  return [foreign, { ...foreign, workspaces: (await t.workspace()).id }];
}

/** Ids that do not exist in the place of those of the other account. */
function replaceForeign(asked: Ids, foreign: Ids): Ids {
  return Object.fromEntries(
    Object.entries(asked).map(([name, id]) => [name, id === foreign[name] ? randomUUID() : id]),
  );
}

function lastId(operationId: string, ids: Ids): string {
  return ids[idsInPath(operationId).at(-1)?.resource ?? ''] ?? '';
}

/** What the owner sees of what the operation could change: whether it is there, what is read at the same path, its secret. */
async function viewAsOwner(t: Context, operation: Operation, { ids, secret }: Made): Promise<object> {
  const owner = t.as('other');
  const { list, name } = findOwner(operation.operationId);
  const listed = 'operationId' in list ? await send(owner, findOperation(list.operationId), ids, undefined) : undefined;
  const items = 'operationId' in list ? readPointer(jsonOf(listed as Answered), list.items) : [];
  const isListed =
    'operationId' in list && Array.isArray(items) && items.some((item) => readPointer(item, list.id) === ids[name]);
  const reading = operations.find(({ method, path }) => method === 'GET' && path === operation.path);
  const read =
    reading === undefined || operation.method === 'DELETE'
      ? undefined
      : jsonOf(givenStatus(await send(owner, reading, ids, undefined), 200));
  const accepted = secret === undefined ? undefined : (await t.withKey(secret).get('/users/me/credits')).answer.status;
  return { isListed, read, accepted };
}

/** Every example of the request's body; one without a body where the operation takes none. */
function requestBodies({ body }: Operation): readonly unknown[] {
  const examples = [...(body?.content.get('application/json')?.examples.values() ?? [])];
  return examples.length === 0 ? [undefined] : examples;
}

function send(caller: Caller, operation: Operation, ids: Ids, body: unknown): Promise<Answered> {
  const path = idsInPath(operation.operationId).reduce(
    (filled, { parameter, resource }) => filled.replace(`{${parameter}}`, encodeURIComponent(ids[resource] ?? '')),
    operation.path,
  );
  const json =
    body === undefined ? {} : { body: JSON.stringify(body), headers: [['content-type', 'application/json']] as const };
  return caller.send(operation.method, path, json);
}
