import { z } from 'zod';
import { NotApplicable } from '../../http/errors.ts';
import { givenShape, wantShape, wantStatus, wantThat, wantValue } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { documented } from '../documented.ts';
import { notOfPlan, ownPlan } from '../steps/plans.ts';

const PATH = '/users/me/credits';
/** What a number for display may be off by, in credits. */
const DISPLAY_TOLERANCE = 0.01;

/** Credits a month. */
const PLANS: Readonly<Record<string, number>> = { free: 250, pro: 2_000 };

const amounts = z.object({ remaining: z.number(), total: z.number(), remaining_micro: z.int(), total_micro: z.int() });

/** Contract section 3: the account's balance. What calls do to it stands with the proxy's checks. */
export const creditsChecks: readonly Check[] = [
  check('CRD-001', [], async ({ funded }) => {
    const answered = await funded.get(PATH);
    wantStatus(answered, 200);
    wantShape(answered, documented('AiCredits'));
  }),

  check('CRD-004', [], async ({ funded }) => {
    const { plan, custom } = givenShape(await funded.get('/users/me/limits'), ownPlan);
    const credits = PLANS[plan];
    if (credits === undefined || custom) throw new NotApplicable(notOfPlan(plan, custom));
    wantValue(await funded.get(PATH), '/total_micro', credits * 1_000_000);
  }),

  check('CRD-002', [], async ({ funded }) => {
    const answered = await funded.get(PATH);
    const { remaining, total, remaining_micro, total_micro } = givenShape(answered, amounts);
    for (const [name, shown, micro] of [
      ['remaining', remaining, remaining_micro],
      ['total', total, total_micro],
    ] as const) {
      const off = Math.abs(shown - micro / 1_000_000);
      wantThat(off <= DISPLAY_TOLERANCE, `${name} within 0.01 of ${micro / 1_000_000}`, `${shown}`, answered);
    }
  }),
];
