import { type Caller, type CallWatch, createCaller, type Session } from '../http/caller.ts';
import { Unverified } from '../http/errors.ts';
import type { Header } from '../http/http-call.ts';
import type { AccountName, Config, ProviderName } from './config.ts';
import { listSecretFields } from './resources.ts';
import type { Workspace } from './workspaces.ts';

/** The callers of one check, made from the configuration. */
export interface Callers {
  controlPlane(headers: readonly Header[]): Caller;
  account(name: AccountName): Caller;
  /** The account for what lasts as long as the run: nothing that it makes is undone after the check. */
  lasting(name: AccountName): Caller;
  proxy(headers: readonly Header[]): Caller;
  /** The proxy as a workspace whose key the suite has. */
  workspaceProxy(workspace: Workspace, key: string): OwnProxyCaller;
  /** The proxy as the workspace that the configuration describes; undefined where it describes none. */
  configuredProxy(name: AccountName): ProxyCaller | undefined;
}

/** An API key where the control plane looks for it. */
export function bearer(key: string): Header {
  return ['authorization', `Bearer ${key}`];
}

/** Callers that send within `session` and name the run in their user agent. `watch` sees the control plane's calls. */
export function createCallers(
  config: Config,
  session: Session,
  runId: string,
  watch?: (account: AccountName) => CallWatch,
): Callers {
  const agent: Header = ['user-agent', `rigkit-conformance (run ${runId})`];

  const controlPlane = (headers: readonly Header[], seen?: CallWatch) =>
    createCaller(session, {
      baseUrl: config.controlPlane.baseUrl,
      headers: [agent, ['accept', 'application/json'], ...headers],
      waitsOutRateLimits: true,
      finishesChanges: true,
      listSecretFields,
      watch: seen,
    });
  const asAccount = (name: AccountName, seen?: CallWatch) => {
    const key = config.accounts[name]?.apiKey;
    if (key === undefined) throw new Unverified(`the configuration does not supply \`accounts.${name}.apiKey\``);
    return controlPlane([bearer(key)], seen);
  };

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
    // What such a request makes belongs to the funded account: the key is its own, or the platform is wrong.
    controlPlane: (headers) => controlPlane(headers, watch && { before() {}, after: watch('funded').after }),
    account: (name) => asAccount(name, watch?.(name)),
    lasting: (name) => asAccount(name),
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

/** Calls the managed AI proxy as a workspace. */
export interface ProxyCaller {
  /** The workspace that the calls are counted under; undefined where the configuration does not tell. */
  readonly workspaceId: string | undefined;
  /** A caller that puts its identity where the SDK of that API puts its key. */
  shaped(shape: ProviderName): Caller;
  /** The same identity in exactly this header. */
  identified(headers: readonly Header[]): Caller;
  /** The secret that identifies the workspace; undefined where something else does. */
  readonly key: string | undefined;
}

/** A caller whose workspace the suite created. */
export interface OwnProxyCaller extends ProxyCaller {
  readonly workspace: Workspace;
  readonly workspaceId: string;
  readonly key: string;
}

/** Where the SDKs put their key. */
export function credentialHeader(shape: ProviderName, key: string): Header {
  if (shape === 'anthropic') return ['x-api-key', key];
  if (shape === 'google') return ['x-goog-api-key', key];
  return ['authorization', `Bearer ${key}`];
}
