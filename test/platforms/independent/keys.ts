import { type Call, notFound, ok, type Reply } from './call.ts';
import { text } from './rules.ts';
import { dropKeys, issueKey, type Key, ownKeys, ownWorkspaces } from './state.ts';

export function listKeys({ state, account }: Call): Reply {
  return ok({ api_keys: ownKeys(state, account).map(shown) });
}

export function createKey({ state, account, body }: Call): Reply {
  const { name = 'unnamed', workspace_id } = body({ name: text(64, /^[^\p{Cc}]*$/u), workspace_id: text(128, /^./s) });
  const workspace = ownWorkspaces(state, account).find(({ id }) => id === workspace_id);
  if (workspace_id !== undefined && workspace === undefined) throw notFound();
  const { key, secret } = issueKey(state, account, String(name), workspace);
  return ok({ key: secret, id: key.id }, 201);
}

export function deleteKey({ state, key }: Call): Reply {
  const own = key();
  dropKeys(state, (one) => one === own);
  return ok({ message: 'It opens nothing any more.' });
}

function shown({ id, name, preview, workspace, made, used }: Key) {
  const row = { key_preview: preview, id, name, is_workspace_key: workspace !== undefined, created_at: made };
  return { ...row, ...(workspace && { workspace_id: workspace.id }), ...(used && { last_used_at: used }) };
}
