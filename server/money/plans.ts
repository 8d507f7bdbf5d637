import { creditsToMicro, type Micro } from './microcredits.ts';

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

/** The plans of the contract. The published totals are per account; RAM and vCPU totals are workspaces times size. */
export const PLANS: Readonly<Record<Plan, PlanTerms>> = {
  free: {
    monthlyCreditsMicro: creditsToMicro(250),
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
    monthlyCreditsMicro: creditsToMicro(2000),
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

/** The account's own monthly credits where it has been given some, else its plan's. */
export function monthlyGrantMicro(account: { readonly plan: Plan; readonly monthlyCreditsMicro: Micro | null }): Micro {
  return account.monthlyCreditsMicro ?? PLANS[account.plan].monthlyCreditsMicro;
}

/** What can be spent now (charges and open holds are off already), and what was granted in the current period. */
export interface CreditsState {
  readonly remainingMicro: Micro;
  readonly totalMicro: Micro;
}
