import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE_SIZE, judgeNewWorkspace, planUsage, type WorkspaceSize } from '../resources/limits/rules.ts';
import { monthlyGrantMicro, PLANS, type Plan } from './plans.ts';

const times = (count: number, size: WorkspaceSize) => Array.from({ length: count }, () => size);
const plans = ['free', 'pro'] as const satisfies readonly Plan[];
const sizes = fc.record({
  ramMb: fc.integer({ min: 0, max: 5000 }),
  vcpuCount: fc.integer({ min: 0, max: 5 }),
  diskSizeMb: fc.integer({ min: 0, max: 12_000 }),
});

describe('plans', () => {
  it('grant 250 and 2,000 credits a month', () => {
    expect(PLANS.free.monthlyCreditsMicro).toBe(250_000_000n);
    expect(PLANS.pro.monthlyCreditsMicro).toBe(2_000_000_000n);
  });

  it("give way to the account's own monthly credits, zero included", () => {
    expect(monthlyGrantMicro({ plan: 'pro', monthlyCreditsMicro: null })).toBe(2_000_000_000n);
    expect(monthlyGrantMicro({ plan: 'pro', monthlyCreditsMicro: 0n })).toBe(0n);
  });

  it.each(plans)('%s has room for all its workspaces at the default size', (plan) => {
    const live = times(PLANS[plan].limits.max_vms - 1, DEFAULT_WORKSPACE_SIZE);
    expect(judgeNewWorkspace(plan, live, DEFAULT_WORKSPACE_SIZE)).toEqual({ kind: 'allowed' });
  });

  it.each(plans)('%s refuses one workspace more than it has', (plan) => {
    const { max_vms } = PLANS[plan].limits;
    expect(judgeNewWorkspace(plan, times(max_vms, DEFAULT_WORKSPACE_SIZE), DEFAULT_WORKSPACE_SIZE)).toEqual({
      kind: 'plan_limit_exceeded',
      limit: 'max_vms',
      allowed: max_vms,
      requested: max_vms + 1,
    });
  });

  it.each([
    [{ ramMb: 1025 }, 'max_ram_per_vm_mb', 1024, 1025],
    [{ vcpuCount: 2 }, 'max_vcpu_per_vm', 1, 2],
    [{ diskSizeMb: 3073 }, 'max_disk_total_mb', 4096, 4097],
  ] as const)('names the limit that %o breaks', (wish, limit, allowed, requested) => {
    const verdict = judgeNewWorkspace('free', [DEFAULT_WORKSPACE_SIZE], { ...DEFAULT_WORKSPACE_SIZE, ...wish });
    expect(verdict).toEqual({ kind: 'plan_limit_exceeded', limit, allowed, requested });
  });

  it('are never outgrown by workspaces that were allowed one after the other', () => {
    fc.assert(
      fc.property(fc.constantFrom(...plans), fc.array(sizes, { maxLength: 30 }), (plan, wishes) => {
        const live: WorkspaceSize[] = [];
        for (const wish of wishes) if (judgeNewWorkspace(plan, live, wish).kind === 'allowed') live.push(wish);
        const usage = planUsage(live);
        const { limits } = PLANS[plan];
        expect(usage.workspaceCount).toBeLessThanOrEqual(limits.max_vms);
        expect(usage.totalRamMb).toBeLessThanOrEqual(limits.max_ram_total_mb);
        expect(usage.totalDiskMb).toBeLessThanOrEqual(limits.max_disk_total_mb);
        expect(usage.runningVcpus).toBeLessThanOrEqual(limits.max_running_vcpus);
      }),
    );
  });
});
