import { type ControlPlaneClient, createControlPlaneClient } from '../../../client/index.ts';
import { type Scenario, type ScenarioWorkspace, scenarios } from '../../../generated/scenarios.ts';
import { timestamp } from '../../../server/money/periods.ts';
import { PLANS } from '../../../server/money/plans.ts';
import { createAccountWithKey } from '../../provisioning.ts';
import { type Booking, bookUsage } from './book-usage.ts';
import type { ControlHandlers, ControlServices } from './services.ts';

interface MadeWorkspace {
  readonly facts: ScenarioWorkspace;
  readonly workspace_id: string;
  readonly workspace_key: string;
}

/** Accounts in the state of a scenario: lived through step by step, each at its time. */
export function scenarioControls(services: ControlServices): Pick<ControlHandlers, 'loadSandboxScenario'> {
  const { store, clocks, seeded, made, controlPlaneUrl } = services;
  return {
    loadSandboxScenario: async ({ params: { name } }) => {
      const scenario = scenarios[name];
      const begin = Math.min(...scenario.apiKeys.map(({ createdAt }) => Date.parse(createdAt)));
      const request = { name, plan: scenario.plan, monthlyCreditsMicro: ownCreditsMicro(scenario) };
      const beginning = { at: begin, keyName: scenario.apiKeys[0]?.name ?? name };
      const { accountId, apiKey } = await createAccountWithKey(store, request, beginning);
      made.add(accountId);
      const at = (time: string) => clocks.set(accountId, Date.parse(time), false);
      const client = createControlPlaneClient({ baseUrl: controlPlaneUrl, apiKey });

      at(scenario.apiKeys[0]?.createdAt ?? scenario.now);
      const { mode, provider, model } = scenario.defaults.set;
      await client
        .PUT('/users/me/ai-defaults', {
          body: { default_mode: mode, default_provider: provider, default_model: model },
        })
        .then(succeeded);
      const workspaces: MadeWorkspace[] = [];
      for (const facts of scenario.workspaces) workspaces.push(await makeWorkspace(client, facts, at));
      await bookUsage(store, seeded, accountId, workspaces.flatMap(bookingsOf));
      for (const { facts, workspace_id: id } of workspaces) {
        if (facts.deletedAt === null) continue;
        at(facts.deletedAt);
        await client.DELETE('/workspaces/{id}', { params: { path: { id } } }).then(succeeded);
      }
      await noteKeyUses(accountId, scenario, workspaces);
      at(scenario.now);
      const live = workspaces.filter(({ facts }) => facts.deletedAt === null);
      return {
        status: 201,
        body: {
          scenario: name,
          account_id: accountId,
          api_key: apiKey,
          now: timestamp(clocks.now(accountId)),
          workspaces: live.map(({ facts, ...credentials }) => ({ ...credentials, name: facts.name })),
        },
      };
    },
  };

  /** Workspaces call by their keys without leaving a trace on them here: what a scenario says of their last use is noted. */
  async function noteKeyUses(
    accountId: string,
    scenario: Scenario,
    workspaces: readonly MadeWorkspace[],
  ): Promise<void> {
    const keys = await store.listApiKeys(accountId);
    for (const { workspaceId, lastUsedAt } of scenario.apiKeys) {
      const made = workspaces.find(({ facts }) => facts.id === workspaceId);
      const key = keys.find((row) => row.workspaceId === made?.workspace_id);
      if (made !== undefined && key !== undefined && lastUsedAt !== null) {
        await store.touchApiKey(key.id, Date.parse(lastUsedAt));
      }
    }
  }
}

function ownCreditsMicro({ plan, grantedMicro }: Scenario): bigint | null {
  return BigInt(grantedMicro) === PLANS[plan].monthlyCreditsMicro ? null : BigInt(grantedMicro);
}

async function makeWorkspace(
  client: ControlPlaneClient,
  facts: ScenarioWorkspace,
  at: (time: string) => void,
): Promise<MadeWorkspace> {
  const { name, templateId, ramMb, vcpuCount, diskSizeMb, ai } = facts;
  at(facts.createdAt);
  const size = { ram_mb: ramMb, vcpu_count: vcpuCount, disk_size_mb: diskSizeMb };
  const { vm, workspace_key } = await client
    .POST('/workspaces', { body: { name, template_id: templateId, ...size } })
    .then(succeeded);
  if (workspace_key === undefined) throw new Error('a workspace without a key');
  at(ai.updatedAt);
  const settings = Object.fromEntries(Object.entries(ai.set).filter(([, value]) => value !== null));
  const key = ai.keyFor === null ? {} : { api_key: `sk-scenario-${ai.keyFor}` };
  const path = { id: vm.id };
  await client.PUT('/workspaces/{id}/ai-config', { params: { path }, body: { ...settings, ...key } }).then(succeeded);
  return { facts, workspace_id: vm.id, workspace_key };
}

function bookingsOf({ facts, workspace_id: workspaceId }: MadeWorkspace): readonly Booking[] {
  return facts.usage.map(([atSeconds, requests, inputTokens, outputTokens, costMicro]) => {
    return { workspaceId, at: atSeconds * 1000, requests, inputTokens, outputTokens, costMicro: BigInt(costMicro) };
  });
}

function succeeded<T>({ data, response }: { readonly data?: T; readonly response: Response }): T {
  if (data === undefined) throw new Error(`the control plane answered ${response.status}`);
  return data;
}
