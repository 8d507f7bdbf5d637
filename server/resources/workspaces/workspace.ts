import type { LimitName } from '../../money/plans.ts';
import type { Account } from '../accounts/account.ts';
import type { AiConfigPatch, AiOverrides, SealedKey, StoredKey } from '../ai-config/rules.ts';
import type { NewKey } from '../api-keys/api-key.ts';
import type { AddressPool } from './address-pool.ts';

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

/** What may come with a workspace, in the same transaction. */
export interface WorkspaceExtras {
  /** A key of its own, so that there is no workspace without one. */
  readonly firstKey?: NewKey;
  /** Where its address on the compute network comes from. Left out, or used up: it has none. */
  readonly addresses?: AddressPool;
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

/** The key of a workspace as it is stored. */
export interface SealedKeyOf {
  readonly workspaceId: string;
  readonly sealed: SealedKey;
}

export type CreateWorkspaceOutcome =
  | { readonly kind: 'created'; readonly workspace: Workspace }
  | {
      readonly kind: 'plan_limit_exceeded';
      readonly limit: LimitName;
      readonly allowed: number;
      readonly requested: number;
    };

export type UpdateAiConfigOutcome =
  | ({ readonly kind: 'updated' } & WorkspaceWithAccount)
  | { readonly kind: 'key_in_managed_mode' }
  | { readonly kind: 'not_found' };

export interface WorkspaceStore {
  /** Judges the plan's limits and creates, in one transaction. Throws when the id, or the key's prefix, exists. */
  createWorkspace(workspace: NewWorkspace, at: number, extras?: WorkspaceExtras): Promise<CreateWorkspaceOutcome>;
  /** Undefined for an unknown, deleted or foreign workspace: the three are not told apart (contract section 1). */
  getWorkspace(accountId: string, workspaceId: string): Promise<WorkspaceWithAccount | undefined>;
  /** Live workspaces, oldest first. */
  listWorkspaces(accountId: string): Promise<readonly Workspace[]>;
  /** Ends the workspace and its keys; its usage and ledger rows stay. False where there was none. */
  deleteWorkspace(accountId: string, workspaceId: string, at: number): Promise<boolean>;
  updateAiConfig(
    accountId: string,
    workspaceId: string,
    patch: AiConfigPatch,
    at: number,
  ): Promise<UpdateAiConfigOutcome>;
  /** For the proxy, which knows a workspace by its key: the workspace whoever owns it. */
  findWorkspace(workspaceId: string): Promise<WorkspaceWithAccount | undefined>;
  /** The same for a live workspace that is known by its address on the compute network. */
  findWorkspaceByAddress(ipAddress: string): Promise<WorkspaceWithAccount | undefined>;
  /** Live workspaces of all accounts. */
  countWorkspaces(): Promise<number>;
  /** Keys of live workspaces that another secret than this one sealed, by workspace id: the first `limit` after `after`. */
  sealedOtherwise(secretId: string, after: string, limit: number): Promise<readonly SealedKeyOf[]>;
  /** The same key, sealed anew: no change to anybody. False where the key is not `was` any more, and then nothing happens. */
  replaceSeal(was: SealedKeyOf, sealed: SealedKey): Promise<boolean>;
}
