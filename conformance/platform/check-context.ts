import { randomBytes } from 'node:crypto';
import { Unverified } from '../http/errors.ts';
import type { CheckSession } from '../http/session.ts';
import { readAiDefaults, restoreAiDefaults } from './ai-defaults.ts';
import { bearer, createCallers } from './callers.ts';
import type { CleanUp } from './clean-up.ts';
import type { Config, Price, ProviderName } from './config.ts';
import type { Context } from './context.ts';
import { configuredWorkspace, managedProxy, orElse, ownWorkspaces } from './own-workspaces.ts';
import { stubFor } from './provider-stub.ts';
import type { ProxyCaller } from './proxy-caller.ts';
import type { World } from './run-state.ts';
import { workspaceKey } from './workspace-keys.ts';
import { createWorkspace, deleteWorkspace } from './workspaces.ts';

/** The context of one check. What it registers with `cleanUp` is undone after the check. */
export function createContext(world: World, session: CheckSession, cleanUp: CleanUp): Context {
  const { config, runId } = world;
  const callers = createCallers(config, session, runId);
  const funded = callers.account('funded');
  const marker = `rigkit conformance ${runId} ${randomBytes(6).toString('hex')}`;
  const workspaces = ownWorkspaces(world, callers, session);
  const proxy = () =>
    orElse<ProxyCaller>(
      () => workspaces.proxy('funded'),
      () => managedProxy(config, callers),
    );

  return {
    config,
    runId,
    marker,
    fuzz: world.fuzz,
    funded,
    anonymous: callers.controlPlane([]),
    as: callers.account,
    withKey: (key) => callers.controlPlane([bearer(key)]),
    workspace: () => workspaces.inOrder('funded'),
    async newWorkspace() {
      const fresh = await createWorkspace(funded, world.nextName());
      cleanUp.add(`workspace ${fresh.id} (${fresh.name})`, () => deleteWorkspace(funded, fresh));
      return fresh;
    },
    foreignWorkspace: () =>
      orElse(
        () => workspaces.inOrder('other'),
        () => configuredWorkspace(config, 'other'),
      ),
    async borrowAiDefaults() {
      const saved = await readAiDefaults(funded);
      cleanUp.add('the AI defaults of the funded account', () => restoreAiDefaults(funded, saved));
    },
    proxy,
    ownProxy: (account = 'funded') => workspaces.proxy(account),
    async proxyOf(own) {
      const key = await workspaceKey(funded, own);
      if (key === undefined) throw new Unverified('the platform shows no key for a workspace of the suite');
      return callers.workspaceProxy(own, key);
    },
    proxyAs: async (account) => callers.configuredProxy(account) ?? (await workspaces.proxy(account)),
    get anonymousProxy() {
      return callers.proxy([]);
    },
    async stub(provider) {
      if (world.stub === undefined || world.stubReach === undefined) {
        throw new Unverified('the configuration does not supply `stub`');
      }
      await world.stubReach.require(provider, modelOf(config, provider).name, proxy);
      return stubFor(world.stub, marker);
    },
    model: (provider) => modelOf(config, provider),
    canaryKey(provider) {
      const key = `${CANARY_PREFIXES[provider]}${randomBytes(18).toString('base64url')}`;
      world.secrets.add(key, `CANARY_${provider.toUpperCase()}_KEY`);
      return key;
    },
    cleanUp: (what, undo) => cleanUp.add(what, undo),
  };
}

const CANARY_PREFIXES: Readonly<Record<ProviderName, string>> = {
  openai: 'sk-canary-',
  anthropic: 'sk-ant-canary-',
  google: 'AIzaCanary',
};

function modelOf({ prices = {} }: Config, provider: ProviderName): { readonly name: string; readonly price: Price } {
  const found = Object.entries(prices).find(([, price]) => price.provider === provider);
  if (found === undefined) throw new Unverified(`the configuration's \`prices\` name no ${provider} model`);
  return { name: found[0], price: found[1] };
}
