import type { operations } from '../../../generated/sandbox.ts';
import type { StubProviders } from '../../../mocks/providers/index.ts';
import type { Contract, HandlersFor } from '../../../server/http/handlers.ts';
import { microAsInteger } from '../../../server/money/microcredits.ts';
import { timestamp } from '../../../server/money/periods.ts';
import type { Account } from '../../../server/resources/accounts/sql.ts';
import type { Store } from '../../../server/store.ts';
import type { AccountClocks } from './account-clocks.ts';
import type { SeededRequests } from './seeded-requests.ts';

interface Controls extends Contract {
  readonly operations: operations;
}

/** A handler for every control. */
export type ControlHandlers = HandlersFor<Controls>;

export interface ControlServices {
  readonly store: Store;
  readonly clocks: AccountClocks;
  readonly seeded: SeededRequests;
  /** Undefined where every provider has a real key. */
  readonly stub: StubProviders | undefined;
  /** Where the sandbox's own control plane listens, with its base path. */
  readonly controlPlaneUrl: string;
  /** Those that the sandbox started with: a reset leaves them. */
  readonly demoAccountIds: readonly string[];
  /** Ids of the accounts that were made here and not ended yet. */
  readonly made: Set<string>;
}

/** The account as the controls show it; reading it starts the month that its clock is in. */
export async function describeAccount({ store, clocks }: ControlServices, account: Account) {
  const now = clocks.now(account.id);
  const { remainingMicro, totalMicro } = await store.credits(account.id, now);
  return {
    account_id: account.id,
    plan: account.plan,
    now: timestamp(now),
    clock_runs: clocks.runs(account.id),
    remaining_micro: microAsInteger(remainingMicro),
    total_micro: microAsInteger(totalMicro),
  };
}
