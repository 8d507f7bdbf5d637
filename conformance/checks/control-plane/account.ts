import { z } from 'zod';
import { NotApplicable } from '../../http/errors.ts';
import { givenShape, wantEqual, wantShape, wantStatus, wantThat, wantValue } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { documented } from '../documented.ts';
import { givenIds } from '../steps/resources.ts';

const CREDITS = '/users/me/credits';
/** What a number for display may be off by, in credits. */
const DISPLAY_TOLERANCE = 0.01;

/** Credits a month. */
const PLAN_CREDITS: Readonly<Record<string, number>> = { free: 250, pro: 2_000 };

const LIMITS = '/users/me/limits';

const PLAN_LIMITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  free: { max_vms: 2, max_ram_per_vm_mb: 1024, max_vcpu_per_vm: 1 },
  pro: { max_vms: 10, max_ram_per_vm_mb: 4096, max_vcpu_per_vm: 4 },
};

const amounts = z.object({ remaining: z.number(), total: z.number(), remaining_micro: z.int(), total_micro: z.int() });

/** What an account may have, as its limits tell it. What else they tell is not read. */
const ownPlan = z.object({ plan: z.string(), custom: z.boolean() });

/** The account's balance. What calls do to it stands with the proxy's checks. */
export const checks: readonly Check[] = [
  check('CRD-001', [], async ({ funded }) => {
    const answered = await funded.get(CREDITS);
    wantStatus(answered, 200);
    wantShape(answered, documented('AiCredits'));
  }),

  check('CRD-004', [], async ({ funded }) => {
    const { plan, custom } = givenShape(await funded.get('/users/me/limits'), ownPlan);
    const credits = PLAN_CREDITS[plan];
    if (credits === undefined || custom) throw new NotApplicable(notOfPlan(plan, custom));
    wantValue(await funded.get(CREDITS), '/total_micro', credits * 1_000_000);
  }),

  check('CRD-002', [], async ({ funded }) => {
    const answered = await funded.get(CREDITS);
    const { remaining, total, remaining_micro, total_micro } = givenShape(answered, amounts);
    for (const [name, shown, micro] of [
      ['remaining', remaining, remaining_micro],
      ['total', total, total_micro],
    ] as const) {
      const off = Math.abs(shown - micro / 1_000_000);
      wantThat(off <= DISPLAY_TOLERANCE, `${name} within 0.01 of ${micro / 1_000_000}`, `${shown}`, answered);
    }
  }),

  check('LIM-001', [], async ({ funded }) => {
    const answered = await funded.get(LIMITS);
    wantStatus(answered, 200);
    wantShape(answered, documented('GetUserLimitsResponse'));
  }),

  check('LIM-002', [], async ({ funded }) => {
    const answered = await funded.get(LIMITS);
    const { plan, custom } = givenShape(answered, ownPlan);
    const limits = PLAN_LIMITS[plan];
    if (limits === undefined || custom) {
      throw new NotApplicable(notOfPlan(plan, custom));
    }
    for (const [name, value] of Object.entries(limits)) wantValue(answered, `/limits/${name}`, value);
  }),

  check('LIM-003', [], async ({ funded, newWorkspace }) => {
    const count = async () => {
      const limits = givenShape(await funded.get(LIMITS), z.object({ usage: z.object({ workspace_count: z.int() }) }));
      return limits.usage.workspace_count;
    };
    const before = await count();
    wantEqual('workspace_count', before, (await givenIds(funded, 'workspaces')).length);
    await newWorkspace();
    wantEqual('workspace_count with one more', await count(), before + 1);
  }),

  check('CAP-001', [], async ({ anonymous }) => {
    const answered = await anonymous.get('/capacity');
    wantStatus(answered, 200);
    wantShape(answered, documented('CapacityResponse'));
  }),

  check('TPL-001', [], async ({ anonymous }) => {
    const answered = await anonymous.get('/templates');
    wantStatus(answered, 200);
    wantShape(answered, documented('TemplatesResponse'));
  }),
];

/** Why a sentence on a plan's numbers says nothing about the funded account. */
function notOfPlan(plan: string, custom: boolean): string {
  return `the funded account is on plan ${plan}${custom ? ' with custom limits' : ''}`;
}
