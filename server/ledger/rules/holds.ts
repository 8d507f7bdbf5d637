import type { Micro } from '../../money/microcredits.ts';
import type { Mode } from '../../money/prices.ts';
import { MAX_CALL_MICRO, MAX_CALL_TOKENS, type TokenUsage } from '../../money/usage.ts';

/**
 * `held` and `uncertain` are open: their amount is off the balance. `held`: a process is at work on the call. `uncertain`:
 * no process is, and its cost is not known.
 */
export type HoldState = 'held' | 'uncertain' | 'settled' | 'released';

/** What can happen to a hold once it is placed. */
export type HoldEvent = 'settle' | 'release' | 'mark_uncertain';

export type HoldStep =
  | { readonly kind: 'moved'; readonly to: HoldState }
  /** The event came before, or too late: nothing may change. */
  | { readonly kind: 'replayed' };

/** What an event does: every hold that is in one of the states `from` moves to `to`. */
export interface HoldMove {
  readonly from: readonly HoldState[];
  readonly to: HoldState;
}

/** held -> settled, released or uncertain; uncertain -> settled or released; anything else is a replay. */
export const HOLD_MOVES: Readonly<Record<HoldEvent, HoldMove>> = {
  settle: { from: ['held', 'uncertain'], to: 'settled' },
  release: { from: ['held', 'uncertain'], to: 'released' },
  mark_uncertain: { from: ['held'], to: 'uncertain' },
};

export function stepHold(state: HoldState, event: HoldEvent): HoldStep {
  const { from, to } = HOLD_MOVES[event];
  return from.includes(state) ? { kind: 'moved', to } : { kind: 'replayed' };
}

/**
 * Whether an operator's hand may close a hold. `held` means that a process is at work on it and will close it itself:
 * an operator may not, because a call in progress would then go unpaid.
 */
export function judgeReconciliation(state: HoldState): 'may_close' | 'still_held' | 'already_closed' {
  if (state === 'uncertain') return 'may_close';
  return state === 'held' ? 'still_held' : 'already_closed';
}

/** What a call reserves: nothing in byok, where the platform pays nothing. Throws a RangeError below zero. */
export function heldMicro(mode: Mode, boundMicro: Micro): Micro {
  if (boundMicro < 0n) throw new RangeError('a hold below zero');
  return mode === 'byok' ? 0n : boundMicro;
}

/**
 * What a settled call is charged: its cost in full, above the hold too; nothing in byok.
 * Throws a RangeError below zero, and above what one call can cost.
 */
export function chargedMicro(mode: Mode, costMicro: Micro): Micro {
  if (costMicro < 0n) throw new RangeError('a cost below zero');
  if (costMicro > MAX_CALL_MICRO) throw new RangeError('a cost above what one call can cost');
  return mode === 'byok' ? 0n : costMicro;
}

/** What a settled call used, as it is. Throws a RangeError for a count that no call can have. */
export function checkedUsage(usage: TokenUsage): TokenUsage {
  for (const [name, count] of Object.entries(usage)) {
    const isPossible = Number.isSafeInteger(count) && count >= 0 && count <= MAX_CALL_TOKENS;
    if (!isPossible) throw new RangeError(`${name}: no call has ${count}`);
  }
  return usage;
}
