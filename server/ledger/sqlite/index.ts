import type { Database as Connection } from 'better-sqlite3';
import type { Script } from '../../database/database.ts';
import type { GroupCommit } from '../../database/sqlite/database.ts';
import type { LedgerEngine } from '../engine.ts';
import type { LeaseOptions } from '../rules/leases.ts';
import { createBalances } from './balances.ts';
import { createHoldTransitions } from './hold-transitions.ts';
import { createLeases, noLeases } from './leases.ts';
import { meteringStore } from './metering.ts';

export interface SqliteLedger extends LedgerEngine {
  /** Queues the end of this process's lease. */
  end(): void;
}

/** Holds whose process is gone become uncertain, before this resolves and later on. */
export async function openSqliteLedger(
  connection: Connection,
  group: GroupCommit,
  options: LeaseOptions & { readonly readonly?: boolean },
): Promise<SqliteLedger> {
  const balances = createBalances(connection);
  const transitions = createHoldTransitions(connection, balances);
  const leases = options.readonly ? noLeases : createLeases(connection, group, options);
  await leases.sweep();
  return {
    ...meteringStore(connection, group, balances, transitions, leases),
    peekCredits: async (accountId, at) => balances.peek(accountId, at),
    currentCredits: (accountId, at) => atOnce(() => balances.current(accountId, at)),
    post: (entry) => atOnce(() => balances.post({ ...entry, holdId: null })),
    settleHold: (settlement) => atOnce(() => transitions.settle(settlement)),
    releaseHold: (holdId, reason, at) => atOnce(() => transitions.release(holdId, reason, at)),
    onBeat: leases.onBeat,
    end: () => leases.end(),
  };
}

// biome-ignore lint/correctness/useYield: it is a part of a script that needs no pause
function* atOnce<T>(write: () => T): Script<T> {
  return write();
}
