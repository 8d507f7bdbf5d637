import type { Script } from '../database/database.ts';
import type { Micro } from '../money/microcredits.ts';
import type { CreditsState } from '../money/plans.ts';
import type { LedgerEntry } from './audit.ts';
import type { MeteringStore, Settlement, SettlementOutcome, TransitionOutcome } from './port.ts';

/**
 * What each engine does with SQL of its own, because every AI call pays for it: SQLite in several statements without a
 * pause, PostgreSQL in one round trip.
 */
export interface LedgerEngine extends Omit<MeteringStore, 'subjectUsage'> {
  /** What the month of `at` holds; undefined where that month has yet to be started, or the account is unknown. */
  peekCredits(accountId: string, at: number): Promise<CreditsState | undefined>;
  /** The same, starting the month first. Until the transaction ends, the account's money is its own. */
  currentCredits(accountId: string, at: number): Script<CreditsState | undefined>;
  /** Books an entry that is about no hold. Returns what remains. */
  post(entry: Omit<LedgerEntry, 'holdId'>): Script<Micro>;
  /** `settle` and `release`, inside a transaction. */
  settleHold(settlement: Settlement): Script<SettlementOutcome>;
  releaseHold(holdId: string, reason: string, at: number): Script<TransitionOutcome>;
  /** Has this done with every heartbeat, but not again before it is done. A store that is only read has none. */
  onBeat(work: () => Promise<void>): void;
}
