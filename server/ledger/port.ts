import type { Micro } from '../money/microcredits.ts';
import type { Mode, Provider } from '../money/prices.ts';
import type { TokenUsage, UsageTotals } from '../money/usage.ts';
import type { HoldState } from './rules/holds.ts';
import type { SubjectLimit, SubjectRefusal } from './rules/subject-limits.ts';

/**
 * What the metering proxy asks of a store, and all it asks: a platform that mounts the proxy beside a store of its own
 * implements this and nothing else. What becomes of the holds of a process that ended is the store's to know: until they
 * are settled or released they stay reserved.
 */
export interface MeteringStore {
  /** Judges account, workspace and subject limits and reserves, in one transaction; durable when the promise resolves. */
  admit(admission: Admission): Promise<AdmissionOutcome>;
  /**
   * held or uncertain -> settled, once: charges, counts the usage. A replay changes nothing and says so. What is freed of a
   * hold of an earlier month, here and below, is no credit of this month.
   */
  settle(settlement: Settlement): Promise<SettlementOutcome>;
  /** held or uncertain -> released, once: nothing was spent. */
  release(holdId: string, reason: string, at: number): Promise<TransitionOutcome>;
  /**
   * held -> uncertain: keeps the amount reserved until it is known what was spent. With `boundMicro`, the most that the call
   * can have cost by what is known now, no more than that stays reserved, and the rest is free at once.
   */
  markUncertain(holdId: string, reason: string, at: number, boundMicro?: Micro): Promise<TransitionOutcome>;
  /** What a subject of the account used in the rolling window that ends at `at`. */
  subjectUsage(accountId: string, subject: string, windowSeconds: number, at: number): Promise<UsageTotals>;
  /** Notes for the operator what was charged without its price being known. A store without it leaves it to log and metric. */
  noteUnpriced?(note: UnpricedNote): Promise<void>;
}

/** What of a settled call was charged without its price being known. */
export interface UnpricedNote {
  readonly holdId: string;
  readonly provider: string;
  /** Its name in the price list. */
  readonly model: string;
  /** Names of fields of the answer: a few, without values. */
  readonly fields: readonly string[];
  readonly at: number;
}

export interface Admission {
  /** The proxy's own request id; keys hold and ledger entry. */
  readonly holdId: string;
  readonly accountId: string;
  readonly workspaceId: string;
  readonly mode: Mode;
  /** Upper bound of the cost. Zero with `byok`, which is charged nothing and never refused for credits. */
  readonly amountMicro: Micro;
  readonly provider: Provider | 'openrouter';
  readonly model: string;
  /** The caller's `Idempotency-Key`, unique per workspace; a released call, which spent nothing, frees its key. */
  readonly idempotencyKey?: string;
  readonly subject?: { readonly name: string; readonly limits: readonly SubjectLimit[] };
  readonly at: number;
}

export type AdmissionOutcome =
  | { readonly kind: 'admitted'; readonly remainingMicro: Micro }
  | { readonly kind: 'insufficient_credits'; readonly remainingMicro: Micro; readonly requiredMicro: Micro }
  | { readonly kind: 'subject_refused'; readonly refusal: SubjectRefusal }
  /** The same hold id or idempotency key came before: nothing new is held. */
  | { readonly kind: 'duplicate_request'; readonly holdId: string; readonly state: HoldState }
  | { readonly kind: 'unknown_workspace' };

export interface Settlement {
  readonly holdId: string;
  /** The actual cost: charged in full, even above the hold. Zero with `byok`. */
  readonly costMicro: Micro;
  readonly usage: TokenUsage;
  readonly at: number;
}

export type SettlementOutcome =
  | { readonly kind: 'settled'; readonly costMicro: Micro; readonly remainingMicro: Micro }
  | Replayed;

export type TransitionOutcome = { readonly kind: 'done' } | Replayed;

/** The transition came before, or the hold is closed, or it never existed: nothing changed. */
export type Replayed =
  | { readonly kind: 'already_closed'; readonly state: HoldState; readonly costMicro: Micro }
  | { readonly kind: 'unknown_hold' };
