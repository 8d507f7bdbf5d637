import type { Caller } from '../../http/caller.ts';
import { readAiDefaults } from '../../platform/ai-defaults.ts';
import type { Workspace } from '../../platform/workspaces.ts';
import { givenAiConfig } from './ai-config.ts';
import { givenKeyIds } from './api-keys.ts';
import { givenWorkspaceIds } from './workspace-list.ts';

/** Everything that a request to the control plane can change, of the account and of one workspace. */
export async function givenSettings(caller: Caller, workspace: Workspace): Promise<unknown> {
  return {
    workspaces: await givenWorkspaceIds(caller),
    keys: await givenKeyIds(caller),
    defaults: await readAiDefaults(caller),
    config: await givenAiConfig(caller, workspace),
  };
}
