import { z } from 'zod';
import type { Caller } from '../../http/caller.ts';
import { type Answered, jsonOf } from '../../http/http-call.ts';
import { givenShape } from '../../http/want.ts';
import type { AccountName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';

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
