import { type Caller, createCaller, type Session } from '../http/caller.ts';
import { Unverified } from '../http/errors.ts';
import type { Header } from '../http/http-call.ts';
import type { AccountName, Config, ProviderName } from './config.ts';
import { credentialHeader, type OwnProxyCaller, type ProxyCaller } from './proxy-caller.ts';
import type { Workspace } from './workspaces.ts';

/** The callers of one check, made from the configuration. */
export interface Callers {
  controlPlane(headers: readonly Header[]): Caller;
  account(name: AccountName): Caller;
  proxy(headers: readonly Header[]): Caller;
  /** The proxy as a workspace whose key the suite has. */
  workspaceProxy(workspace: Workspace, key: string): OwnProxyCaller;
  /** The proxy as the workspace that the configuration describes; undefined where it describes none. */
  configuredProxy(name: AccountName): ProxyCaller | undefined;
}

/** An API key where the control plane looks for it (contract section 1). */
export function bearer(key: string): Header {
  return ['authorization', `Bearer ${key}`];
}

/** Callers that send within `session` and name the run in their user agent. */
export function createCallers(config: Config, session: Session, runId: string): Callers {
  const agent: Header = ['user-agent', `rigkit-conformance (run ${runId})`];

  const controlPlane = (headers: readonly Header[]) =>
    createCaller(session, {
      baseUrl: config.controlPlane.baseUrl,
      headers: [agent, ['accept', 'application/json'], ...headers],
      waitsOutRateLimits: true,
      finishesChanges: true,
    });

  const proxy = (headers: readonly Header[]) => {
    const baseUrl = config.proxy?.baseUrl;
    if (baseUrl === undefined) throw new Unverified('the configuration does not supply `proxy`');
    return createCaller(session, {
      baseUrl,
      headers: [agent, ...headers],
      waitsOutRateLimits: false,
      finishesChanges: false,
    });
  };

  return {
    controlPlane,
    account(name) {
      const key = config.accounts[name]?.apiKey;
      if (key === undefined) throw new Unverified(`the configuration does not supply \`accounts.${name}.apiKey\``);
      return controlPlane([bearer(key)]);
    },
    proxy,
    workspaceProxy: (workspace, key) => ({
      workspace,
      workspaceId: workspace.id,
      shaped: (shape: ProviderName) => proxy([credentialHeader(shape, key)]),
      identified: proxy,
      key,
    }),
    configuredProxy(name) {
      const account = config.accounts[name];
      if (account?.proxyHeaders === undefined) return undefined;
      const headers = Object.entries(account.proxyHeaders);
      return {
        workspaceId: account.workspaceId,
        shaped: () => proxy(headers),
        identified: (added) => proxy([...headers, ...added]),
        key: undefined,
      };
    },
  };
}
