import type { Int, IntOrNull } from '../../database/query.ts';

/** A control-plane credential (`workspaceId` null) or a workspace's identity towards the proxy. */
export interface ApiKey {
  readonly id: string;
  readonly accountId: string;
  readonly workspaceId: string | null;
  readonly name: string;
  /** The public beginning of the key: finds the row; shown in lists as the preview. Unique. */
  readonly prefix: string;
  /** SHA-256 of the whole key. The key itself is kept nowhere. */
  readonly hash: Uint8Array;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** A key that is created with what it belongs to. */
export type NewKey = Pick<ApiKey, 'id' | 'name' | 'prefix' | 'hash'>;

export interface ApiKeysTable {
  readonly id: string;
  readonly account_id: string;
  readonly workspace_id: string | null;
  readonly name: string;
  readonly prefix: string;
  readonly hash: Uint8Array;
  readonly created_at: Int;
  readonly last_used_at: IntOrNull;
}

export const API_KEY_COLUMNS = [
  'api_keys.id as api_key_id',
  'api_keys.account_id as api_key_account_id',
  'api_keys.workspace_id as api_key_workspace_id',
  'api_keys.name as api_key_name',
  'api_keys.created_at as api_key_created_at',
  'prefix',
  'hash',
  'last_used_at',
] as const;

export interface ApiKeyRow {
  readonly api_key_id: string;
  readonly api_key_account_id: string;
  readonly api_key_workspace_id: string | null;
  readonly api_key_name: string;
  readonly api_key_created_at: bigint;
  readonly prefix: string;
  readonly hash: Uint8Array;
  readonly last_used_at: bigint | null;
}

export function toApiKey(row: ApiKeyRow): ApiKey {
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
