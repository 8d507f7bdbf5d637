import { refusal } from '../../http/errors.ts';
import { timestamp } from '../../money/periods.ts';
import type { Handlers, ResponseFor } from '../operations.ts';
import type { ServicesWith } from '../services.ts';
import type { WorkspaceWithAccount } from '../workspaces/sql.ts';
import { effectiveAiConfig } from './rules.ts';
import type { AiConfigs } from './sql.ts';

/**
 * `/workspaces/{id}/ai-config`: what AI calls of a workspace use; and `/workspaces/{id}/mode`: its mode, and where that
 * comes from. The mode is one stored value.
 */
export function aiConfigHandlers({
  store,
  vault,
  clock,
}: ServicesWith<AiConfigs>): Pick<
  Handlers,
  'getAiConfig' | 'updateAiConfig' | 'getWorkspaceMode' | 'updateWorkspaceMode'
> {
  return {
    getAiConfig: async ({ resources }) => toResponse(resources),

    updateAiConfig: async ({ account, resources, body }) => {
      const { api_key: key, ...fields } = body;
      const sealed = key === undefined ? {} : { apiKey: key === null ? null : vault.seal(resources.workspace.id, key) };
      const outcome = await store.updateAiConfig(resources, { ...fields, ...sealed }, clock(account.id));
      switch (outcome.kind) {
        case 'updated':
          return toResponse(outcome);
        case 'key_in_managed_mode':
          return refusal('key_in_managed_mode');
        case 'not_found':
          return refusal('not_found');
      }
    },

    getWorkspaceMode: async ({ resources }) => toModeResponse(resources),

    updateWorkspaceMode: async ({ account, resources, body }) => {
      const outcome = await store.updateAiConfig(resources, body, clock(account.id));
      // A mode alone brings no key, so that `key_in_managed_mode` cannot be the outcome.
      return outcome.kind === 'updated' ? toModeResponse(outcome) : refusal('not_found');
    },
  };
}

function toResponse({ workspace, account }: WorkspaceWithAccount): ResponseFor<'getAiConfig'> {
  const { mode, provider, model, status } = effectiveAiConfig(account, workspace);
  return { status: 200, body: { mode, provider, model, status, updated_at: timestamp(workspace.aiUpdatedAt) } };
}

function toModeResponse({ workspace, account }: WorkspaceWithAccount): ResponseFor<'getWorkspaceMode'> {
  const { mode, modeSource } = effectiveAiConfig(account, workspace);
  return { status: 200, body: { mode, source: modeSource } };
}
