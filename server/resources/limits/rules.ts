import type { components } from '../../../generated/control-plane.ts';
import { type Refusal, refusal } from '../../http/errors.ts';
import type { Plan } from '../../money/plans.ts';

/** Names as `GET /users/me/limits` answers them. */
export type LimitName = keyof components['schemas']['EffectiveLimits'];

/**
 * The limits of the plans, one a line: how much each plan allows, and of what, as an error says it. A limit of the contract
 * that is missing here does not compile. The published totals are per account; those of RAM and vCPU are workspaces times
 * size.
 */
export const LIMITS: Readonly<Record<LimitName, Readonly<Record<Plan, number>> & { readonly unit: string }>> = {
  max_vms: { free: 2, pro: 10, unit: 'workspaces' },
  max_ram_per_vm_mb: { free: 1024, pro: 4096, unit: 'MB of memory per workspace' },
  max_ram_total_mb: { free: 2048, pro: 40_960, unit: 'MB of memory in all' },
  max_disk_total_mb: { free: 4096, pro: 10_240, unit: 'MB of disk in all' },
  max_vcpu_per_vm: { free: 1, pro: 4, unit: 'vCPU per workspace' },
  max_running_vcpus: { free: 2, pro: 40, unit: 'running vCPU in all' },
};

/** What a plan allows, as `limits` of `GET /users/me/limits`. */
export function planLimits(plan: Plan): Readonly<Record<LimitName, number>> {
  const rows = Object.entries(LIMITS).map(([name, allowed]) => [name, allowed[plan]]);
  return Object.fromEntries(rows) as Record<LimitName, number>;
}

/** What a request takes of a limit, in the limit's own unit. */
export interface Demand {
  readonly limit: LimitName;
  /** In use before the request; 0 where the limit is one of each thing. */
  readonly used: number;
  readonly adds: number;
}

export interface LimitExceeded {
  readonly kind: 'plan_limit_exceeded';
  readonly limit: LimitName;
  readonly allowed: number;
  readonly used: number;
}

/** The first limit that a request would exceed, in the order of its demands; undefined where the plan allows them all. */
export function findExceeded(plan: Plan, demands: readonly Demand[]): LimitExceeded | undefined {
  const exceeded = demands.find(({ limit, used, adds }) => used + adds > LIMITS[limit][plan]);
  if (exceeded === undefined) return undefined;
  const { limit, used } = exceeded;
  return { kind: 'plan_limit_exceeded', limit, allowed: LIMITS[limit][plan], used };
}

/** 402 that names the limit, and what was in use of it before the request. */
export function limitRefusal(plan: Plan, { limit, allowed, used }: LimitExceeded): Refusal<'plan_limit_exceeded'> {
  return refusal('plan_limit_exceeded', {
    message: `The ${plan} plan allows ${allowed} ${LIMITS[limit].unit}.`,
    details: { limit, allowed, used },
  });
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

/** What `POST /workspaces` takes of the plan. */
export function listWorkspaceDemands(live: Iterable<WorkspaceSize>, asked: WorkspaceSize): readonly Demand[] {
  const usage = planUsage(live);
  return [
    { limit: 'max_vms', used: usage.workspaceCount, adds: 1 },
    { limit: 'max_ram_per_vm_mb', used: 0, adds: asked.ramMb },
    { limit: 'max_ram_total_mb', used: usage.totalRamMb, adds: asked.ramMb },
    { limit: 'max_disk_total_mb', used: usage.totalDiskMb, adds: asked.diskSizeMb },
    { limit: 'max_vcpu_per_vm', used: 0, adds: asked.vcpuCount },
    { limit: 'max_running_vcpus', used: usage.runningVcpus, adds: asked.vcpuCount },
  ];
}
