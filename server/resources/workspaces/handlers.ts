import { refusal } from '../../http/errors.ts';
import { timestamp } from '../../money/periods.ts';
import { limitRefusal } from '../limits/rules.ts';
import type { Handlers } from '../operations.ts';
import type { ServicesWith } from '../services.ts';

import { planWorkspace } from './rules.ts';
import type { Workspace, Workspaces } from './sql.ts';

/** `/workspaces` and `/workspaces/{id}`. */
export function workspacesHandlers({
  store,
  keys,
  clock,
  newIds,
  node,
}: ServicesWith<Workspaces>): Pick<
  Handlers,
  'listWorkspaces' | 'createWorkspace' | 'getWorkspace' | 'deleteWorkspace'
> {
  return {
    listWorkspaces: async ({ account }) => ({
      status: 200,
      body: { vms: (await store.listWorkspaces(account.id)).map(toVm) },
    }),

    createWorkspace: async ({ account, body }) => {
      const planned = planWorkspace(body);
      if (planned.kind === 'unknown_ids') return refusal('invalid_request', { details: planned.violations });
      const workspace = { id: newIds.workspace(), accountId: account.id, ...planned.workspace };
      const { key, ...stored } = keys.mint('workspace');
      const firstKey = { id: newIds.apiKey(), name: workspace.name, ...stored };
      const outcome = await store.createWorkspace(workspace, clock(account.id), {
        firstKey,
        addresses: node.addresses,
      });
      if (outcome.kind === 'plan_limit_exceeded') return limitRefusal(account.plan, outcome);
      return { status: 201, body: { vm: toVm(outcome.workspace), workspace_key: key } };
    },

    getWorkspace: async ({ resources: { workspace } }) => ({ status: 200, body: { vm: toVm(workspace) } }),

    deleteWorkspace: async ({ account, params }) =>
      (await store.deleteWorkspace(account.id, params.id, clock(account.id)))
        ? { status: 200, body: { message: 'Workspace deleted.' } }
        : refusal('not_found'),
  };

  /** A workspace of this platform runs from its first moment on, on the one node there is. */
  function toVm(workspace: Workspace) {
    return {
      id: workspace.id,
      user_id: workspace.accountId,
      node_id: node.id,
      name: workspace.name,
      status: 'running' as const,
      image: workspace.image,
      ram_mb: workspace.ramMb,
      vcpu_count: workspace.vcpuCount,
      disk_size_mb: workspace.diskSizeMb,
      ai_mode: workspace.overrides.mode,
      template_id: workspace.templateId,
      ip_address: workspace.ipAddress,
      created_at: timestamp(workspace.createdAt),
      updated_at: timestamp(workspace.updatedAt),
    };
  }
}
