import { type Answered, jsonOf, valueAt } from '../../http/http-call.ts';
import type { Context } from '../../platform/context.ts';
import { deleteWorkspace, workspaceOf } from '../../platform/workspaces.ts';
import { undoApiKey } from './api-keys.ts';

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
