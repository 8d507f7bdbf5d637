import type { Admission, MeteringStore } from '../../../../server/ledger/port.ts';
import type { Store } from '../../../../server/store.ts';

/** A store made worse: it stands between the proxy and the good one. */
export interface StoreBreakage {
  /** As the end of "a build that ...". */
  readonly name: string;
  /** `databasePath` is for faults that no method of the port can commit. */
  readonly breakStore: (store: Store, databasePath: string) => MeteringStore;
}

/** A breakage by the methods that it replaces. `findAdmission` knows what the store was asked to admit. */
export function breakage(
  name: string,
  replace: (
    store: Store,
    findAdmission: (holdId: string) => Admission | undefined,
    databasePath: string,
  ) => Partial<MeteringStore>,
): StoreBreakage {
  return {
    name,
    breakStore(store, databasePath) {
      const admissions = new Map<string, Admission>();
      const remembering: MeteringStore = {
        ...store,
        admit(admission) {
          admissions.set(admission.holdId, admission);
          return store.admit(admission);
        },
      };
      return { ...remembering, ...replace(store, (holdId) => admissions.get(holdId), databasePath) };
    },
  };
}
