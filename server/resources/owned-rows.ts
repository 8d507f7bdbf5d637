import type { ApiKeyWithOwner } from './api-keys/api-key-store.ts';
import { type AccountRow, type ApiKeyRow, accountOf, apiKeyOf, type WorkspaceRow, workspaceOf } from './rows.ts';
import type { WorkspaceWithAccount } from './workspaces/workspace.ts';

/** What belongs to an account, read with it in one statement of either engine: as of one moment, and in one round trip. */

interface OwnerRow {
  readonly owner_id: string;
  readonly owner_name: string;
  readonly owner_plan: AccountRow['plan'];
  readonly owner_monthly_credits_micro: bigint | null;
  readonly owner_default_mode: AccountRow['default_mode'];
  readonly owner_default_provider: AccountRow['default_provider'];
  readonly owner_default_model: string | null;
  readonly owner_default_model_provider: AccountRow['default_model_provider'];
  readonly owner_created_at: bigint;
}

const OWNER_COLUMNS = `owner.id AS owner_id, owner.name AS owner_name, owner.plan AS owner_plan,
  owner.monthly_credits_micro AS owner_monthly_credits_micro, owner.default_mode AS owner_default_mode,
  owner.default_provider AS owner_default_provider, owner.default_model AS owner_default_model,
  owner.default_model_provider AS owner_default_model_provider, owner.created_at AS owner_created_at`;

const WORKSPACE_COLUMNS = `workspaces.id, workspaces.account_id, workspaces.name, image, template_id, ram_mb, vcpu_count,
  disk_size_mb, ip_address, mode, provider, model, key_provider, key_id, key_nonce, key_ciphertext, key_tag,
  workspaces.created_at, updated_at, ai_updated_at`;

function ownerOf(row: OwnerRow): WorkspaceWithAccount['account'] {
  return accountOf({
    id: row.owner_id,
    name: row.owner_name,
    plan: row.owner_plan,
    monthly_credits_micro: row.owner_monthly_credits_micro,
    default_mode: row.owner_default_mode,
    default_provider: row.owner_default_provider,
    default_model: row.owner_default_model,
    default_model_provider: row.owner_default_model_provider,
    created_at: row.owner_created_at,
  });
}

/** A live workspace with its account. */
export type OwnedWorkspaceRow = WorkspaceRow & OwnerRow;

/** `condition` names the workspace. */
export function selectOwnedWorkspace(condition: string): string {
  return `SELECT ${WORKSPACE_COLUMNS}, ${OWNER_COLUMNS}
    FROM workspaces JOIN accounts AS owner ON owner.id = account_id
    WHERE ${condition} AND deleted_at IS NULL`;
}

export function ownedWorkspaceOf(row: OwnedWorkspaceRow): WorkspaceWithAccount {
  return { workspace: workspaceOf(row), account: ownerOf(row) };
}

/** A key with its account, and with the live workspace that it is the key of. */
export type OwnedKeyRow = (WorkspaceRow | { readonly id: null }) &
  OwnerRow &
  Pick<ApiKeyRow, 'workspace_id' | 'prefix' | 'hash' | 'last_used_at'> & {
    readonly api_key_id: string;
    readonly api_key_name: string;
    readonly api_key_created_at: bigint;
  };

/** `condition` names the key. */
export function selectOwnedKey(condition: string): string {
  return `SELECT ${WORKSPACE_COLUMNS}, ${OWNER_COLUMNS}, workspace_id, prefix, hash, last_used_at,
      api_keys.id AS api_key_id, api_keys.name AS api_key_name, api_keys.created_at AS api_key_created_at
    FROM api_keys JOIN accounts AS owner ON owner.id = api_keys.account_id
      LEFT JOIN workspaces ON workspaces.id = workspace_id AND deleted_at IS NULL
    WHERE ${condition}`;
}

export function ownedKeyOf(row: OwnedKeyRow): ApiKeyWithOwner {
  const { workspace_id, prefix, hash, last_used_at } = row;
  const { owner_id: account_id, api_key_id: id, api_key_name: name, api_key_created_at: created_at } = row;
  return {
    key: apiKeyOf({ id, account_id, workspace_id, name, prefix, hash, created_at, last_used_at }),
    account: ownerOf(row),
    workspace: row.id === null ? null : workspaceOf(row),
  };
}
