import { type ControlPlaneClient, createControlPlaneClient } from '../../../client/index.ts';
import { type ScenarioFacts, scenarioFacts, type WorkspaceFacts } from '../../../generated/scenario-facts.ts';
import { timestamp } from '../../../server/money/periods.ts';
import { MONTHLY_CREDITS_MICRO } from '../../../server/money/plans.ts';
import { createAccountWithKey } from '../../provisioning.ts';
import type { ControlHandlers, ControlServices } from './services.ts';
import { spreadUsage } from './spread-usage.ts';
import { type Booking, bookUsage, priceUsage } from './usage.ts';

interface MadeWorkspace {
  readonly facts: WorkspaceFacts;
  readonly workspace_id: string;
  readonly workspace_key: string;
  /** Whether the platform pays its calls. */
  readonly isPaid: boolean;
}

/** Accounts in the state of a scenario: made step by step through the API, each step at its time. */
export function scenarioControls(services: ControlServices): Pick<ControlHandlers, 'loadSandboxScenario'> {
  const { store, clocks, made, controlPlaneUrl } = services;
  return {
    loadSandboxScenario: async ({ params: { name } }) => {
      const facts: ScenarioFacts = scenarioFacts[name];
      const [begin = facts.now] = facts.workspaces.map(({ created_at }) => created_at).sort();
      const request = { name, plan: facts.plan, monthlyCreditsMicro: ownCreditsMicro(facts) };
      const beginning = { at: Date.parse(begin), keyName: 'dashboard' };
      const { accountId, apiKey } = await createAccountWithKey(store, request, beginning);
      made.add(accountId);
      const setClock = (time: string) => clocks.set(accountId, Date.parse(time), false);
      const client = createControlPlaneClient({ baseUrl: controlPlaneUrl, apiKey });

      setClock(begin);
      const { mode, provider, model } = facts.defaults ?? {};
      const defaults = { ...(mode && { default_mode: mode }), ...(provider && { default_provider: provider }) };
      const body = { ...defaults, ...(model && { default_model: model }) };
      await client.PUT('/users/me/ai-defaults', { body }).then(expectData);
      const workspaces: MadeWorkspace[] = [];
      for (const own of facts.workspaces) workspaces.push(await makeWorkspace(client, own, setClock));
      const bookings = planBookings(facts, workspaces);
      await bookUsage(services, accountId, bookings);
      for (const { facts: own, workspace_id: id } of workspaces) {
        if (own.deleted_at === undefined) continue;
        setClock(own.deleted_at);
        await client.DELETE('/workspaces/{id}', { params: { path: { id } } }).then(expectData);
      }
      await noteKeyUses(accountId, bookings);
      setClock(facts.now);
      const live = workspaces.filter(({ facts: own }) => own.deleted_at === undefined);
      return {
        status: 201,
        body: {
          scenario: name,
          account_id: accountId,
          api_key: apiKey,
          now: timestamp(clocks.now(accountId)),
          workspaces: live.map(({ facts: own, workspace_id, workspace_key }) => {
            return { workspace_id, workspace_key, name: own.name };
          }),
        },
      };
    },
  };

  /** Booked calls do not pass the proxy, which notes when a workspace's key is used: it is noted here. */
  async function noteKeyUses(accountId: string, bookings: readonly Booking[]): Promise<void> {
    for (const { id, workspaceId } of await store.listApiKeys(accountId)) {
      const last = Math.max(...bookings.filter((call) => call.workspaceId === workspaceId).map(({ at }) => at));
      if (Number.isFinite(last)) await store.touchApiKey(id, last);
    }
  }
}

function ownCreditsMicro({ plan, granted_micro }: ScenarioFacts): bigint | null {
  return BigInt(granted_micro) === MONTHLY_CREDITS_MICRO[plan] ? null : BigInt(granted_micro);
}

async function makeWorkspace(
  client: ControlPlaneClient,
  facts: WorkspaceFacts,
  setClock: (time: string) => void,
): Promise<MadeWorkspace> {
  const { name, template = 'base', size = {}, created_at, ai } = facts;
  setClock(created_at);
  const body = { name, template_id: template, ...size };
  const { vm, workspace_key } = await client.POST('/workspaces', { body }).then(expectData);
  if (workspace_key === undefined) throw new Error('a workspace without a key');
  setClock(ai?.updated_at ?? created_at);
  const { key_for, mode, provider, model } = ai ?? {};
  const settings = {
    ...(mode && { mode }),
    ...(provider && { provider }),
    ...(model && { model }),
    ...(key_for && { api_key: `sk-scenario-${key_for}` }),
  };
  const params = { path: { id: vm.id } };
  const config = await client.PUT('/workspaces/{id}/ai-config', { params, body: settings }).then(expectData);
  return { facts, workspace_id: vm.id, workspace_key, isPaid: config.mode === 'managed' };
}

/** Rows of usage as they are, and the usage of shapes at prices that come to what the account has spent. */
function planBookings(facts: ScenarioFacts, workspaces: readonly MadeWorkspace[]): Booking[] {
  const now = Date.parse(facts.now);
  const plans = workspaces.map(({ facts: { usage }, workspace_id: workspaceId, isPaid }) => {
    const moments = usage !== undefined && 'shape' in usage ? spreadUsage(usage.shape, now / 1000) : [];
    return { workspaceId, isPaid, moments };
  });
  const rows = workspaces.flatMap(({ facts: { usage }, workspace_id: workspaceId }) => {
    return (usage !== undefined && 'rows' in usage ? usage.rows : []).map((row) => ({
      workspaceId,
      at: Date.parse(row.at),
      requests: row.requests,
      inputTokens: row.input_tokens,
      outputTokens: row.output_tokens,
      costMicro: BigInt(row.cost_micro),
    }));
  });
  const spentMicro = BigInt(facts.granted_micro) - BigInt(facts.left_micro);
  return [...priceUsage(plans, spentMicro, now), ...rows];
}

function expectData<T>({ data, error, response }: { data?: T; error?: unknown; response: Response }): T {
  if (data === undefined) throw new Error(`the control plane responded ${response.status}: ${JSON.stringify(error)}`);
  return data;
}
