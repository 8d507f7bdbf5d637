import { PLANS, planUsage } from '../../money/plans.ts';
import type { Handlers } from '../operations.ts';
import type { Services } from '../services.ts';

/** `/users/me/limits`: what the plan allows, and what is in use (contract section 3). */
export function limitsHandlers({ store }: Services): Pick<Handlers, 'getLimits'> {
  return {
    getLimits: async ({ account }) => {
      const usage = planUsage(await store.listWorkspaces(account.id));
      return {
        status: 200,
        body: {
          plan: account.plan,
          // Agreed for one account are its monthly credits only; its limits are its plan's.
          custom: false,
          limits: PLANS[account.plan].limits,
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
