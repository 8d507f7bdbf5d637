import type {
  AiCredits,
  GetAiDefaultsResponse,
  GetUserLimitsResponse,
  ListApiKeysResponse,
  Vm,
  WorkspaceAiConfigResponse,
  WorkspaceAiModeResponse,
} from '../../generated/control-plane.ts';
import type { Scenario, ScenarioWorkspace } from '../../generated/scenarios.ts';
import { creditsOf } from './totals.ts';

/** Of the workspaces' network: the first one that is given out. */
const FIRST_ADDRESS = 2;

export function credits({ defaults, leftMicro, grantedMicro }: Scenario): AiCredits {
  return {
    mode: defaults.effective.mode,
    remaining: creditsOf(leftMicro),
    total: creditsOf(grantedMicro),
    remaining_micro: leftMicro,
    total_micro: grantedMicro,
  };
}

export function aiDefaults({ defaults }: Scenario): GetAiDefaultsResponse {
  const { mode, provider, model } = defaults.effective;
  return { default_mode: mode, default_provider: provider, default_model: model };
}

/** Workspaces of a scenario always run. */
export function limits(scenario: Scenario): GetUserLimitsResponse {
  const live = liveWorkspaces(scenario);
  const sum = (size: (workspace: ScenarioWorkspace) => number) => live.reduce((total, one) => total + size(one), 0);
  return {
    plan: scenario.plan,
    custom: false,
    limits: scenario.limits,
    usage: {
      workspace_count: live.length,
      running_vcpus: sum(({ vcpuCount }) => vcpuCount),
      total_disk_mb: sum(({ diskSizeMb }) => diskSizeMb),
      total_ram_mb: sum(({ ramMb }) => ramMb),
    },
  };
}

export function apiKeys(scenario: Scenario): ListApiKeysResponse {
  return {
    api_keys: scenario.apiKeys.map(({ id, name, preview, workspaceId, createdAt, lastUsedAt }) => ({
      id,
      name,
      is_workspace_key: workspaceId !== null,
      ...(workspaceId !== null && { workspace_id: workspaceId }),
      created_at: timestamp(createdAt),
      ...(lastUsedAt !== null && { last_used_at: timestamp(lastUsedAt) }),
      key_preview: preview,
    })),
  };
}

export function vm({ accountId, workspaces }: Scenario, workspace: ScenarioWorkspace): Vm {
  return {
    id: workspace.id,
    user_id: accountId,
    node_id: 'node-local',
    name: workspace.name,
    status: 'running',
    image: workspace.templateId,
    ram_mb: workspace.ramMb,
    vcpu_count: workspace.vcpuCount,
    disk_size_mb: workspace.diskSizeMb,
    ai_mode: workspace.ai.set.mode,
    template_id: workspace.templateId,
    ip_address: `10.77.0.${FIRST_ADDRESS + workspaces.indexOf(workspace)}`,
    created_at: timestamp(workspace.createdAt),
    updated_at: timestamp(workspace.ai.updatedAt),
  };
}

export function aiConfig({ ai }: ScenarioWorkspace): WorkspaceAiConfigResponse {
  const { mode, provider, model, status } = ai.effective;
  return { mode, provider, model, status, updated_at: timestamp(ai.updatedAt) };
}

export function workspaceMode({ ai }: ScenarioWorkspace): WorkspaceAiModeResponse {
  return { mode: ai.effective.mode, source: ai.effective.source };
}

/** With milliseconds, as the reference platform writes it. */
function timestamp(time: string): string {
  return new Date(time).toISOString();
}

export function liveWorkspaces({ workspaces }: Scenario): readonly ScenarioWorkspace[] {
  return workspaces.filter(({ deletedAt }) => deletedAt === null);
}
