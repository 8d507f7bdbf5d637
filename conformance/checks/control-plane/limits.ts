import { z } from 'zod';
import { NotApplicable } from '../../http/errors.ts';
import { givenShape, wantEqual, wantShape, wantStatus, wantValue } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { documented } from '../documented.ts';
import { notOfPlan, ownPlan } from '../steps/plans.ts';
import { givenWorkspaceIds } from '../steps/workspace-list.ts';

const PATH = '/users/me/limits';

const PLANS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  free: { max_vms: 2, max_ram_per_vm_mb: 1024, max_vcpu_per_vm: 1 },
  pro: { max_vms: 10, max_ram_per_vm_mb: 4096, max_vcpu_per_vm: 4 },
};

/** Contract section 3: what the plan allows. */
export const limitsChecks: readonly Check[] = [
  check('LIM-001', [], async ({ funded }) => {
    const answered = await funded.get(PATH);
    wantStatus(answered, 200);
    wantShape(answered, documented('GetUserLimitsResponse'));
  }),

  check('LIM-002', [], async ({ funded }) => {
    const answered = await funded.get(PATH);
    const { plan, custom } = givenShape(answered, ownPlan);
    const limits = PLANS[plan];
    if (limits === undefined || custom) {
      throw new NotApplicable(notOfPlan(plan, custom));
    }
    for (const [name, value] of Object.entries(limits)) wantValue(answered, `/limits/${name}`, value);
  }),

  check('LIM-003', [], async ({ funded, newWorkspace }) => {
    const count = async () => {
      const limits = givenShape(await funded.get(PATH), z.object({ usage: z.object({ workspace_count: z.int() }) }));
      return limits.usage.workspace_count;
    };
    const before = await count();
    wantEqual('workspace_count', before, (await givenWorkspaceIds(funded)).length);
    await newWorkspace();
    wantEqual('workspace_count with one more', await count(), before + 1);
  }),
];
