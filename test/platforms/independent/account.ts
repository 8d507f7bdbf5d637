import { type Call, ok, type Reply, refuseAll } from './call.ts';
import { inherited } from './choice.ts';
import { type Account, ownWorkspaces } from './state.ts';

/** What the contract says of the two plans; memory and disk in MB. */
const PLANS = {
  free: { credits: 250, workspaces: 2, ram: 1024, vcpus: 1, disk: 4 * 1024 },
  pro: { credits: 2000, workspaces: 10, ram: 4 * 1024, vcpus: 4, disk: 10 * 1024 },
} as const;

/** Nothing is ever spent here: the platform makes no AI calls. */
export function readCredits({ account }: Call): Reply {
  const total = PLANS[account.plan].credits;
  const micro = total * 1_000_000;
  return ok({ mode: inherited(account).mode, total, remaining: total, total_micro: micro, remaining_micro: micro });
}

export function planLimits({ plan }: Account) {
  const { workspaces, ram, vcpus, disk } = PLANS[plan];
  const each = { max_vms: workspaces, max_ram_per_vm_mb: ram, max_vcpu_per_vm: vcpus };
  const together = { max_ram_total_mb: workspaces * ram, max_disk_total_mb: workspaces * disk };
  return { ...each, ...together, max_running_vcpus: workspaces * vcpus };
}

export function accountUsage({ state, account }: Call) {
  const own = ownWorkspaces(state, account);
  const sum = (part: 'ram' | 'vcpus' | 'disk') => own.reduce((total, { size }) => total + size[part], 0);
  const sums = { running_vcpus: sum('vcpus'), total_disk_mb: sum('disk'), total_ram_mb: sum('ram') };
  return { workspace_count: own.length, ...sums };
}

export function readLimits(call: Call): Reply {
  const { plan } = call.account;
  return ok({ custom: false, plan, usage: accountUsage(call), limits: planLimits(call.account) });
}

export function readUsage(): Reply {
  return ok({ window_days: 30, by_workspace: [], daily: [] });
}

const HOUR = 3600;
/** How far back a range reaches, and its step, in seconds. */
const RANGES: Readonly<Record<string, readonly [back: number, step: number]>> = {
  '1h': [HOUR, 60],
  '6h': [6 * HOUR, 360],
  '24h': [24 * HOUR, HOUR],
  '7d': [7 * 24 * HOUR, 6 * HOUR],
};

export function readMetrics(call: Call): Reply {
  const range = chosenRange(call);
  const [back, step] = RANGES[range] ?? [HOUR, HOUR];
  const last = Math.floor(Date.now() / 1000 / step) * step;
  const points = Array.from({ length: back / step }, (_, i) => ({ v: 0, t: last - back + (i + 1) * step }));
  const series = { credits: points, requests: points, input_tokens: points, output_tokens: points };
  return ok({ series, step_seconds: step, range });
}

export function readSummary(call: Call): Reply {
  const nothing = { total_credits: 0, total_credits_micro: 0, total_requests: 0, input_tokens: 0, output_tokens: 0 };
  return ok({ ...nothing, range: chosenRange(call) });
}

function chosenRange({ query }: Call): string {
  const range = query.get('range') ?? '24h';
  if (!Object.hasOwn(RANGES, range)) refuseAll('query', [['range', 'enum']]);
  return range;
}
