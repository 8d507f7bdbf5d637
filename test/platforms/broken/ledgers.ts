import { Readable } from 'node:stream';
import type { Admission } from '../../../server/ledger/port.ts';
import type { Store } from '../../../server/store.ts';
import type { FrontRequest, FrontResponse, Mutation } from '../message.ts';
import { on } from '../mutations.ts';
import type { Seams } from '../reference-platform.ts';

/** A store that is wrong about some holds, with what it was told when it admitted them. */
export function storeKnowing(change: (store: Store, findAdmission: (holdId: string) => Admission) => Partial<Store>) {
  return (store: Store): Partial<Store> => {
    const admissions = new Map<string, Admission>();
    const findAdmission = (holdId: string) => {
      const known = admissions.get(holdId);
      if (known === undefined) throw new Error(`no hold ${holdId} was admitted`);
      return known;
    };
    return {
      admit(admission) {
        admissions.set(admission.holdId, admission);
        return store.admit(admission);
      },
      ...change(store, findAdmission),
    };
  };
}

/** Settles the calls of a route at nothing. The suite calls one at a time there. */
export function freeWhile(route: string): Seams {
  let underWay = 0;
  const noting: Mutation = async (sent, forward) => {
    underWay += 1;
    try {
      return await forward(sent);
    } finally {
      underWay -= 1;
    }
  };
  return {
    proxy: on(route, noting),
    store: (store) => ({
      settle: (settlement) => store.settle(underWay > 0 ? { ...settlement, costMicro: 0n } : settlement),
    }),
  };
}

/** Releases what was held for callers that went away before the end of their answer. */
export function forgivingDisconnects(which: (sent: FrontRequest) => boolean): Seams {
  let latest = '';
  const gone = new Set<string>();
  const watching: Mutation = async (sent, forward) => {
    try {
      const answer = await forward(sent);
      return { ...answer, body: Readable.from(watched(answer, () => gone.add(latest))) };
    } catch (error) {
      gone.add(latest);
      throw error;
    }
  };
  return {
    proxy: on(which, watching),
    store: (store) => ({
      admit(admission) {
        latest = admission.holdId;
        return store.admit(admission);
      },
      async settle(settlement) {
        if (!gone.has(settlement.holdId)) return store.settle(settlement);
        await store.release(settlement.holdId, 'the caller went away', settlement.at);
        return store.settle(settlement);
      },
    }),
  };
}

async function* watched({ body }: FrontResponse, left: () => void): AsyncIterable<Buffer> {
  let isWhole = false;
  try {
    yield* body as AsyncIterable<Buffer>;
    isWhole = true;
  } finally {
    if (!isWhole) left();
  }
}
