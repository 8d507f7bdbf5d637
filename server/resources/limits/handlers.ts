import type { Handlers } from '../operations.ts';
import type { ServicesWith } from '../services.ts';
import type { Workspaces } from '../workspaces/sql.ts';
import { planLimits, planUsage } from './rules.ts';

/** `/users/me/limits`: what the plan allows, and what is in use. */
export function limitsHandlers({
  store,
}: ServicesWith<Pick<Workspaces, 'listWorkspaces'>>): Pick<Handlers, 'getLimits'> {
  return {
    getLimits: async ({ account }) => {
      const usage = planUsage(await store.listWorkspaces(account.id));
      return {
        status: 200,
        body: {
          plan: account.plan,
          // Agreed for one account are its monthly credits only; its limits are its plan's.
          custom: false,
          limits: planLimits(account.plan),
          usage: {
            workspace_count: usage.workspaceCount,
            running_vcpus: usage.runningVcpus,
            total_disk_mb: usage.totalDiskMb,
            total_ram_mb: usage.totalRamMb,
          },
        },
      };
    },
  };
}
