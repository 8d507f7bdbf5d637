import { Unverified } from '../http/errors.ts';
import { jsonOf, valueAt } from '../http/http-call.ts';
import type { CheckSession } from '../http/session.ts';
import { givenThat } from '../http/want.ts';
import type { Callers } from './callers.ts';
import type { AccountName, Config } from './config.ts';
import type { OwnProxyCaller, ProxyCaller } from './proxy-caller.ts';
import type { Settings, World } from './run-state.ts';
import { resetToInherited, resetToManaged, type Workspace, workspaceOf } from './workspaces.ts';

/** The run's own workspaces as one check uses them. */
export function ownWorkspaces(world: World, callers: Callers, session: CheckSession) {
  // Put in order once a check: asked for again, a workspace is what the check has made of it.
  const ordered = new Map<AccountName, Promise<Workspace>>();

  function inOrder(account: AccountName, settings: Settings = 'inherited'): Promise<Workspace> {
    const known = ordered.get(account) ?? putInOrder(account, settings);
    ordered.set(account, known);
    return known;
  }

  /** A workspace that cannot be put in order is given up for a new one, once. */
  async function putInOrder(account: AccountName, settings: Settings): Promise<Workspace> {
    const shared = await world.sharedWorkspace(account, callers);
    // No check has changed it since: a request saved is one less towards the rate limit.
    if (world.settingsOf(account) === settings) return shared;
    try {
      return await reset(account, shared, settings);
    } catch (error) {
      if (!(error instanceof Unverified)) throw error;
      world.discard(account);
      return reset(account, await world.sharedWorkspace(account, callers), settings);
    }
  }

  async function reset(account: AccountName, workspace: Workspace, settings: Settings): Promise<Workspace> {
    const toSettings = settings === 'managed' ? resetToManaged : resetToInherited;
    await toSettings(callers.account(account), workspace);
    world.noteSettings(account, settings, session.exchanges.length);
    return workspace;
  }

  async function proxy(account: AccountName): Promise<OwnProxyCaller> {
    const workspace = await inOrder(account, 'managed');
    const key = await world.sharedKey(account, callers);
    if (key !== undefined) return callers.workspaceProxy(workspace, key);
    throw new Unverified(
      `the platform shows no key for a workspace of the suite, and the configuration does not supply \`accounts.${account}.proxyHeaders\``,
    );
  }

  return { inOrder, proxy };
}

/** The workspace that the configuration names for an account. */
export function configuredWorkspace(config: Config, account: AccountName): Workspace | undefined {
  const id = config.accounts[account]?.workspaceId;
  return id === undefined ? undefined : workspaceOf(id, id, undefined);
}

/** The configured workspace of the funded account, in which nothing is changed: it has to be in managed mode already. */
export async function managedProxy(config: Config, callers: Callers): Promise<ProxyCaller | undefined> {
  const workspace = configuredWorkspace(config, 'funded');
  const caller = callers.configuredProxy('funded');
  if (caller === undefined || workspace === undefined) return caller;
  const answered = await callers.account('funded').get(workspace.path('/mode'));
  givenThat(
    valueAt(jsonOf(answered), '/mode') === 'managed',
    'the workspace accounts.funded.workspaceId is not in managed mode',
    answered,
  );
  return caller;
}

/** What the suite can make for itself, else what the configuration describes; without either, why it was not made. */
export async function orElse<Wanted>(
  make: () => Promise<Wanted>,
  configured: () => Wanted | undefined | Promise<Wanted | undefined>,
): Promise<Wanted> {
  try {
    return await make();
  } catch (error) {
    const other = error instanceof Unverified ? await configured() : undefined;
    if (other === undefined) throw error;
    return other;
  }
}
