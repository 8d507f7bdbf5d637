import type { Selectable } from 'kysely';
import type { Int, IntOrNull } from '../../database/query.ts';
import type { Mode, Provider } from '../../money/prices.ts';
import type { Account } from '../accounts/account.ts';
import type { AiOverrides, StoredKey } from '../ai-config/rules.ts';

export interface NewWorkspace {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly image: string;
  readonly templateId: string | null;
  readonly ramMb: number;
  readonly vcpuCount: number;
  readonly diskSizeMb: number;
}

export interface Workspace extends NewWorkspace {
  /** IPv4, of no other live workspace. */
  readonly ipAddress: string | null;
  readonly overrides: AiOverrides;
  readonly storedKey: StoredKey | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When the AI configuration was last written; the creation time until then. */
  readonly aiUpdatedAt: number;
}

/** A workspace with the account it belongs to: what the effective AI configuration is computed from. */
export interface WorkspaceWithAccount {
  readonly workspace: Workspace;
  readonly account: Account;
}

/** The key slot of a workspace: all null where it holds no key. */
export interface KeySlotColumns {
  readonly key_provider: Provider | null;
  readonly key_id: string | null;
  readonly key_nonce: Uint8Array | null;
  readonly key_ciphertext: Uint8Array | null;
  readonly key_tag: Uint8Array | null;
}

export interface WorkspacesTable extends KeySlotColumns {
  readonly id: string;
  readonly account_id: string;
  readonly name: string;
  readonly image: string;
  readonly template_id: string | null;
  readonly ram_mb: Int;
  readonly vcpu_count: Int;
  readonly disk_size_mb: Int;
  readonly ip_address: string | null;
  readonly mode: Mode | null;
  readonly provider: Provider | null;
  readonly model: string | null;
  readonly created_at: Int;
  readonly updated_at: Int;
  readonly ai_updated_at: Int;
  readonly deleted_at: IntOrNull;
}

/** As they are read of a workspace, also beside those of its account. */
export const WORKSPACE_COLUMNS = [
  'workspaces.id as workspace_id',
  'workspaces.account_id as workspace_account_id',
  'workspaces.name as workspace_name',
  'workspaces.created_at as workspace_created_at',
  'image',
  'template_id',
  'ram_mb',
  'vcpu_count',
  'disk_size_mb',
  'ip_address',
  'mode',
  'provider',
  'model',
  'key_provider',
  'key_id',
  'key_nonce',
  'key_ciphertext',
  'key_tag',
  'updated_at',
  'ai_updated_at',
] as const;

export interface WorkspaceRow
  extends Omit<Selectable<WorkspacesTable>, 'id' | 'account_id' | 'name' | 'created_at' | 'deleted_at'> {
  readonly workspace_id: string;
  readonly workspace_account_id: string;
  readonly workspace_name: string;
  readonly workspace_created_at: bigint;
}

/** What a left join gives: a workspace, or null in every column. */
type Joined<Row> = { readonly [Column in keyof Row]: Row[Column] | null };

export function toWorkspace(row: WorkspaceRow): Workspace;
export function toWorkspace(row: Joined<WorkspaceRow>): Workspace | undefined;
export function toWorkspace(row: Joined<WorkspaceRow>): Workspace | undefined {
  return isPresent(row) ? fromRow(row) : undefined;
}

function isPresent(row: Joined<WorkspaceRow>): row is WorkspaceRow {
  return row.workspace_id !== null;
}

function fromRow(row: WorkspaceRow): Workspace {
  return {
    id: row.workspace_id,
    accountId: row.workspace_account_id,
    name: row.workspace_name,
    image: row.image,
    templateId: row.template_id,
    ramMb: Number(row.ram_mb),
    vcpuCount: Number(row.vcpu_count),
    diskSizeMb: Number(row.disk_size_mb),
    ipAddress: row.ip_address,
    overrides: { mode: row.mode, provider: row.provider, model: row.model },
    storedKey: toStoredKey(row),
    createdAt: Number(row.workspace_created_at),
    updatedAt: Number(row.updated_at),
    aiUpdatedAt: Number(row.ai_updated_at),
  };
}

export function toStoredKey(row: KeySlotColumns): StoredKey | null {
  const { key_provider: provider, key_id: keyId, key_nonce: nonce, key_ciphertext: ciphertext, key_tag: tag } = row;
  if (provider === null || keyId === null || nonce === null || ciphertext === null || tag === null) return null;
  return { provider, sealed: { keyId, nonce, ciphertext, tag } };
}
