import { NO_USAGE } from '../../money/usage.ts';
import type { OpenHold, Reconciliation } from '../audit.ts';

/** What becomes of a hold that stays uncertain for long, where no operator decides about it. Without one, it is kept. */
export interface UncertainPolicy {
  /** `settle`: charged what it still reserves, and counted as a request without tokens. `release`: charged nothing. */
  readonly decision: 'settle' | 'release';
  /** How long it has to be uncertain, in milliseconds. */
  readonly afterMs: number;
}

/** The operator of these decisions, in the audit. */
const OPERATOR = 'policy';

/** When the policy decides about a hold; undefined where it does not, because a process is at work on it. */
export function decidedAt({ state, since }: OpenHold, { afterMs }: UncertainPolicy): number | undefined {
  return state === 'uncertain' ? since + afterMs : undefined;
}

/** The decision about a hold, as an operator would make it. */
export function decideByPolicy(
  hold: Pick<OpenHold, 'holdId' | 'boundMicro'>,
  { decision, afterMs }: UncertainPolicy,
  at: number,
): Reconciliation {
  const isSettled = decision === 'settle';
  return {
    holdId: hold.holdId,
    decision: isSettled ? { kind: 'settle', costMicro: hold.boundMicro, usage: NO_USAGE } : { kind: 'release' },
    operator: OPERATOR,
    reason: `uncertain for ${afterMs / 60_000} minutes: ${isSettled ? 'settled at its bound' : 'released'}`,
    evidenceSha256: null,
    at,
  };
}
