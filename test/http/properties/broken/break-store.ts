import type { MeteringStore } from '../../../../server/ledger/port.ts';
import type { Store } from '../../../../server/store.ts';

/** A store made worse: it stands between the proxy and the good one. */
export interface StoreBreakage {
  /** As the end of "a build that ...". */
  readonly name: string;
  /** `databasePath` is for faults that no method of the port can commit. */
  readonly breakStore: (store: Store, databasePath: string) => MeteringStore;
}
