import type { Plan } from '../money/plans.ts';
import type { Mode, Provider } from '../money/prices.ts';
import type { Account } from './accounts/account.ts';
import type { StoredKey } from './ai-config/rules.ts';
import type { ApiKey } from './api-keys/api-key.ts';
import type { SealedKeyOf, Workspace } from './workspaces/workspace.ts';

/** Rows as both engines give them, every integer a bigint, and what they mean. */

export interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly plan: Plan;
  readonly monthly_credits_micro: bigint | null;
  readonly default_mode: Mode | null;
  readonly default_provider: Provider | null;
  readonly default_model: string | null;
  readonly default_model_provider: Provider | null;
  readonly created_at: bigint;
}

export function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    name: row.name,
    plan: row.plan,
    monthlyCreditsMicro: row.monthly_credits_micro,
    aiDefaults: {
      mode: row.default_mode,
      provider: row.default_provider,
      model: row.default_model,
      modelProvider: row.default_model_provider,
    },
    createdAt: Number(row.created_at),
  };
}

export interface KeySlotRow {
  readonly key_provider: Provider | null;
  readonly key_id: string | null;
  readonly key_nonce: Uint8Array | null;
  readonly key_ciphertext: Uint8Array | null;
  readonly key_tag: Uint8Array | null;
}

export interface WorkspaceRow extends KeySlotRow {
  readonly id: string;
  readonly account_id: string;
  readonly name: string;
  readonly image: string;
  readonly template_id: string | null;
  readonly ram_mb: bigint;
  readonly vcpu_count: bigint;
  readonly disk_size_mb: bigint;
  readonly ip_address: string | null;
  readonly mode: Mode | null;
  readonly provider: Provider | null;
  readonly model: string | null;
  readonly created_at: bigint;
  readonly updated_at: bigint;
  readonly ai_updated_at: bigint;
}

export function workspaceOf(row: WorkspaceRow): Workspace {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    image: row.image,
    templateId: row.template_id,
    ramMb: Number(row.ram_mb),
    vcpuCount: Number(row.vcpu_count),
    diskSizeMb: Number(row.disk_size_mb),
    ipAddress: row.ip_address,
    overrides: { mode: row.mode, provider: row.provider, model: row.model },
    storedKey: storedKeyOf(row),
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    aiUpdatedAt: Number(row.ai_updated_at),
  };
}

function storedKeyOf(row: KeySlotRow): StoredKey | null {
  const { key_provider: provider, key_id: keyId, key_nonce: nonce, key_ciphertext: ciphertext, key_tag: tag } = row;
  if (provider === null || keyId === null || nonce === null || ciphertext === null || tag === null) return null;
  return { provider, sealed: { keyId, nonce, ciphertext, tag } };
}

/** A key slot, and whose it is. */
export interface SealedRow extends KeySlotRow {
  readonly id: string;
}

export function sealedKeyOf(row: SealedRow): readonly SealedKeyOf[] {
  const stored = storedKeyOf(row);
  return stored === null ? [] : [{ workspaceId: row.id, sealed: stored.sealed }];
}

export function keySlotOf(storedKey: StoredKey | null): KeySlotRow {
  return {
    key_provider: storedKey?.provider ?? null,
    key_id: storedKey?.sealed.keyId ?? null,
    key_nonce: storedKey?.sealed.nonce ?? null,
    key_ciphertext: storedKey?.sealed.ciphertext ?? null,
    key_tag: storedKey?.sealed.tag ?? null,
  };
}

export interface ApiKeyRow {
  readonly id: string;
  readonly account_id: string;
  readonly workspace_id: string | null;
  readonly name: string;
  readonly prefix: string;
  readonly hash: Uint8Array;
  readonly created_at: bigint;
  readonly last_used_at: bigint | null;
}

export function apiKeyOf(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    accountId: row.account_id,
    workspaceId: row.workspace_id,
    name: row.name,
    prefix: row.prefix,
    hash: row.hash,
    createdAt: Number(row.created_at),
    lastUsedAt: row.last_used_at === null ? null : Number(row.last_used_at),
  };
}
