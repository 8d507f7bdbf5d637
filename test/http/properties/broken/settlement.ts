import Database from 'better-sqlite3';
import type { Micro } from '../../../../server/money/microcredits.ts';
import { NO_USAGE } from '../../../../server/money/usage.ts';
import { breakage } from './break-store.ts';

/** A record is made of whatever is reported, as often as it is reported. */
const booksEveryReport = breakage('books every settlement that it is told of', (store, findAdmission) => {
  let replays = 0;
  return {
    async settle(settlement) {
      const outcome = await store.settle(settlement);
      const admission = findAdmission(settlement.holdId);
      if (outcome.kind !== 'already_closed' || admission === undefined) return outcome;
      replays += 1;
      const holdId = `${settlement.holdId}-again-${replays}`;
      await store.admit({ ...admission, holdId });
      return store.settle({ ...settlement, holdId });
    },
  };
});

/** A cost that was not foreseen is an error, and an error is not booked. */
const refusesAboveHold = breakage('refuses to settle a cost above the hold', (store, findAdmission) => ({
  async settle(settlement) {
    const { amountMicro = 0n } = findAdmission(settlement.holdId) ?? {};
    if (settlement.costMicro <= amountMicro) return store.settle(settlement);
    await store.release(settlement.holdId, 'the cost exceeds the hold', settlement.at);
    throw new RangeError('the cost exceeds the hold');
  },
}));

const chargesHoldAtMost = breakage('charges no more than the hold', (store, findAdmission) => ({
  settle(settlement) {
    const { amountMicro = 0n } = findAdmission(settlement.holdId) ?? {};
    if (settlement.costMicro <= amountMicro) return store.settle(settlement);
    return store.settle({ ...settlement, costMicro: amountMicro });
  },
}));

/** A balance is a number that is not negative. */
const forgivesDebt = breakage('stops the balance at zero', (store, findAdmission) => ({
  async settle(settlement) {
    const outcome = await store.settle(settlement);
    const admission = findAdmission(settlement.holdId);
    if (outcome.kind === 'settled' && outcome.remainingMicro < 0n && admission !== undefined) {
      await store.adjustCredits(admission.accountId, -outcome.remainingMicro, 'stopped at zero', settlement.at);
    }
    return outcome;
  },
}));

const releasesUncertain = breakage('bills nothing where the cost is not known', (store) => ({
  markUncertain: store.release,
}));

const guessesUncertain = breakage('guesses where the cost is not known', (store, findAdmission) => ({
  async markUncertain(holdId, _reason, at) {
    const { amountMicro = 0n } = findAdmission(holdId) ?? {};
    await store.settle({ holdId, costMicro: amountMicro / 2n, usage: NO_USAGE, at });
    return { kind: 'done' };
  },
}));

const keepsEveryHold = breakage('keeps the hold of a call that certainly cost nothing', (store) => ({
  release: store.markUncertain,
}));

const chargesByok = breakage('charges a fee for calls with own keys', (store, findAdmission) => ({
  async settle(settlement) {
    const admission = findAdmission(settlement.holdId);
    if (admission?.mode === 'byok') await store.adjustCredits(admission.accountId, -1n, 'fee', settlement.at);
    return store.settle(settlement);
  },
}));

/** The hold was given back inside the settlement already. */
const givesBackTwice = breakage(
  'gives the hold of a settled call back twice',
  (store, findAdmission, databasePath) => ({
    async settle(settlement) {
      const { accountId = '', amountMicro = 0n } = findAdmission(settlement.holdId) ?? {};
      moveBalance(databasePath, accountId, amountMicro);
      return store.settle(settlement);
    },
  }),
);

/** The balance is the truth, and the ledger a report about it that was not written. */
const chargesPastLedger = breakage(
  'takes the cost off the balance without a ledger entry',
  (store, findAdmission, databasePath) => ({
    async settle({ holdId, costMicro, at }) {
      const { accountId = '' } = findAdmission(holdId) ?? {};
      await store.release(holdId, 'settled elsewhere', at);
      moveBalance(databasePath, accountId, -costMicro);
      return { kind: 'settled', costMicro, remainingMicro: 0n };
    },
  }),
);

/** Half of a transition: the hold is closed, and what it reserved stays off the balance. */
const losesReleases = breakage('closes a released hold without giving its amount back', (_store, _, databasePath) => ({
  async release(holdId, reason) {
    aside(databasePath, (db) =>
      db.prepare("UPDATE holds SET state = 'released', reason = ? WHERE id = ?").run(reason, holdId),
    );
    return { kind: 'done' };
  },
}));

/** The month in which a call ends has the credits. */
const carriesOver = breakage('adds what is freed to the month of the end', (store, findAdmission, databasePath) => ({
  async settle(settlement) {
    const outcome = await store.settle(settlement);
    const { accountId = '', amountMicro = 0n } = findAdmission(settlement.holdId) ?? {};
    moveBalance(databasePath, accountId, amountMicro - settlement.costMicro);
    return outcome;
  },
}));

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
  carriesOver,
};
