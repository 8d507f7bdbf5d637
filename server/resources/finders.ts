import type { Finders } from '../http/resources.ts';
import type { Services } from './services.ts';

/** Whose resource an id in a path is; somebody else's counts as none (contract section 1). */
export function controlPlaneFinders({ store }: Services): Finders {
  return {
    '/workspaces/{id}': async (account, id) => {
      const workspace = await store.getWorkspace(account.id, id);
      return workspace && { workspace };
    },
    '/api-keys/{id}': async (account, id) => {
      const keys = await store.listApiKeys(account.id);
      return keys.some((key) => key.id === id) ? {} : undefined;
    },
  };
}
