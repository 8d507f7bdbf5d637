import type { MeteringStore } from '../../../server/ledger/port.ts';
import type { Store } from '../../../server/store.ts';
import { reserveUnasked } from '../../http/properties/broken/admission.ts';
import { type FrontRequest, parseJson } from '../message.ts';
import { matchesRoute, on, type Which } from '../mutations.ts';
import type { Seams } from '../reference-platform.ts';

/**
 * Another store for the calls of some routes, which are as the proxy is asked for them: the store itself does not know.
 * Calls must not come at the same time as calls of other routes.
 */
export function storeOn(which: Which, breakStore: (store: Store, path: string) => Partial<MeteringStore>): Seams {
  const applies = matchesRoute(which);
  let isTheirs = false;
  return {
    proxy(sent, forward) {
      isTheirs = applies(sent);
      return forward(sent);
    },
    store(store, path) {
      const broken = { ...store, ...breakStore(store, path) };
      const theirs = new Set<string>();
      const chooseStore = (holdId: string) => (theirs.has(holdId) ? broken : store);
      return {
        admit(admission) {
          if (isTheirs) theirs.add(admission.holdId);
          return chooseStore(admission.holdId).admit(admission);
        },
        settle: (settlement) => chooseStore(settlement.holdId).settle(settlement),
        release: (holdId, reason, at) => chooseStore(holdId).release(holdId, reason, at),
        markUncertain: (holdId, reason, at) => chooseStore(holdId).markUncertain(holdId, reason, at),
      };
    },
  };
}

/** Managed calls cost something more than they are settled for, which no response tells. */
export function takesFee(feeMicro: (costMicro: bigint) => bigint = () => 1n): (store: Store) => Partial<MeteringStore> {
  return (store) => {
    const accounts = new Map<string, string>();
    return {
      admit(admission) {
        if (admission.mode === 'managed') accounts.set(admission.holdId, admission.accountId);
        return store.admit(admission);
      },
      async settle(settlement) {
        const outcome = await store.settle(settlement);
        const accountId = accounts.get(settlement.holdId);
        const fee = feeMicro(settlement.costMicro);
        if (accountId !== undefined && fee > 0n) await store.adjustCredits(accountId, -fee, 'fee', settlement.at);
        return outcome;
      },
    };
  };
}

/** An account that has nothing left may call, as long as it owes nothing: once, where there is only a debt to come. */
export function lendsToThePoor(store: Store): Partial<MeteringStore> {
  return {
    async admit(admission) {
      const outcome = await store.admit(admission);
      const isPoor = outcome.kind === 'insufficient_credits' && outcome.remainingMicro === 0n;
      return isPoor ? reserveUnasked(store, admission) : outcome;
    },
  };
}

/** The calls of a route that want a stream, or those that do not. */
export function streamed(route: string, isStream = true): (sent: FrontRequest) => boolean {
  const applies = matchesRoute(route);
  return (sent) => applies(sent) && (Object(parseJson(sent)).stream === true) === isStream;
}

export const buffered = (route: string) => streamed(route, false);

/** A route that the platform does not have. */
export function without(route: string): Seams {
  return {
    proxy: on(route, (sent, forward) => forward({ ...sent, path: '/nowhere' })),
  };
}
