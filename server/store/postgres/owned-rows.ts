import type { AccountRow, WorkspaceRow } from '../rows.ts';
import { type Statement, statement } from './database.ts';

/** A live workspace with its account, read in one statement: as of one moment, and in one round trip. */
export interface OwnedRow extends WorkspaceRow {
  readonly owner_name: string;
  readonly owner_plan: AccountRow['plan'];
  readonly owner_monthly_credits_micro: bigint | null;
  readonly owner_default_mode: AccountRow['default_mode'];
  readonly owner_default_provider: AccountRow['default_provider'];
  readonly owner_default_model: string | null;
  readonly owner_default_model_provider: AccountRow['default_model_provider'];
  readonly owner_created_at: bigint;
}

export function selectOwned(condition: string): Statement {
  return statement(`
    SELECT workspaces.id, account_id, workspaces.name, image, template_id, ram_mb, vcpu_count, disk_size_mb, ip_address,
      mode, provider, model, key_provider, key_id, key_nonce, key_ciphertext, key_tag,
      workspaces.created_at, updated_at, ai_updated_at,
      owner.name AS owner_name, owner.plan AS owner_plan, owner.monthly_credits_micro AS owner_monthly_credits_micro,
      owner.default_mode AS owner_default_mode, owner.default_provider AS owner_default_provider,
      owner.default_model AS owner_default_model, owner.default_model_provider AS owner_default_model_provider,
      owner.created_at AS owner_created_at
    FROM workspaces JOIN accounts AS owner ON owner.id = account_id
    WHERE ${condition} AND deleted_at IS NULL`);
}

export function ownerRowOf(row: OwnedRow): AccountRow {
  return {
    id: row.account_id,
    name: row.owner_name,
    plan: row.owner_plan,
    monthly_credits_micro: row.owner_monthly_credits_micro,
    default_mode: row.owner_default_mode,
    default_provider: row.owner_default_provider,
    default_model: row.owner_default_model,
    default_model_provider: row.owner_default_model_provider,
    created_at: row.owner_created_at,
  };
}
