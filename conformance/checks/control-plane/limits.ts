import { type Check, check } from '../../runner/check.ts';
import { documented } from '../../runner/documented.ts';
import { NotApplicable } from '../../runner/verdict.ts';
import { givenShape, wantShape, wantStatus, wantValue } from '../../runner/want.ts';

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
    const { plan, custom } = givenShape(answered, documented('GetUserLimitsResponse'));
    const limits = PLANS[plan];
    if (limits === undefined || custom) {
      throw new NotApplicable(`the funded account is on plan ${plan}${custom ? ' with custom limits' : ''}`);
    }
    for (const [name, value] of Object.entries(limits)) wantValue(answered, `/limits/${name}`, value);
  }),
];
