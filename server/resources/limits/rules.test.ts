import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../money/plans.ts';
import {
  DEFAULT_WORKSPACE_SIZE,
  findExceeded,
  listWorkspaceDemands,
  planLimits,
  planUsage,
  type WorkspaceSize,
} from './rules.ts';

const times = (count: number, size: WorkspaceSize) => Array.from({ length: count }, () => size);
const judge = (plan: Plan, live: readonly WorkspaceSize[], asked: WorkspaceSize) =>
  findExceeded(plan, listWorkspaceDemands(live, asked));
const plans = ['free', 'pro'] as const satisfies readonly Plan[];
const sizes = fc.record({
  ramMb: fc.integer({ min: 0, max: 5000 }),
  vcpuCount: fc.integer({ min: 0, max: 5 }),
  diskSizeMb: fc.integer({ min: 0, max: 12_000 }),
});

describe('the limits of plans', () => {
  it.each(plans)('%s has room for all its workspaces at the default size', (plan) => {
    const live = times(planLimits(plan).max_vms - 1, DEFAULT_WORKSPACE_SIZE);
    expect(judge(plan, live, DEFAULT_WORKSPACE_SIZE)).toBeUndefined();
  });

  it.each(plans)('%s refuses one workspace more than it has', (plan) => {
    const { max_vms } = planLimits(plan);
    expect(judge(plan, times(max_vms, DEFAULT_WORKSPACE_SIZE), DEFAULT_WORKSPACE_SIZE)).toEqual({
      kind: 'plan_limit_exceeded',
      limit: 'max_vms',
      allowed: max_vms,
      used: max_vms,
    });
  });

  it.each([
    [{ ramMb: 1025 }, 'max_ram_per_vm_mb', 1024, 0],
    [{ vcpuCount: 2 }, 'max_vcpu_per_vm', 1, 0],
    [{ diskSizeMb: 3073 }, 'max_disk_total_mb', 4096, 1024],
  ] as const)('names the limit that %o breaks', (wish, limit, allowed, used) => {
    const verdict = judge('free', [DEFAULT_WORKSPACE_SIZE], { ...DEFAULT_WORKSPACE_SIZE, ...wish });
    expect(verdict).toEqual({ kind: 'plan_limit_exceeded', limit, allowed, used });
  });

  it('are never outgrown by workspaces that were allowed one after the other', () => {
    fc.assert(
      fc.property(fc.constantFrom(...plans), fc.array(sizes, { maxLength: 30 }), (plan, wishes) => {
        const live: WorkspaceSize[] = [];
        for (const wish of wishes) if (judge(plan, live, wish) === undefined) live.push(wish);
        const usage = planUsage(live);
        const limits = planLimits(plan);
        expect(usage.workspaceCount).toBeLessThanOrEqual(limits.max_vms);
        expect(usage.totalRamMb).toBeLessThanOrEqual(limits.max_ram_total_mb);
        expect(usage.totalDiskMb).toBeLessThanOrEqual(limits.max_disk_total_mb);
        expect(usage.runningVcpus).toBeLessThanOrEqual(limits.max_running_vcpus);
      }),
    );
  });
});
