import { effectiveAiConfig } from './domain/ai-config.ts';
import type { ApiKeyStore, WorkspaceStore, WorkspaceWithAccount } from './domain/store.ts';
import type { MeteringProxyOptions, ProxyWorkspace } from './proxy/index.ts';
import { authenticate } from './vault/credentials.ts';
import type { Vault } from './vault/sealing.ts';

/**
 * How the reference platform answers the proxy's question «who calls?»: by workspace key. The AI configuration is read
 * at every call, so that a change takes effect on the next one (contract section 2).
 */
export function createWorkspaceResolver(
  store: Pick<ApiKeyStore & WorkspaceStore, 'findApiKey' | 'findWorkspace'>,
  vault: Vault,
): MeteringProxyOptions['resolveWorkspace'] {
  return async (credential) => {
    if (credential.kind !== 'key') return undefined;
    const key = await authenticate(store, credential.key);
    const found = key?.workspaceId ? await store.findWorkspace(key.workspaceId) : undefined;
    return found && describe(found, vault);
  };
}

function describe({ account, workspace }: WorkspaceWithAccount, vault: Vault): ProxyWorkspace {
  const { mode, provider, model, usableKey } = effectiveAiConfig(account, workspace);
  return {
    accountId: account.id,
    workspaceId: workspace.id,
    mode,
    provider,
    model,
    byokKey: usableKey && vault.open(workspace.id, usableKey.sealed),
  };
}
