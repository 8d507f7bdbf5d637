import { refusal } from '../../http/errors.ts';
import type { Handlers, ResponseFor } from '../operations.ts';
import type { Services } from '../services.ts';
import type { WorkspaceWithAccount } from '../workspaces/workspace.ts';
import { effectiveAiConfig } from './rules.ts';

/** `/workspaces/{id}/mode`: the mode of ai-config, seen from its origin. It is one stored value (contract section 2). */
export function modeHandlers({ store, clock }: Services): Pick<Handlers, 'getWorkspaceMode' | 'updateWorkspaceMode'> {
  return {
    getWorkspaceMode: async ({ resources }) => answer(resources),

    updateWorkspaceMode: async ({ account, resources, body }) => {
      const outcome = await store.updateAiConfig(resources, body, clock(account.id));
      // A mode alone brings no key, so that `key_in_managed_mode` cannot be the outcome.
      return outcome.kind === 'updated' ? answer(outcome) : refusal('not_found');
    },
  };
}

function answer({ workspace, account }: WorkspaceWithAccount): ResponseFor<'getWorkspaceMode'> {
  const { mode, modeSource } = effectiveAiConfig(account, workspace);
  return { status: 200, body: { mode, source: modeSource } };
}
