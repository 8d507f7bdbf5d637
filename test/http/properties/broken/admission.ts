import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OpenHold } from '../../../../server/ledger/audit.ts';
import type { Admission, AdmissionOutcome } from '../../../../server/ledger/port.ts';
import type { Store } from '../../../../server/store.ts';
import { breakage } from './break-store.ts';

/** Reserves without asking whether it is there: the account is lent the amount for the moment of the admission. */
export async function reserveUnasked(store: Store, admission: Admission): Promise<AdmissionOutcome> {
  const { accountId, amountMicro, at } = admission;
  await store.adjustCredits(accountId, amountMicro, 'lent', at);
  const outcome = await store.admit(admission);
  const { remainingMicro } = await store.adjustCredits(accountId, -amountMicro, 'returned', at);
  return outcome.kind === 'admitted' ? { ...outcome, remainingMicro } : outcome;
}

/** Concurrent requests all pass the check, and then all reserve. */
const checksThenReserves = breakage('looks at the balance first and reserves later', (store) => ({
  async admit(admission) {
    const { remainingMicro } = await store.credits(admission.accountId, admission.at);
    const requiredMicro = admission.amountMicro;
    if (remainingMicro < requiredMicro) return { kind: 'insufficient_credits', remainingMicro, requiredMicro };
    await nextTurn();
    return reserveUnasked(store, admission);
  },
}));

/** The last call gets what is left, however little of its cost that is. */
const shrinksHolds = breakage('shrinks a hold to what is left', (store) => ({
  async admit(admission) {
    const outcome = await store.admit(admission);
    if (outcome.kind !== 'insufficient_credits' || outcome.remainingMicro <= 0n) return outcome;
    return store.admit({ ...admission, amountMicro: outcome.remainingMicro });
  },
}));

/** Two transactions: what the first reserved stays reserved when the second refuses. */
const reservesBeforeSubject = breakage('reserves for the account, and then asks for the subject', (store) => ({
  async admit({ subject, ...admission }) {
    const outcome = await store.admit(admission);
    if (outcome.kind !== 'admitted' || subject === undefined) return outcome;
    const counted = { ...admission, holdId: `${admission.holdId}-counted`, amountMicro: 0n, subject };
    const verdict = await store.admit(counted);
    return verdict.kind === 'admitted' ? outcome : verdict;
  },
}));

/** Calls under way are not in the usage yet: concurrent ones overshoot the limit. */
const asksUsageForSubject = breakage('judges a subject by its settled calls, and reserves later', (store) => ({
  async admit({ subject, ...admission }) {
    const { accountId, at } = admission;
    for (const limit of subject?.limits ?? []) {
      const { requests } = await store.subjectUsage(accountId, subject?.name ?? '', limit.windowSeconds, at);
      if (limit.unit !== 'requests' || requests < limit.amount) continue;
      return { kind: 'subject_refused', refusal: { limit, used: BigInt(requests), resetsAt: at } };
    }
    return store.admit({ ...admission, ...(subject && { subject: { ...subject, limits: [] } }) });
  },
}));

/** The subject pays in its rate for a call that its account could not. */
const countsRefusedCalls = breakage('counts a call for its subject although the account refuses it', (store) => ({
  async admit(admission) {
    const outcome = await store.admit(admission);
    if (outcome.kind === 'insufficient_credits') {
      await store.admit({ ...admission, holdId: `${admission.holdId}-counted`, amountMicro: 0n });
    }
    return outcome;
  },
}));

/** Better served than metered. */
const failsOpen = breakage('lets calls pass while the store is down', (store) => ({
  admit: (admission) => store.admit(admission).catch(() => ({ kind: 'admitted', remainingMicro: 0n })),
}));

/** Nothing is on disk until the call is over. */
const holdsInMemory = breakage('keeps holds in memory until they are settled', (store) => {
  const held = new Map<string, Admission>();
  return {
    async admit(admission) {
      held.set(admission.holdId, admission);
      return { kind: 'admitted', remainingMicro: 0n };
    },
    async settle(settlement) {
      const admission = held.get(settlement.holdId);
      if (admission !== undefined) await store.admit(admission);
      return store.settle(settlement);
    },
  };
});

/** Whatever the last process left open is taken for garbage. */
const releasesAtStart = breakage('releases what it finds open when it starts', (store) => {
  const releaseAll = (holds: readonly OpenHold[]) =>
    Promise.all(holds.map(({ holdId }) => store.release(holdId, 'found at start', Date.now())));
  const released = store.openHolds().then(releaseAll);
  return {
    async admit(admission) {
      await released;
      return store.admit(admission);
    },
  };
});

const dropsIdempotencyKeys = breakage('does not look at idempotency keys', (store) => ({
  admit: ({ idempotencyKey: _, ...admission }) => store.admit(admission),
}));

/** Two tenants that happen to choose the same key get in each other's way. */
const sharesIdempotencyKeys = breakage('has one space of idempotency keys for all workspaces', (store) => {
  const seen = new Map<string, string>();
  return {
    async admit(admission) {
      const { idempotencyKey, holdId } = admission;
      const earlier = idempotencyKey && seen.get(idempotencyKey);
      if (earlier) return { kind: 'duplicate_request', holdId: earlier, state: 'settled' };
      if (idempotencyKey !== undefined) seen.set(idempotencyKey, holdId);
      return store.admit(admission);
    },
  };
});

/** What a caller sends becomes the name under which the money is booked. */
const booksUnderCallersKey = breakage("books a call under its caller's key", (store) => {
  const names = new Map<string, string>();
  const bookedName = (holdId: string) => names.get(holdId) ?? holdId;
  return {
    admit(admission) {
      const { holdId, idempotencyKey = holdId } = admission;
      names.set(holdId, idempotencyKey);
      return store.admit({ ...admission, holdId: idempotencyKey });
    },
    settle: (settlement) => store.settle({ ...settlement, holdId: bookedName(settlement.holdId) }),
  };
});

/** What costs the platform nothing is none of its business. */
const skipsByok = breakage('does not book calls with own keys', (store) => {
  const unbooked = new Set<string>();
  return {
    async admit(admission) {
      if (admission.mode === 'managed') return store.admit(admission);
      unbooked.add(admission.holdId);
      return { kind: 'admitted', remainingMicro: 0n };
    },
    async settle(settlement) {
      if (!unbooked.has(settlement.holdId)) return store.settle(settlement);
      return { kind: 'settled', costMicro: 0n, remainingMicro: 0n };
    },
  };
});

const forgetsByokSubjects = breakage('forgets the limits of subjects in calls with own keys', (store) => ({
  admit: (admission) =>
    store.admit(
      admission.mode === 'byok' && admission.subject !== undefined
        ? { ...admission, subject: { ...admission.subject, limits: [] } }
        : admission,
    ),
}));

const wantsCreditsForByok = breakage('wants credits for calls with own keys', (store) => ({
  admit: (admission) =>
    store.admit(admission.mode === 'byok' ? { ...admission, mode: 'managed', amountMicro: 1_000n } : admission),
}));

export const admissionBreakages = {
  checksThenReserves,
  shrinksHolds,
  reservesBeforeSubject,
  asksUsageForSubject,
  countsRefusedCalls,
  failsOpen,
  holdsInMemory,
  releasesAtStart,
  dropsIdempotencyKeys,
  sharesIdempotencyKeys,
  booksUnderCallersKey,
  skipsByok,
  forgetsByokSubjects,
  wantsCreditsForByok,
};
