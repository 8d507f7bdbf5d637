import { randomUUID } from 'node:crypto';
import { pointerTokens } from '../../../contract/json-pointer.ts';
import type { Operation } from '../../../contract/operation.ts';
import { type AnsweredCall, parseBody } from '../../http/http-call.ts';
import { givenStatus, givenThat, wantEqual, wantStatus, wantThat } from '../../http/want.ts';
import type { Context } from '../../platform/context.ts';
import {
  controlPlane,
  creationBody,
  creationLabel,
  findResource,
  type KnownIds,
  listOwned,
  namedInPath,
  resourceMadeBy,
} from '../../platform/resources.ts';
import { wantNoLeak } from '../steps/key-secrecy.ts';
import { type Created, create, findListed, givenCreated, givenIds, givenOne, sendTo } from '../steps/resources.ts';

/** The list of one account has nothing of what another account has. */
export async function checkForeignUnlisted(t: Context, operationIds: readonly string[]): Promise<void> {
  for (const operationId of operationIds) {
    const { name } = findListed(operationId);
    const foreign = await givenOne(t, 'other', name);
    const listed = await givenIds(t.funded, name);
    wantThat(
      !listed.includes(foreign.id),
      `nothing of another account in the list of ${name}`,
      `${foreign.id} is there`,
    );
  }
}

/** With ids of another account, each operation answers like with ids that do not exist. */
export async function checkForeignHidden(t: Context, operationIds: readonly string[]): Promise<void> {
  for (const operation of operationIds.map(controlPlane.operation)) {
    const { ids } = await givenOne(t, 'other', lastNamed(operation));
    for (const asked of await mixIds(t, operation, ids)) {
      const unknown = replaceForeign(asked, ids);
      const [body] = requestBodies(t, operation);
      const send = async (named: KnownIds) => ({
        answered: await sendTo(t.funded, operation, named, body),
        id: named[lastNamed(operation)] ?? '',
      });
      wantIndistinguishable(await send(asked), await send(unknown));
    }
  }
}

/** With ids of another account, each operation is answered 404, and its owner sees no difference afterwards. */
export async function checkForeignUnchanged(t: Context, operationIds: readonly string[]): Promise<void> {
  for (const operation of operationIds.map(controlPlane.operation)) {
    const made = await givenOne(t, 'other', lastNamed(operation));
    const before = await viewAsOwner(t, operation, made);
    for (const body of requestBodies(t, operation)) {
      for (const asked of await mixIds(t, operation, made.ids)) {
        const answered = await sendTo(t.funded, operation, asked, body);
        wantStatus(answered, 404);
        wantEqual('what the other account sees', await viewAsOwner(t, operation, made), before, answered);
      }
    }
  }
}

/** The list shows no secret in full: not that of a new one, nor those that the run calls with. */
export async function checkIssuedKey(t: Context, operationIds: readonly string[]): Promise<void> {
  for (const operation of operationIds.map(controlPlane.operation)) {
    const resource = findListed(operation.operationId);
    const { ids, secret } = await givenCreated(t, 'funded', resource.name);
    givenThat(secret !== '', `the platform shows no secret of a new one of ${resource.name}`);
    const workspace = await t.workspace();
    const list = givenStatus(await sendTo(t.funded, operation, ids), 200);
    const keys = [secret, workspace.key, t.config.accounts.funded.apiKey].filter((key) => key !== undefined);
    for (const key of keys) wantNoLeak([list], key, 'a whole key');
  }
}

/** A second one with the text that has to be unique is refused, and the list stays as it was. */
export async function checkUnique(t: Context, operationIds: readonly string[]): Promise<void> {
  for (const operationId of operationIds) {
    const resource = resourceMadeBy(operationId);
    if (resource === undefined || !('unique' in resource.create) || resource.create.unique === undefined) {
      throw new Error(`${operationId} makes nothing that has to be unique`);
    }
    const [field = ''] = pointerTokens(resource.create.unique);
    const same = { [field]: Object(creationBody(resource.name, t.nextName()))[field] };
    const { ids } = await givenCreated(t, 'funded', resource.name, same);
    const before = await givenIds(t.funded, resource.name, ids);
    wantStatus(await create(t, 'funded', resource.name, same, ids), 409);
    wantEqual(`${resource.name} after the refusal`, await givenIds(t.funded, resource.name, ids), before);
  }
}

/**
 * Both are 404, and their bodies are the same but for the ids that were asked for: a caller who guesses ids learns nothing
 * from the difference between a foreign one and one that does not exist.
 */
function wantIndistinguishable(
  foreign: { readonly answered: AnsweredCall; readonly id: string },
  unknown: { readonly answered: AnsweredCall; readonly id: string },
): void {
  wantStatus(foreign.answered, 404);
  wantStatus(unknown.answered, 404);
  const body = ({ answered, id }: typeof foreign) => answered.response.text.replaceAll(id, '{id}');
  wantEqual('body for a foreign id', body(foreign), body(unknown), foreign.answered);
}

/** The resource that the last id in the path of an operation names. */
function lastNamed({ operationId }: Operation): string {
  const name = namedInPath(operationId).at(-1);
  if (name === undefined) throw new Error(`${operationId} has no id in its path`);
  return name;
}

/** All ids of the other account; and where the path has several, the last one below what the asking account has itself. */
async function mixIds(t: Context, { operationId }: Operation, foreign: KnownIds): Promise<readonly KnownIds[]> {
  const outer = namedInPath(operationId).at(-2);
  if (outer === undefined) return [foreign];
  return [foreign, { ...foreign, ...(await givenOne(t, 'funded', outer)).ids }];
}

/** Ids that do not exist in the place of those of the other account. */
function replaceForeign(asked: KnownIds, foreign: KnownIds): KnownIds {
  const pairs = Object.entries(asked).map(([name, id]) => [name, id === foreign[name] ? randomUUID() : id]);
  return Object.fromEntries(pairs);
}

/** What the owner sees of what the operation could change: whether it is there, what is read at the same path, its secret. */
async function viewAsOwner(t: Context, operation: Operation, { id, ids, secret }: Created): Promise<object> {
  const owner = t.as('other');
  const listed = await listOwned(owner, findResource(lastNamed(operation)), ids);
  const isListed = listed?.some((owned) => owned.id === id);
  const reading = controlPlane.operations.find(({ method, path }) => method === 'GET' && path === operation.path);
  const read =
    reading === undefined || operation.method === 'DELETE'
      ? undefined
      : parseBody(givenStatus(await sendTo(owner, reading, ids), 200));
  const accepted = secret === '' ? undefined : (await t.withKey(secret).get('/users/me/credits')).response.status;
  return { isListed, read, accepted };
}

/** Every example of the request's body, with a name that is not taken where it makes something; undefined: it takes none. */
function requestBodies(t: Context, { body, operationId }: Operation): readonly unknown[] {
  const examples = [...(body?.content.get('application/json')?.examples.values() ?? [])];
  const made = resourceMadeBy(operationId);
  if (examples.length === 0) return [undefined];
  return made === undefined
    ? examples
    : examples.map((example) => ({ ...Object(example), ...creationLabel(made, t.nextName()) }));
}
