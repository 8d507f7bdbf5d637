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
