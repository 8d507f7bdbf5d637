import { native } from '../../database/database.ts';
import type { Connections, Session } from '../../database/postgres/connections.ts';
import type { LedgerEngine } from '../engine.ts';
import type { LeaseOptions } from '../rules/leases.ts';
import { lockCredits, peekCredits, post } from './balances.ts';
import { releaseIn, settleIn } from './hold-transitions.ts';
import { createLeases, noLeases } from './leases.ts';
import { meteringStore } from './metering.ts';

export interface PostgresLedger extends LedgerEngine {
  /** Waits for what is under way, ends this process's lease, and closes the connections. */
  close(): Promise<void>;
}

/** Holds whose process is gone become uncertain, before this resolves and later on. */
export async function openPostgresLedger(
  connections: Connections,
  options: LeaseOptions & { readonly readonly?: boolean },
): Promise<PostgresLedger> {
  const leases = options.readonly ? noLeases : createLeases(connections, options);
  async function close(): Promise<void> {
    leases.stop();
    await connections.close(leases.end);
  }
  try {
    await leases.sweep();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...meteringStore(connections, leases),
    peekCredits: (accountId, at) => connections.run((db) => peekCredits(db, accountId, at)),
    currentCredits: (accountId, at) => native((tx: Session) => lockCredits(tx, accountId, at)),
    post: (entry) => native((tx: Session) => post(tx, entry)),
    settleHold: (settlement) => native((tx: Session) => settleIn(tx, settlement)),
    releaseHold: (holdId, reason, at) => native((tx: Session) => releaseIn(tx, holdId, reason, at)),
    onBeat: leases.onBeat,
    close,
  };
}
