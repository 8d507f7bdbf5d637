import { givenShape, wantEqual, wantShape, wantStatus } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { documented } from '../documented.ts';
import { usageRows } from '../steps/usage-totals.ts';

const PATH = '/users/me/ai-usage';
const SUMMED = ['requests', 'input_tokens', 'output_tokens', 'credits_micro'] as const;

/** Contract section 3: usage by day and by workspace. What a call adds to it stands with the proxy's checks. */
export const aiUsageChecks: readonly Check[] = [
  check('USG-001', [], async ({ funded }) => {
    const answered = await funded.get(PATH);
    wantStatus(answered, 200);
    wantShape(answered, documented('GetAiUsageResponse'));
  }),

  check('USG-002', [], async ({ funded }) => {
    const answered = await funded.get(PATH);
    const { daily, by_workspace } = givenShape(answered, usageRows);
    for (const field of SUMMED) {
      const sum = (rows: readonly Readonly<Record<typeof field, number>>[]) =>
        rows.reduce((total, row) => total + row[field], 0);
      wantEqual(`${field}, summed over daily,`, sum(daily), sum(by_workspace), answered);
    }
  }),
];
