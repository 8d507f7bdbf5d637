import type { Micro } from '../server/money/microcredits.ts';
import type { Plan } from '../server/money/plans.ts';
import type { Store } from '../server/store.ts';
import { mintKey } from '../server/vault/credentials.ts';
import { newAccountId, newApiKeyId } from '../server/vault/ids.ts';

export interface AccountRequest {
  readonly name: string;
  readonly plan: Plan;
  /** Granted every month. Null: the credits of the plan. */
  readonly monthlyCreditsMicro: Micro | null;
}

export interface Beginning {
  /** The creation time of the account, in milliseconds since the epoch. Default: now. */
  readonly at?: number;
  /** Default `first key`. */
  readonly keyName?: string;
}

/** Creates an account with its first API key. The key is returned here and not stored. */
export async function createAccountWithKey(
  store: Store,
  request: AccountRequest,
  { at = Date.now(), keyName = 'first key' }: Beginning = {},
): Promise<{ readonly accountId: string; readonly apiKey: string }> {
  const accountId = newAccountId();
  const { key, ...stored } = mintKey('account');
  const firstKey = { id: newApiKeyId(), name: keyName, ...stored };
  await store.createAccount({ id: accountId, ...request }, at, { firstKey });
  return { accountId, apiKey: key };
}

/** Creates a key with which a workspace of the account identifies itself to the proxy. */
export async function mintWorkspaceKey(
  store: Store,
  accountId: string,
  workspaceId: string,
  name: string,
): Promise<string> {
  const { key, ...stored } = mintKey('workspace');
  const row = { id: newApiKeyId(), accountId, workspaceId, name, ...stored, createdAt: Date.now() };
  const outcome = await store.createApiKey(row);
  if (outcome.kind === 'not_found') throw new Error(`workspace ${workspaceId} is gone`);
  return key;
}

/** Mints a further key of the account for the control plane. */
export async function mintAccountKey(store: Store, accountId: string, name: string): Promise<string> {
  const { key, ...stored } = mintKey('account');
  await store.createApiKey({ id: newApiKeyId(), accountId, workspaceId: null, name, ...stored, createdAt: Date.now() });
  return key;
}
