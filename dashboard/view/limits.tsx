import type { controlPlane } from '../../client/index.ts';
import type { Account } from '../data/account.ts';
import { Meter } from './meter.tsx';
import { memory } from './words.ts';

/** What the plan allows, and how much of it is in use. */
export function LimitsSection({ account }: { readonly account: Account }) {
  const body = account.limits.value;
  return (
    <section class="card" aria-labelledby="limits-title">
      <h2 id="limits-title">Plan and limits</h2>
      {body !== undefined && <Limits {...body} />}
    </section>
  );
}

function Limits({ plan, custom, limits, usage }: controlPlane.GetUserLimitsResponse) {
  const rows = [
    { name: 'Workspaces', used: usage.workspace_count, most: limits.max_vms, format: String },
    { name: 'Memory', used: usage.total_ram_mb, most: limits.max_ram_total_mb, format: memory },
    { name: 'Disk', used: usage.total_disk_mb, most: limits.max_disk_total_mb, format: memory },
    { name: 'Running vCPUs', used: usage.running_vcpus, most: limits.max_running_vcpus, format: String },
  ];
  return (
    <>
      <p class="muted">
        The <strong>{plan}</strong> plan{custom ? ', with limits agreed for this account' : ''}. One workspace has at
        most {memory(limits.max_ram_per_vm_mb)} of memory and {limits.max_vcpu_per_vm} vCPU.
      </p>
      <ul class="limits">
        {rows.map(({ name, used, most, format }) => (
          <li key={name}>
            <span>{name}</span>
            <span class="number">
              {format(used)} <span class="muted">of {format(most)}</span>
            </span>
            <Meter share={most === 0 ? 1 : Math.min(1, used / most)} tone={used >= most ? 'low' : 'plain'} />
          </li>
        ))}
      </ul>
    </>
  );
}
