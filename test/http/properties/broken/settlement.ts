import Database from 'better-sqlite3';
import type { MeteringStore } from '../../../../server/ledger/port.ts';
import type { Micro } from '../../../../server/money/microcredits.ts';
import { NO_USAGE } from '../../../../server/money/usage.ts';
import type { Store } from '../../../../server/store.ts';
import type { StoreBreakage } from './break-store.ts';

/** A record is made of whatever is reported, as often as it is reported. */
const booksEveryReport: StoreBreakage = {
  name: 'books every settlement that it is told of',
  breakStore(store) {
    const calls = rememberAdmissions(store);
    let replays = 0;
    return {
      ...calls.store,
      async settle(settlement) {
        const outcome = await store.settle(settlement);
        const admission = calls.of(settlement.holdId);
        if (outcome.kind !== 'already_closed' || admission === undefined) return outcome;
        replays += 1;
        const holdId = `${settlement.holdId}-again-${replays}`;
        await store.admit({ ...admission, holdId });
        return store.settle({ ...settlement, holdId });
      },
    };
  },
};

/** A cost that was not foreseen is an error, and an error is not booked. */
const refusesAboveHold: StoreBreakage = {
  name: 'refuses to settle a cost above the hold',
  breakStore(store) {
    const calls = rememberAdmissions(store);
    return {
      ...calls.store,
      async settle(settlement) {
        const { amountMicro = 0n } = calls.of(settlement.holdId) ?? {};
        if (settlement.costMicro <= amountMicro) return store.settle(settlement);
        await store.release(settlement.holdId, 'the cost exceeds the hold', settlement.at);
        throw new RangeError('the cost exceeds the hold');
      },
    };
  },
};

const chargesHoldAtMost: StoreBreakage = {
  name: 'charges no more than the hold',
  breakStore(store) {
    const calls = rememberAdmissions(store);
    return {
      ...calls.store,
      settle(settlement) {
        const { amountMicro = 0n } = calls.of(settlement.holdId) ?? {};
        if (settlement.costMicro <= amountMicro) return store.settle(settlement);
        return store.settle({ ...settlement, costMicro: amountMicro });
      },
    };
  },
};

/** A balance is a number that is not negative. */
const forgivesDebt: StoreBreakage = {
  name: 'stops the balance at zero',
  breakStore(store) {
    const calls = rememberAdmissions(store);
    return {
      ...calls.store,
      async settle(settlement) {
        const outcome = await store.settle(settlement);
        const admission = calls.of(settlement.holdId);
        if (outcome.kind === 'settled' && outcome.remainingMicro < 0n && admission !== undefined) {
          await store.adjustCredits(admission.accountId, -outcome.remainingMicro, 'stopped at zero', settlement.at);
        }
        return outcome;
      },
    };
  },
};

const releasesUncertain: StoreBreakage = {
  name: 'bills nothing where the cost is not known',
  breakStore: (store) => ({ ...store, markUncertain: store.release }),
};

const guessesUncertain: StoreBreakage = {
  name: 'guesses where the cost is not known',
  breakStore(store) {
    const calls = rememberAdmissions(store);
    return {
      ...calls.store,
      async markUncertain(holdId, _reason, at) {
        const { amountMicro = 0n } = calls.of(holdId) ?? {};
        await store.settle({ holdId, costMicro: amountMicro / 2n, usage: NO_USAGE, at });
        return { kind: 'done' };
      },
    };
  },
};

const keepsEveryHold: StoreBreakage = {
  name: 'keeps the hold of a call that certainly cost nothing',
  breakStore: (store) => ({ ...store, release: store.markUncertain }),
};

const chargesByok: StoreBreakage = {
  name: 'charges a fee for calls with own keys',
  breakStore(store) {
    const calls = rememberAdmissions(store);
    return {
      ...calls.store,
      async settle(settlement) {
        const admission = calls.of(settlement.holdId);
        if (admission?.mode === 'byok') await store.adjustCredits(admission.accountId, -1n, 'fee', settlement.at);
        return store.settle(settlement);
      },
    };
  },
};

/** The hold was given back inside the settlement already. */
const givesBackTwice: StoreBreakage = {
  name: 'gives the hold of a settled call back twice',
  breakStore(store, databasePath) {
    const calls = rememberAdmissions(store);
    return {
      ...calls.store,
      async settle(settlement) {
        const { accountId = '', amountMicro = 0n } = calls.of(settlement.holdId) ?? {};
        moveBalance(databasePath, accountId, amountMicro);
        return store.settle(settlement);
      },
    };
  },
};

/** The balance is the truth, and the ledger a report about it that was not written. */
const chargesPastLedger: StoreBreakage = {
  name: 'takes the cost off the balance without a ledger entry',
  breakStore(store, databasePath) {
    const calls = rememberAdmissions(store);
    return {
      ...calls.store,
      async settle({ holdId, costMicro, at }) {
        const { accountId = '' } = calls.of(holdId) ?? {};
        await store.release(holdId, 'settled elsewhere', at);
        moveBalance(databasePath, accountId, -costMicro);
        return { kind: 'settled', costMicro, remainingMicro: 0n };
      },
    };
  },
};

/** Half of a transition: the hold is closed, and what it reserved stays off the balance. */
const losesReleases: StoreBreakage = {
  name: 'closes a released hold without giving its amount back',
  breakStore: (store, databasePath) => ({
    ...store,
    async release(holdId, reason) {
      aside(databasePath, (db) =>
        db.prepare("UPDATE holds SET state = 'released', reason = ? WHERE id = ?").run(reason, holdId),
      );
      return { kind: 'done' };
    },
  }),
};

/** The store, and what it was asked to admit. */
function rememberAdmissions(store: Store) {
  const admissions = new Map<string, Parameters<MeteringStore['admit']>[0]>();
  const remembering: MeteringStore = {
    ...store,
    admit(admission) {
      admissions.set(admission.holdId, admission);
      return store.admit(admission);
    },
  };
  return { store: remembering, of: (holdId: string) => admissions.get(holdId) };
}

function moveBalance(databasePath: string, accountId: string, byMicro: Micro): void {
  aside(databasePath, (db) =>
    db.prepare('UPDATE accounts SET balance_micro = balance_micro + ? WHERE id = ?').run(byMicro, accountId),
  );
}

/** Past the store, which does not let itself be brought out of balance. */
function aside(databasePath: string, write: (db: Database.Database) => unknown): void {
  const db = new Database(databasePath);
  try {
    write(db);
  } finally {
    db.close();
  }
}

export const settlementBreakages = {
  booksEveryReport,
  refusesAboveHold,
  chargesHoldAtMost,
  forgivesDebt,
  releasesUncertain,
  guessesUncertain,
  keepsEveryHold,
  chargesByok,
  givesBackTwice,
  chargesPastLedger,
  losesReleases,
};
