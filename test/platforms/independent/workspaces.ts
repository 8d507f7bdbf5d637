import { randomBytes } from 'node:crypto';
import { accountUsage, planLimits } from './account.ts';
import { type Body, type Call, ok, Refused, type Reply } from './call.ts';
import { count, idList, orNull, text } from './rules.ts';
import { dropKeys, ownWorkspaces, type Workspace } from './state.ts';

const ids = orNull(idList);
const amount = orNull(count);
const fields = {
  ...{ name: text(64), template_id: orNull(text(128, /^/)), image: orNull(text(256, /^/)) },
  ...{ ram_mb: amount, vcpu_count: amount, disk_size_mb: amount },
  ...{ catalog_ids: ids, service_spec_ids: ids, setup_script_ids: ids },
};

const BLANK = { image: 'plain-12', size: { ram: 512, vcpus: 1, disk: 1024 } };
const ROOM = 5_000;

export function readCapacity({ state }: Call): Reply {
  const used = state.workspaces.size;
  return ok({ used, total: ROOM, available: used < ROOM });
}

export function listTemplates(): Reply {
  const { image, size } = BLANK;
  const sizes = { ram_mb: size.ram, vcpu_count: size.vcpus, disk_size_mb: size.disk };
  const words = { name: 'Plain', description: 'Nothing installed.', icon: 'box', category: 'bare' };
  return ok({ templates: [{ id: 'plain', image, ...sizes, ...words, default_log_sources: [] }] });
}

export function listWorkspaces({ state, account }: Call): Reply {
  return ok({ vms: ownWorkspaces(state, account).map(shown) });
}

export function readWorkspace(call: Call): Reply {
  return ok({ vm: shown(call.workspace()) });
}

/** Shows no workspace key: the contract leaves that to the platform. */
export function createWorkspace(call: Call): Reply {
  const body = call.body(fields, ['name']);
  const size = chosenSize(body);
  refuseOverLimit(call, size);
  const id = `w.${Date.now().toString(36)}.${randomBytes(5).toString('hex')}`;
  const [made, owner, image] = [new Date(), call.account, String(body.image ?? BLANK.image)];
  const workspace = {
    id,
    owner,
    name: String(body.name),
    image,
    size,
    made,
    ai: {},
    aiChanged: made,
    keyOf: undefined,
  };
  call.state.workspaces.set(id, workspace);
  return ok({ vm: shown(workspace) }, 201);
}

export function deleteWorkspace(call: Call): Reply {
  const workspace = call.workspace();
  call.state.workspaces.delete(workspace.id);
  dropKeys(call.state, (key) => key.workspace === workspace);
  return ok({ message: `${workspace.name} is gone.` });
}

function chosenSize({ ram_mb, vcpu_count, disk_size_mb }: Body): Workspace['size'] {
  const { ram, vcpus, disk } = BLANK.size;
  return { ram: Number(ram_mb) || ram, vcpus: Number(vcpu_count) || vcpus, disk: Number(disk_size_mb) || disk };
}

function refuseOverLimit(call: Call, { ram, vcpus, disk }: Workspace['size']): void {
  const limits = planLimits(call.account);
  const { workspace_count, running_vcpus, total_ram_mb, total_disk_mb } = accountUsage(call);
  const asked: readonly (readonly [limit: keyof typeof limits, used: number, more: number])[] = [
    ['max_vms', workspace_count, 1],
    ['max_ram_per_vm_mb', 0, ram],
    ['max_ram_total_mb', total_ram_mb, ram],
    ['max_disk_total_mb', total_disk_mb, disk],
    ['max_vcpu_per_vm', 0, vcpus],
    ['max_running_vcpus', running_vcpus, vcpus],
  ];
  for (const [limit, used, more] of asked) {
    const allowed = limits[limit];
    if (used + more <= allowed) continue;
    const words = `Your plan ends at ${allowed} (${limit}).`;
    throw new Refused(402, 'plan_limit_exceeded', words, { limit, used, allowed });
  }
}

function shown({ id, name, image, size, made, aiChanged, ai }: Workspace) {
  const machine = { node_id: 'memory', image, status: 'running' };
  const sizes = { ram_mb: size.ram, vcpu_count: size.vcpus, disk_size_mb: size.disk };
  const dates = { created_at: made, updated_at: aiChanged };
  return { name, id, user_id: 'you', ai_mode: ai.mode ?? null, ...machine, ...sizes, ...dates };
}
