import type { Account } from '../accounts/account.ts';
import type { Workspace } from '../workspaces/workspace.ts';
import type { ApiKey } from './api-key.ts';

/** A key with whom it identifies, as of one moment: `workspace` is null for a control-plane credential. */
export interface ApiKeyWithOwner {
  readonly key: ApiKey;
  readonly account: Account;
  readonly workspace: Workspace | null;
}

export interface ApiKeyStore {
  /** `not_found` where `workspaceId` names no live workspace of the account. */
  createApiKey(key: Omit<ApiKey, 'lastUsedAt'>): Promise<{ readonly kind: 'created' } | { readonly kind: 'not_found' }>;
  findApiKey(prefix: string): Promise<ApiKeyWithOwner | undefined>;
  /** Oldest first. */
  listApiKeys(accountId: string): Promise<readonly ApiKey[]>;
  deleteApiKey(accountId: string, keyId: string): Promise<boolean>;
  /** Notes a use. Callers may call it seldom (once a minute a key): it is for people's eyes. */
  touchApiKey(keyId: string, at: number): Promise<void>;
}
