import { refusal } from '../../http/errors.ts';
import { timestamp } from '../../money/periods.ts';
import type { Handlers, ResponseFor } from '../operations.ts';
import type { Services } from '../services.ts';
import type { WorkspaceWithAccount } from '../workspaces/workspace.ts';
import { effectiveAiConfig } from './rules.ts';

/** `/workspaces/{id}/ai-config`: what AI calls of a workspace use (contract section 2). */
export function aiConfigHandlers({ store, vault, clock }: Services): Pick<Handlers, 'getAiConfig' | 'updateAiConfig'> {
  return {
    getAiConfig: async ({ resources }) => answer(resources),

    updateAiConfig: async ({ account, resources, body }) => {
      const { api_key: key, ...fields } = body;
      const sealed = key === undefined ? {} : { apiKey: key === null ? null : vault.seal(resources.workspace.id, key) };
      const outcome = await store.updateAiConfig(resources, { ...fields, ...sealed }, clock(account.id));
      switch (outcome.kind) {
        case 'updated':
          return answer(outcome);
        case 'key_in_managed_mode':
          return refusal('key_in_managed_mode');
        case 'not_found':
          return refusal('not_found');
      }
    },
  };
}

function answer({ workspace, account }: WorkspaceWithAccount): ResponseFor<'getAiConfig'> {
  const { mode, provider, model, status } = effectiveAiConfig(account, workspace);
  return { status: 200, body: { mode, provider, model, status, updated_at: timestamp(workspace.aiUpdatedAt) } };
}
