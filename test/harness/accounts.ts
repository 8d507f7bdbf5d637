import { createAccountWithKey, mintWorkspaceKey } from '../../cli/provisioning.ts';
import { createControlPlaneClient } from '../../client/index.ts';
import type { Store } from '../../server/store.ts';
import { newWorkspaceId } from '../../server/vault/ids.ts';

/** An account with one workspace, and the credentials of both. */
export interface Tenant {
  readonly accountId: string;
  readonly workspaceId: string;
  /** For the control plane. */
  readonly apiKey: string;
  /** For the proxy. */
  readonly workspaceKey: string;
}

/** Credits that no run uses up, and whose sums stay safe integers. */
export const PLENTY_MICRO = 2_000_000_000_000_000n;

/** Made as the operator makes accounts; granted so many microcredits a month. */
export async function createTenant(store: Store, name: string, creditsMicro: bigint): Promise<Tenant> {
  const request = { name, plan: 'pro', monthlyCreditsMicro: creditsMicro } as const;
  const { accountId, apiKey } = await createAccountWithKey(store, request);
  const workspace = { id: newWorkspaceId(), accountId, name, image: 'base', templateId: null };
  const size = { ramMb: 512, vcpuCount: 1, diskSizeMb: 1024 };
  const created = await store.createWorkspace({ ...workspace, ...size }, Date.now());
  if (created.kind !== 'created') throw new Error(`no workspace: ${created.kind}`);
  const workspaceKey = await mintWorkspaceKey(store, accountId, workspace.id, name);
  return { accountId, workspaceId: workspace.id, apiKey, workspaceKey };
}

/** Throws unless the books of every account balance: ledger = balance + open holds (metering property 18). */
export async function requireBalancedBooks(store: Pick<Store, 'books'>): Promise<void> {
  for (const { accountId, ledgerMicro, remainingMicro, openHoldsMicro } of await store.books()) {
    if (ledgerMicro === remainingMicro + openHoldsMicro) continue;
    throw new Error(
      `the books of ${accountId} do not balance: ledger ${ledgerMicro} is not ${remainingMicro} + ${openHoldsMicro}`,
    );
  }
}

/** An account without credits whose workspace pays its provider itself. */
export async function createOwnKeyTenant(
  { store, controlPlane }: { readonly store: Store; readonly controlPlane: string },
  provider: 'openai' | 'anthropic' | 'google',
  key: string,
): Promise<Tenant> {
  const tenant = await createTenant(store, `own-${provider}`, 0n);
  const client = createControlPlaneClient({ baseUrl: controlPlane, apiKey: tenant.apiKey });
  const { response } = await client.PUT('/workspaces/{id}/ai-config', {
    params: { path: { id: tenant.workspaceId } },
    body: { mode: 'byok', provider, api_key: key },
  });
  if (response.status !== 200) throw new Error(`no key for ${provider}: status ${response.status}`);
  return tenant;
}
