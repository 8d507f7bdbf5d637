import { type Database, first, run, type Script } from '../../database/database.ts';

import { type Int, type IntOrNull, queriesOn } from '../../database/query.ts';
import type { Lookup } from '../../http/authenticate.ts';
import { ACCOUNT_COLUMNS, type Account, type AccountsTable, type NewKey, toAccount } from '../accounts/sql.ts';
import { toWorkspace, WORKSPACE_COLUMNS, type Workspace, type WorkspacesTable } from '../workspaces/sql.ts';

/** A control-plane credential (`workspaceId` null) or a workspace's identity towards the proxy. */
export interface ApiKey extends NewKey {
  readonly accountId: string;
  readonly workspaceId: string | null;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

interface ApiKeysTable {
  readonly id: string;
  readonly account_id: string;
  readonly workspace_id: string | null;
  readonly name: string;
  readonly prefix: string;
  readonly hash: Uint8Array;
  readonly created_at: Int;
  readonly last_used_at: IntOrNull;
}

const API_KEY_COLUMNS = [
  'api_keys.id as api_key_id',
  'api_keys.account_id as api_key_account_id',
  'api_keys.workspace_id as api_key_workspace_id',
  'api_keys.name as api_key_name',
  'api_keys.created_at as api_key_created_at',
  'prefix',
  'hash',
  'last_used_at',
] as const;

interface ApiKeyRow {
  readonly api_key_id: string;
  readonly api_key_account_id: string;
  readonly api_key_workspace_id: string | null;
  readonly api_key_name: string;
  readonly api_key_created_at: bigint;
  readonly prefix: string;
  readonly hash: Uint8Array;
  readonly last_used_at: bigint | null;
}

function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.api_key_id,
    accountId: row.api_key_account_id,
    workspaceId: row.api_key_workspace_id,
    name: row.api_key_name,
    prefix: row.prefix,
    hash: row.hash,
    createdAt: Number(row.api_key_created_at),
    lastUsedAt: row.last_used_at === null ? null : Number(row.last_used_at),
  };
}

/** A key with whom it identifies, as of one moment: `workspace` is null for a control-plane credential. */
export interface ApiKeyWithOwner {
  readonly key: ApiKey;
  readonly account: Account;
  readonly workspace: Workspace | null;
}

export interface ApiKeys {
  /** `not_found` where `workspaceId` names no live workspace of the account. */
  createApiKey(key: Omit<ApiKey, 'lastUsedAt'>): Promise<{ readonly kind: 'created' } | { readonly kind: 'not_found' }>;
  /** The key with this public beginning, of any account. */
  findApiKey(prefix: string): Promise<ApiKeyWithOwner | undefined>;
  getApiKey(accountId: string, keyId: string): Promise<ApiKey | undefined>;
  /** Oldest first. */
  listApiKeys(accountId: string): Promise<readonly ApiKey[]>;
  deleteApiKey(accountId: string, keyId: string): Promise<boolean>;
  /** Notes a use. Callers may call it seldom (once a minute a key): it is shown to people, and decides nothing. */
  touchApiKey(keyId: string, at: number): Promise<void>;
}

const query = queriesOn<{ accounts: AccountsTable; api_keys: ApiKeysTable; workspaces: WorkspacesTable }>();

const FIND = query((db, values: { prefix: string }, dialect) =>
  db
    .selectFrom('api_keys')
    .innerJoin('accounts', 'accounts.id', 'api_keys.account_id')
    .leftJoin('workspaces', (join) =>
      join.onRef('workspaces.id', '=', 'api_keys.workspace_id').on('workspaces.deleted_at', 'is', null),
    )
    .select(WORKSPACE_COLUMNS)
    .select(ACCOUNT_COLUMNS)
    .select(API_KEY_COLUMNS)
    .where('prefix', '=', dialect.plannedOnce(values.prefix)),
);
const GET = query((db, values: { keyId: string; accountId: string }) =>
  db
    .selectFrom('api_keys')
    .select(API_KEY_COLUMNS)
    .where('id', '=', values.keyId)
    .where('account_id', '=', values.accountId),
);
const LIST = query((db, values: { accountId: string }, dialect) =>
  db
    .selectFrom('api_keys')
    .select(API_KEY_COLUMNS)
    .where('account_id', '=', dialect.plannedOnce(values.accountId))
    .orderBy('created_at')
    .orderBy(dialect.written('api_keys')),
);
/** Locked, so that a deletion of the workspace finds the key, too. */
const LOCK_WORKSPACE = query((db, values: { workspaceId: string; accountId: string }, dialect) =>
  db
    .selectFrom('workspaces')
    .select('id')
    .where('id', '=', values.workspaceId)
    .where('account_id', '=', values.accountId)
    .where('deleted_at', 'is', null)
    .$call(dialect.locked),
);
const INSERT = query((db, values: Omit<ApiKey, 'lastUsedAt'>) =>
  db.insertInto('api_keys').values({
    id: values.id,
    account_id: values.accountId,
    workspace_id: values.workspaceId,
    name: values.name,
    prefix: values.prefix,
    hash: values.hash,
    created_at: values.createdAt,
  }),
);
const DELETE = query((db, values: { keyId: string; accountId: string }) =>
  db.deleteFrom('api_keys').where('id', '=', values.keyId).where('account_id', '=', values.accountId).returning('id'),
);
const DELETE_WITH_WORKSPACE = query((db, values: { workspaceId: string }) =>
  db.deleteFrom('api_keys').where('workspace_id', '=', values.workspaceId),
);
const TOUCH = query((db, values: { keyId: string; at: bigint }) =>
  db
    .updateTable('api_keys')
    .set({ last_used_at: values.at })
    .where('id', '=', values.keyId)
    .where((where) => where.or([where('last_used_at', 'is', null), where('last_used_at', '<', values.at)]))
    .returning('id'),
);

/** Whose key an id in a path is. */
export function lookUpApiKey(store: ApiKeys): Lookup<Account, { readonly apiKey: ApiKey }> {
  return async (account, id) => {
    const apiKey = await store.getApiKey(account.id, id);
    return apiKey && { apiKey };
  };
}

/** In the transaction that deletes the workspace. */
export function deleteWorkspaceKeys(workspaceId: string): Script<void> {
  return run(DELETE_WITH_WORKSPACE, { workspaceId });
}

export function apiKeysSql(database: Database): ApiKeys {
  return {
    createApiKey: (key) =>
      database.write(function* () {
        const { workspaceId, accountId } = key;
        const isMissing =
          workspaceId !== null && (yield* first(LOCK_WORKSPACE, { workspaceId, accountId })) === undefined;
        if (isMissing) return { kind: 'not_found' };
        yield* insertApiKey(key);
        return { kind: 'created' };
      }),
    async findApiKey(prefix) {
      const row = await database.first(FIND, { prefix });
      return row && { key: toApiKey(row), account: toAccount(row), workspace: toWorkspace(row) ?? null };
    },
    async getApiKey(accountId, keyId) {
      const row = await database.first(GET, { accountId, keyId });
      return row && toApiKey(row);
    },
    listApiKeys: async (accountId) => (await database.all(LIST, { accountId })).map(toApiKey),
    deleteApiKey: async (accountId, keyId) => (await database.writeOne(DELETE, { accountId, keyId })) !== undefined,
    async touchApiKey(keyId, at) {
      await database.writeOne(TOUCH, { keyId, at: BigInt(at) });
    },
  };
}

/** Inserts a key in the transaction that creates what it belongs to. */
export function insertApiKey(key: Omit<ApiKey, 'lastUsedAt'>): Script<void> {
  return run(INSERT, key);
}
