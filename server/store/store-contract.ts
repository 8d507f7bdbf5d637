import { describe } from 'vitest';
import { describeAccounts } from './contract/accounts.ts';
import { describeAdmission } from './contract/admission.ts';
import { describeApiKeys } from './contract/api-keys.ts';
import { describeDurability } from './contract/durability.ts';
import { describeRandomRuns } from './contract/random-runs.ts';
import { describeSettlement } from './contract/settlement.ts';
import type { NewSite } from './contract/stage.ts';
import { describeSubjects } from './contract/subjects.ts';
import { describeUsage } from './contract/usage.ts';
import { describeWorkspaces } from './contract/workspaces.ts';

export type { NewSite, StoreSite } from './contract/stage.ts';

/**
 * The tests that every engine behind the `Store` port passes, unchanged. `newSite` makes a fresh, empty place for data.
 * `STORE_RUNS` (default 100) sets how many randomised histories are run, `STORE_SEED` which ones.
 */
export function describeStore(name: string, newSite: NewSite): void {
  describe(`the ${name} store`, () => {
    describeAccounts(newSite);
    describeWorkspaces(newSite);
    describeApiKeys(newSite);
    describeAdmission(newSite);
    describeSettlement(newSite);
    describeSubjects(newSite);
    describeUsage(newSite);
    describeRandomRuns(newSite);
    describeDurability(newSite);
  });
}
