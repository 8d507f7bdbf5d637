import type { AiUsageMetricsRange } from '../../generated/control-plane.ts';
import type { Scenario, ScenarioWorkspace } from '../../generated/scenarios.ts';
import { aiConfig, aiDefaults, apiKeys, credits, limits, liveWorkspaces, vm, workspaceMode } from './account-bodies.ts';
import { aiUsage, metrics, summary } from './usage-bodies.ts';

/** What of a request decides the answer. */
export interface Asked {
  /** The workspace in the path. */
  readonly workspaceId?: string | undefined;
  /** Default: 24h, as in the contract. */
  readonly range?: AiUsageMetricsRange | undefined;
}

export type ScenarioAnswer =
  | { readonly kind: 'body'; readonly body: object }
  /** The scenario's account has no such workspace. */
  | { readonly kind: 'unknown_workspace' }
  /** The answer of this operation has nothing to do with scenarios. */
  | { readonly kind: 'independent' };

type OfAccount = (scenario: Scenario, range: AiUsageMetricsRange) => object;
type OfWorkspace = (workspace: ScenarioWorkspace, scenario: Scenario, range: AiUsageMetricsRange) => object;

const ofAccount = new Map<string, OfAccount>([
  ['listWorkspaces', (scenario) => ({ vms: liveWorkspaces(scenario).map((workspace) => vm(scenario, workspace)) })],
  ['getCredits', credits],
  ['updateAiMode', credits],
  ['getAiUsage', aiUsage],
  ['getAccountUsageMetrics', (scenario, range) => metrics(scenario, range)],
  ['getAccountUsageSummary', (scenario, range) => summary(scenario, range)],
  ['getAiDefaults', aiDefaults],
  ['updateAiDefaults', aiDefaults],
  ['getLimits', limits],
  ['listApiKeys', apiKeys],
]);

const ofWorkspace = new Map<string, OfWorkspace>([
  ['getWorkspace', (workspace, scenario) => ({ vm: vm(scenario, workspace) })],
  ['getAiConfig', aiConfig],
  ['updateAiConfig', aiConfig],
  ['getWorkspaceMode', workspaceMode],
  ['updateWorkspaceMode', workspaceMode],
  ['getWorkspaceUsageMetrics', (workspace, scenario, range) => metrics(scenario, range, workspace)],
  ['getWorkspaceUsageSummary', (workspace, scenario, range) => summary(scenario, range, workspace)],
]);

/** Whether the operation names a workspace in its path, for those whose answers depend on the scenario. */
export function isOfWorkspace(operationId: string): boolean {
  return ofWorkspace.has(operationId);
}

/** The body of the operation's success in a scenario. No state: an update answers what the scenario says, too. */
export function scenarioAnswer(scenario: Scenario, operationId: string, asked: Asked = {}): ScenarioAnswer {
  const { workspaceId, range = '24h' } = asked;
  const account = ofAccount.get(operationId);
  if (account) return { kind: 'body', body: account(scenario, range) };
  const answer = ofWorkspace.get(operationId);
  if (!answer) return { kind: 'independent' };
  const workspace = liveWorkspaces(scenario).find(({ id }) => id === workspaceId);
  return workspace ? { kind: 'body', body: answer(workspace, scenario, range) } : { kind: 'unknown_workspace' };
}
