import { type Micro, microOfCredits } from './microcredits.ts';

export type Plan = 'free' | 'pro';

/** Names as `GET /users/me/limits` answers them. */
export type LimitName =
  | 'max_vms'
  | 'max_ram_per_vm_mb'
  | 'max_ram_total_mb'
  | 'max_disk_total_mb'
  | 'max_vcpu_per_vm'
  | 'max_running_vcpus';

export interface PlanTerms {
  /** Granted at the start of every calendar month, UTC. */
  readonly monthlyCreditsMicro: Micro;
  readonly limits: Readonly<Record<LimitName, number>>;
}

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

/** The plans of contract section 3. The published totals are per account; RAM and vCPU totals are workspaces times size. */
export const PLANS: Readonly<Record<Plan, PlanTerms>> = {
  free: {
    monthlyCreditsMicro: microOfCredits(250),
    limits: {
      max_vms: 2,
      max_ram_per_vm_mb: 1024,
      max_ram_total_mb: 2048,
      max_disk_total_mb: 4096,
      max_vcpu_per_vm: 1,
      max_running_vcpus: 2,
    },
  },
  pro: {
    monthlyCreditsMicro: microOfCredits(2000),
    limits: {
      max_vms: 10,
      max_ram_per_vm_mb: 4096,
      max_ram_total_mb: 40_960,
      max_disk_total_mb: 10_240,
      max_vcpu_per_vm: 4,
      max_running_vcpus: 40,
    },
  },
};

/** The size of a workspace that asks for none: as many of these as a plan has workspaces fit every plan. */
export const DEFAULT_WORKSPACE_SIZE: WorkspaceSize = { ramMb: 1024, vcpuCount: 1, diskSizeMb: 1024 };

/** The account's own monthly credits where it has been given some, else its plan's. */
export function monthlyGrantMicro(account: { readonly plan: Plan; readonly monthlyCreditsMicro: Micro | null }): Micro {
  return account.monthlyCreditsMicro ?? PLANS[account.plan].monthlyCreditsMicro;
}

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

/** Judges `POST /workspaces` against the plan; names the first limit that would be exceeded (contract section 3). */
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

/** What can be spent now (charges and open holds are off already), and what was granted in the current period. */
export interface CreditsState {
  readonly remainingMicro: Micro;
  readonly totalMicro: Micro;
}
