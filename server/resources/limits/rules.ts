import { type LimitName, PLANS, type Plan } from '../../money/plans.ts';

/** What one workspace takes of a plan. */
export interface WorkspaceSize {
  readonly ramMb: number;
  readonly vcpuCount: number;
  readonly diskSizeMb: number;
}

/** What an account takes of its plan in all: `usage` of `GET /users/me/limits`. */
export interface PlanUsage {
  readonly workspaceCount: number;
  readonly runningVcpus: number;
  readonly totalDiskMb: number;
  readonly totalRamMb: number;
}

export type NewWorkspaceVerdict =
  | { readonly kind: 'allowed' }
  | {
      readonly kind: 'plan_limit_exceeded';
      readonly limit: LimitName;
      readonly allowed: number;
      /** What the limited quantity would come to with the new workspace. */
      readonly requested: number;
    };

/** The size of a workspace that asks for none: as many of these as a plan has workspaces fit every plan. */
export const DEFAULT_WORKSPACE_SIZE: WorkspaceSize = { ramMb: 1024, vcpuCount: 1, diskSizeMb: 1024 };

/** Sums up the live workspaces of an account. Workspaces of this platform always run. */
export function planUsage(workspaces: Iterable<WorkspaceSize>): PlanUsage {
  const usage = { workspaceCount: 0, runningVcpus: 0, totalDiskMb: 0, totalRamMb: 0 };
  for (const workspace of workspaces) {
    usage.workspaceCount += 1;
    usage.runningVcpus += workspace.vcpuCount;
    usage.totalDiskMb += workspace.diskSizeMb;
    usage.totalRamMb += workspace.ramMb;
  }
  return usage;
}

/** Judges `POST /workspaces` against the plan; names the first limit that would be exceeded. */
export function judgeNewWorkspace(
  plan: Plan,
  liveWorkspaces: Iterable<WorkspaceSize>,
  requested: WorkspaceSize,
): NewWorkspaceVerdict {
  const { limits } = PLANS[plan];
  const after = planUsage([...liveWorkspaces, requested]);
  const amounts: Readonly<Record<LimitName, number>> = {
    max_vms: after.workspaceCount,
    max_ram_per_vm_mb: requested.ramMb,
    max_ram_total_mb: after.totalRamMb,
    max_disk_total_mb: after.totalDiskMb,
    max_vcpu_per_vm: requested.vcpuCount,
    max_running_vcpus: after.runningVcpus,
  };
  const limit = LIMIT_ORDER.find((name) => amounts[name] > limits[name]);
  if (limit === undefined) return { kind: 'allowed' };
  return { kind: 'plan_limit_exceeded', limit, allowed: limits[limit], requested: amounts[limit] };
}

const LIMIT_ORDER: readonly LimitName[] = [
  'max_vms',
  'max_ram_per_vm_mb',
  'max_ram_total_mb',
  'max_disk_total_mb',
  'max_vcpu_per_vm',
  'max_running_vcpus',
];
