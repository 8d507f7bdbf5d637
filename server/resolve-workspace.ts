import { monthAt } from './money/periods.ts';
import type { Credential, MeteringProxyOptions, ProviderAccesses, ProxyWorkspace } from './proxy/index.ts';
import { effectiveAiConfig } from './resources/ai-config/rules.ts';
import type { ApiKeys } from './resources/api-keys/sql.ts';
import type { Workspaces, WorkspaceWithAccount } from './resources/workspaces/sql.ts';
import { authenticate } from './vault/credentials.ts';
import type { Vault } from './vault/sealing.ts';

/** Who serves an account; undefined where the platform's own providers do. */
export type ProvidersOf = (accountId: string) => ProviderAccesses | undefined;

type Lookup = Pick<ApiKeys & Workspaces, 'findApiKey' | 'findWorkspaceByAddress'>;

/**
 * How the reference platform answers the proxy's question «who calls?»: by workspace key, or by the address that the
 * workspace was given (which the proxy asks for only where it trusts addresses). The AI configuration is read at every
 * call, so that a change takes effect on the next one.
 */
export function createWorkspaceResolver(
  store: Lookup,
  vault: Vault,
  clock: (accountId: string) => number,
  providersOf: ProvidersOf = () => undefined,
): MeteringProxyOptions['resolveWorkspace'] {
  return async (credential) => {
    const found = await lookUp(store, credential);
    if (found === undefined) return undefined;
    const { id, balance } = found.account;
    // Of a month that has yet to begin, the store knows more.
    const remainingMicro = balance.month >= monthAt(clock(id)) ? balance.remainingMicro : undefined;
    return { ...describe(found, vault), remainingMicro, providers: providersOf(id) };
  };
}

async function lookUp(store: Lookup, credential: Credential): Promise<WorkspaceWithAccount | undefined> {
  if (credential.kind === 'address') return store.findWorkspaceByAddress(credential.address);
  const { account, workspace } = (await authenticate(store, credential.key)) ?? {};
  return account && workspace ? { account, workspace } : undefined;
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
