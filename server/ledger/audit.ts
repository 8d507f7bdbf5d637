import type { Micro } from '../money/microcredits.ts';
import type { Month } from '../money/periods.ts';
import type { Mode } from '../money/prices.ts';
import type { TokenUsage, UsageTotals } from '../money/usage.ts';
import type { HoldState } from './rules/holds.ts';

/** What an operator asks of a store: the part of the `Store` port that reads the books and closes what is uncertain. */

export interface OpenHold {
  readonly holdId: string;
  readonly accountId: string;
  readonly workspaceId: string;
  readonly state: 'held' | 'uncertain';
  /** What was reserved when the call was admitted. */
  readonly amountMicro: Micro;
  /** What is still reserved: no more than `amountMicro`, and less where it is known that the call cannot have cost as much. */
  readonly boundMicro: Micro;
  readonly provider: string;
  readonly model: string;
  readonly reason: string | null;
  readonly createdAt: number;
  /** Since when it is in its state. */
  readonly since: number;
}

export interface OpenHoldTotal extends Pick<OpenHold, 'state'> {
  readonly count: number;
  /** What they still reserve. */
  readonly amountMicro: Micro;
}

/** A hold in any state. */
export interface HoldRecord extends Omit<OpenHold, 'state'> {
  readonly state: HoldState;
  readonly mode: Mode;
  /** What was charged; zero unless it is settled. */
  readonly costMicro: Micro;
}

export interface LedgerEntry {
  readonly accountId: string;
  /** `grant` and `expiry` turn the month; `charge` is a settled call; `adjustment` is an operator's hand. */
  readonly kind: 'grant' | 'expiry' | 'charge' | 'adjustment';
  /** Signed: what the entry adds to the account. */
  readonly amountMicro: Micro;
  readonly holdId: string | null;
  readonly note: string | null;
  readonly at: number;
}

/** The account's books: they balance when `ledgerMicro = remainingMicro + openHoldsMicro`. */
export interface AccountBooks {
  readonly accountId: string;
  readonly ledgerMicro: Micro;
  readonly remainingMicro: Micro;
  readonly openHoldsMicro: Micro;
}

export interface LedgerAudit {
  /** Every account's books, computed from the rows and not from running totals, in one snapshot. */
  books(): Promise<readonly AccountBooks[]>;
  /** Oldest first. */
  ledger(accountId: string): Promise<readonly LedgerEntry[]>;
  /** Oldest first. */
  openHolds(): Promise<readonly OpenHold[]>;
  /** How many holds are open and what they reserve, by state; a state without any is left out. */
  openHoldTotals(): Promise<readonly OpenHoldTotal[]>;
  findHold(holdId: string): Promise<HoldRecord | undefined>;
  /** Tells `inspector` everything that the books are judged by, from one snapshot: nothing is half seen. */
  inspect(inspector: LedgerInspector): Promise<void>;
}

// -------------------------------------------------------------- inspection

/** Is told one fact at a time, so that books of any length fit in memory. */
export interface LedgerInspector {
  account(books: AccountBooks): void;
  month(books: MonthBooks): void;
  hold(books: HoldBooks): void;
  /** A charge for a hold that does not exist. */
  strayCharge(entry: LedgerEntry): void;
  usage(books: UsageBooks): void;
}

/** The account's month, which is the last that was granted. */
export interface MonthBooks {
  readonly accountId: string;
  readonly month: Month;
  readonly remainingMicro: Micro;
  readonly grantedMicro: Micro;
  /** The sum of the adjustments since the grant, signed as in the ledger. */
  readonly adjustedMicro: Micro;
}

/** A hold, and what the ledger says about it. */
export interface HoldBooks {
  readonly holdId: string;
  readonly accountId: string;
  readonly mode: Mode;
  readonly state: HoldState;
  /** The month whose credits it was taken from. */
  readonly month: Month;
  readonly amountMicro: Micro;
  readonly boundMicro: Micro;
  readonly costMicro: Micro;
  /** Ledger entries that name the hold. */
  readonly charges: number;
  /** Their sum, signed as in the ledger. */
  readonly chargedMicro: Micro;
  /** Those of them that stand in the books of another account. */
  readonly chargesElsewhere: number;
  /** How an operator closed it; null where none did. */
  readonly reconciled: Pick<Reconciled, 'decision' | 'costMicro'> | null;
}

/** What was counted for a workspace in a day or a minute, and what the settled holds of that time come to. */
export interface UsageBooks {
  readonly accountId: string;
  readonly workspaceId: string;
  /** `2025-03-15`, or `2025-03-15T12:30` for a minute; in UTC. */
  readonly period: string;
  readonly counted: UsageTotals;
  readonly settled: UsageTotals;
}

// ---------------------------------------------------------- reconciliation

export interface ReconciliationStore {
  /** Closes an uncertain hold as an operator decided, and notes the decision, in one transaction. */
  reconcile(reconciliation: Reconciliation): Promise<ReconciliationOutcome>;
  /** Everything that was ever decided, oldest first. Append-only. */
  reconciliations(): Promise<readonly Reconciled[]>;
  /** What was charged without its price being known, oldest first: one entry a day for each provider, model and field. */
  unpricedUsage(): Promise<readonly UnpricedUse[]>;
}

export interface UnpricedUse {
  readonly provider: string;
  readonly model: string;
  readonly field: string;
  /** The first call of the day that had it. */
  readonly holdId: string;
  readonly at: number;
}

export interface Reconciliation {
  readonly holdId: string;
  readonly decision: /** Charged in full, even above the hold; nothing in byok. Counts as a request with these tokens. */
  { readonly kind: 'settle'; readonly costMicro: Micro; readonly usage: TokenUsage } | { readonly kind: 'release' };
  /** Who decided. */
  readonly operator: string;
  readonly reason: string;
  /** SHA-256 in hex of the file that shows it; null where the decision had none. */
  readonly evidenceSha256: string | null;
  readonly at: number;
}

export type ReconciliationOutcome =
  | { readonly kind: 'settled'; readonly costMicro: Micro; readonly remainingMicro: Micro }
  | { readonly kind: 'released'; readonly remainingMicro: Micro }
  /** A process is at work on it: nothing changed. */
  | { readonly kind: 'still_held' }
  | { readonly kind: 'already_closed'; readonly state: HoldState; readonly costMicro: Micro }
  | { readonly kind: 'unknown_hold' };

/** The audit entry of a reconciliation. */
export interface Reconciled {
  readonly holdId: string;
  readonly accountId: string;
  readonly decision: 'settle' | 'release';
  /** What was held until then. */
  readonly heldMicro: Micro;
  /** What was charged; null for a release. */
  readonly costMicro: Micro | null;
  readonly operator: string;
  readonly reason: string;
  readonly evidenceSha256: string | null;
  readonly at: number;
}
