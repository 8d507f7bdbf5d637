import { z } from 'zod';
import type { Caller } from '../../http/caller.ts';
import { type Answered, jsonOf, valueAt } from '../../http/http-call.ts';
import { givenShape, wantEqual, wantStatus } from '../../http/want.ts';
import type { AccountName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { deleteWorkspace, workspaceOf } from '../../platform/workspaces.ts';

/** Deletes after the check what an answer says was made for the funded account: a workspace or a key. */
export function undoCreated(t: Context, answered: Answered): void {
  if (answered.answer.status !== 201) return;
  undoWorkspace(t, answered);
  undoApiKey(t, 'funded', answered);
}

export function undoWorkspace(t: Context, answered: Answered): void {
  const id = valueAt(jsonOf(answered), '/vm/id');
  if (typeof id !== 'string') return;
  t.cleanUp(`workspace ${id}`, () => deleteWorkspace(t.funded, workspaceOf(id, id, undefined)));
}

const issued = z.object({ id: z.string().min(1), key: z.string().min(1) });

export type IssuedKey = z.output<typeof issued>;

/** Asks for a key, whatever the answer; a key that was made is deleted after the check. */
export async function createApiKey(t: Context, account: AccountName, extra: object = {}): Promise<Answered> {
  // Names end at 64 characters.
  const name = t.marker.slice(0, 64);
  const answered = await t.as(account).post('/api-keys', { name, ...extra });
  undoApiKey(t, account, answered);
  return answered;
}

/** Deletes after the check the key that an answer shows, if it does. */
export function undoApiKey(t: Context, account: AccountName, answered: Answered): void {
  const made = issued.safeParse(jsonOf(answered));
  if (!made.success) return;
  const { id } = made.data;
  t.cleanUp(`API key ${id}`, async () => {
    const deleted = await t.as(account).delete(`/api-keys/${encodeURIComponent(id)}`);
    const { status } = deleted.answer;
    if (status >= 300 && status !== 404) throw new Error(`DELETE answered ${status}`);
  });
}

/** A key that the check builds on. */
export async function givenApiKey(t: Context, account: AccountName, extra: object = {}): Promise<IssuedKey> {
  return givenShape(await createApiKey(t, account, extra), issued);
}

/** Ids of the account's keys, sorted. */
export async function givenKeyIds(caller: Caller): Promise<readonly string[]> {
  const list = givenShape(await caller.get('/api-keys'), z.object({ api_keys: z.array(z.object({ id: z.string() })) }));
  return list.api_keys.map(({ id }) => id).sort();
}

const list = z.object({ vms: z.array(z.object({ id: z.string() })) });

/** Ids of the account's workspaces, sorted. */
export async function givenWorkspaceIds(caller: Caller): Promise<readonly string[]> {
  const { vms } = givenShape(await caller.get('/workspaces'), list);
  return vms.map(({ id }) => id).sort();
}

/**
 * Both are 404, and their bodies are the same but for the ids that were asked for: whoever guesses ids learns nothing
 * from the difference between a foreign one and one that does not exist.
 */
export function wantIndistinguishable(
  foreign: { readonly answered: Answered; readonly id: string },
  unknown: { readonly answered: Answered; readonly id: string },
): void {
  wantStatus(foreign.answered, 404);
  wantStatus(unknown.answered, 404);
  const body = ({ answered, id }: typeof foreign) => answered.answer.text.replaceAll(id, '{id}');
  wantEqual('body for a foreign id', body(foreign), body(unknown), foreign.answered);
}
