import type { Micro } from '../../money/microcredits.ts';
import type { Mode } from '../../money/prices.ts';
import { type ExceededLimit, exceededLimits, type SubjectLimit, type WindowUse } from './subject-limits.ts';

/** A call that wants to be admitted, and what the books say at that moment. */
export interface AdmissionCase {
  readonly mode: Mode;
  /** What the call would reserve. */
  readonly amountMicro: Micro;
  /** What the account can spend: charges and open holds are off already. */
  readonly remainingMicro: Micro;
  readonly limits: readonly SubjectLimit[];
  /** The subject's use of each window among the limits, by its length in seconds. */
  readonly uses: ReadonlyMap<number, WindowUse>;
}

export type AdmissionVerdict =
  | { readonly kind: 'admit' }
  | { readonly kind: 'insufficient_credits' }
  /** At least one; all budgets, or all rates. */
  | { readonly kind: 'subject_over'; readonly exceeded: readonly ExceededLimit[] };

/**
 * What an account must have left for a call to be admitted; undefined where anything does. A call that can cost nothing,
 * and every call in byok, needs no credits, not even in debt.
 */
export function neededMicro(mode: Mode, amountMicro: Micro): Micro | undefined {
  return mode === 'managed' && amountMicro > 0n ? amountMicro : undefined;
}

/**
 * The account's credits first, then the subject's budgets, then its rates.
 * A hold is placed whole or not at all: it is never shrunk to what is left.
 */
export function judgeAdmission(call: AdmissionCase): AdmissionVerdict {
  const needed = neededMicro(call.mode, call.amountMicro);
  if (needed !== undefined && call.remainingMicro < needed) return { kind: 'insufficient_credits' };
  const exceeded = exceededLimits(call.limits, call.uses, call.amountMicro);
  return exceeded.length > 0 ? { kind: 'subject_over', exceeded } : { kind: 'admit' };
}
