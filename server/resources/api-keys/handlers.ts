import type { Authenticate } from '../../http/authenticate.ts';
import { refusal } from '../../http/errors.ts';
import { timestamp } from '../../money/periods.ts';
import { authenticate } from '../../vault/credentials.ts';
import type { Handlers } from '../operations.ts';
import type { ServicesWith } from '../services.ts';
import type { ApiKey, ApiKeys } from './sql.ts';

/** `/api-keys`: credentials of the account, and of its workspaces towards the AI proxy. */
export function apiKeysHandlers({
  store,
  keys,
  clock,
  newIds,
}: ServicesWith<ApiKeys>): Pick<Handlers, 'listApiKeys' | 'createApiKey' | 'deleteApiKey'> {
  return {
    listApiKeys: async ({ account }) => ({
      status: 200,
      body: {
        api_keys: (await store.listApiKeys(account.id)).map((key) => ({
          ...shown(key),
          key_preview: keys.preview(key.prefix),
        })),
      },
    }),

    createApiKey: async ({ account, body }) => {
      const workspaceId = body.workspace_id ?? null;
      const { key, ...stored } = keys.mint(workspaceId === null ? 'account' : 'workspace');
      const name = body.name?.trim() || (workspaceId === null ? 'API key' : 'Workspace key');
      const row = {
        id: newIds.apiKey(),
        accountId: account.id,
        workspaceId,
        name,
        ...stored,
        createdAt: clock(account.id),
      };
      const outcome = await store.createApiKey(row);
      if (outcome.kind === 'not_found') return refusal('not_found');
      return { status: 201, body: { ...shown({ ...row, lastUsedAt: null }), key } };
    },

    deleteApiKey: async ({ account, params }) =>
      (await store.deleteApiKey(account.id, params.id))
        ? { status: 200, body: { message: 'API key deleted.' } }
        : refusal('not_found'),
  };
}

/** What may be shown of a key at any time. */
function shown({ id, name, workspaceId, createdAt, lastUsedAt }: ApiKey) {
  return {
    id,
    name,
    is_workspace_key: workspaceId !== null,
    ...(workspaceId === null ? {} : { workspace_id: workspaceId }),
    created_at: timestamp(createdAt),
    ...(lastUsedAt === null ? {} : { last_used_at: timestamp(lastUsedAt) }),
  };
}

/** A use is noted at most this often: it is shown to people, and decides nothing. */
const NOTE_USE_EVERY_MS = 60_000;

/**
 * The account behind an API key. Undefined for unknown keys, and for the keys of workspaces: those identify towards the
 * AI proxy and nowhere else.
 */
export function createAuthenticate({ store, clock }: ServicesWith<ApiKeys>): Authenticate {
  return async (presented) => {
    const found = await authenticate(store, presented);
    if (found === undefined || found.key.workspaceId !== null) return undefined;
    const { key, account } = found;
    const now = clock(key.accountId);
    if (key.lastUsedAt === null || now - key.lastUsedAt >= NOTE_USE_EVERY_MS) await store.touchApiKey(key.id, now);
    return account;
  };
}
