import type { AccountName, Config } from '../runner/config.ts';
import { jsonOf, valueAt } from '../runner/exchange.ts';
import { Unverified } from '../runner/verdict.ts';
import { givenThat } from '../runner/want.ts';
import type { Callers } from './callers.ts';
import type { OwnProxyCaller, ProxyCaller } from './proxy-caller.ts';
import { resetToInherited, resetToManaged, type Workspace, workspaceOf } from './workspaces.ts';
import type { World } from './world.ts';

/** The run's own workspaces as one check uses them. */
export function ownWorkspaces(world: World, callers: Callers) {
  // Put in order once a check: asked for again, a workspace is what the check has made of it.
  const ordered = new Map<AccountName, Promise<Workspace>>();

  function inOrder(account: AccountName, reset = resetToInherited): Promise<Workspace> {
    const known = ordered.get(account) ?? putInOrder(world, callers, account, reset);
    ordered.set(account, known);
    return known;
  }

  async function proxy(account: AccountName): Promise<OwnProxyCaller> {
    const workspace = await inOrder(account, resetToManaged);
    const key = await world.sharedKey(account, callers);
    if (key !== undefined) return callers.workspaceProxy(workspace, key);
    throw new Unverified(
      `the platform shows no key for a workspace of the suite, and the configuration does not supply \`accounts.${account}.proxyHeaders\``,
    );
  }

  return { inOrder, proxy };
}

/** A workspace that cannot be put in order is given up for a new one, once. */
async function putInOrder(
  world: World,
  callers: Callers,
  account: AccountName,
  reset: typeof resetToInherited,
): Promise<Workspace> {
  const shared = await world.sharedWorkspace(account, callers);
  try {
    await reset(callers.account(account), shared);
    return shared;
  } catch (error) {
    if (!(error instanceof Unverified)) throw error;
    world.discard(account);
    const fresh = await world.sharedWorkspace(account, callers);
    await reset(callers.account(account), fresh);
    return fresh;
  }
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
