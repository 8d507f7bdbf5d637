import { type Check, check } from '../../runner/check.ts';
import { documented } from '../../runner/documented.ts';
import { givenShape, wantShape, wantStatus, wantThat } from '../../runner/want.ts';

const PATH = '/users/me/credits';
/** What a number for display may be off by, in credits. */
const DISPLAY_TOLERANCE = 0.01;

/** Contract section 3: the account's balance. What calls do to it stands with the proxy's checks. */
export const creditsChecks: readonly Check[] = [
  check('CRD-001', [], async ({ funded }) => {
    const answered = await funded.get(PATH);
    wantStatus(answered, 200);
    wantShape(answered, documented('AiCredits'));
  }),

  check('CRD-002', [], async ({ funded }) => {
    const answered = await funded.get(PATH);
    const { remaining, total, remaining_micro, total_micro } = givenShape(answered, documented('AiCredits'));
    for (const [name, shown, micro] of [
      ['remaining', remaining, remaining_micro],
      ['total', total, total_micro],
    ] as const) {
      const off = Math.abs(shown - micro / 1_000_000);
      wantThat(off <= DISPLAY_TOLERANCE, `${name} within 0.01 of ${micro / 1_000_000}`, `${shown}`, answered);
    }
  }),
];
