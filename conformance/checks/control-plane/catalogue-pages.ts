import { wantShape, wantStatus } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { documented } from '../documented.ts';

/** Contract section 1: what is public. */
export const cataloguePagesChecks: readonly Check[] = [
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
