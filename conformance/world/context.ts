import type { Caller } from '../runner/caller.ts';
import type { AccountName, Config, Price, ProviderName } from '../runner/config.ts';
import type { ProviderStub } from './provider-stub.ts';
import type { OwnProxyCaller, ProxyCaller } from './proxy-caller.ts';
import type { Workspace } from './workspaces.ts';

/**
 * What a check is given: callers of the platform under test, workspaces that the suite made for it, and the stub behind
 * the platform. Whatever cannot be had throws `Unverified`, so that a check never judges what it could not set up.
 */
export interface Context {
  readonly config: Config;
  /** Part of the name of everything that the run creates. */
  readonly runId: string;
  /** Unique to the check. A prompt that holds it is how the stub tells the check's calls from others. */
  readonly marker: string;

  /** The control plane as the funded account. */
  readonly funded: Caller;
  /** The control plane without a credential. */
  readonly anonymous: Caller;
  /** The control plane as another account of the configuration; a check that calls it needs that account's key. */
  as(account: AccountName): Caller;
  /** The control plane with this bearer credential. */
  withKey(key: string): Caller;

  /** The run's workspace of the funded account, without overrides and without a stored key. Not deleted by a check. */
  workspace(): Promise<Workspace>;
  /** A workspace that was never configured; deleted after the check. Costly on a real platform: for creation only. */
  newWorkspace(): Promise<Workspace>;
  /** A workspace of the other account, which the funded account must not reach. */
  foreignWorkspace(): Promise<Workspace>;
  /** Leaves the account's AI defaults to the check; they are restored after it. */
  borrowAiDefaults(): Promise<void>;

  /** The proxy as the run's workspace, or as the configured one where the platform issues no workspace key. */
  proxy(): Promise<ProxyCaller>;
  /** The proxy as a workspace that the suite created: one whose AI configuration a check may change. */
  ownProxy(account?: AccountName): Promise<OwnProxyCaller>;
  /** The proxy as this workspace of the funded account, by the key that it came with or that is minted for it. */
  proxyOf(workspace: Workspace): Promise<OwnProxyCaller>;
  /** The proxy as a workspace of another account; its AI configuration stays as it is. */
  proxyAs(account: AccountName): Promise<ProxyCaller>;
  /** The proxy without an identity. */
  readonly anonymousProxy: Caller;

  /** The stub, once a call was seen to reach it from the platform; never a provider that costs money. */
  stub(provider: ProviderName): Promise<ProviderStub>;
  /** A model of the provider with its price. */
  model(provider: ProviderName): { readonly name: string; readonly price: Price };

  /** A fresh provider key that looks real and belongs to nobody; hidden in every report. */
  canaryKey(provider: ProviderName): string;
  /** Runs after the check, last registered first, whatever its verdict. A failure is reported and fails nothing. */
  cleanUp(what: string, undo: () => Promise<unknown>): void;
}
