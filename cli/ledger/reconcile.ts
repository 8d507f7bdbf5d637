import type { HoldRecord, Reconciliation } from '../../server/ledger/audit.ts';
import { type Evidence, evidencedCost } from '../../server/ledger/rules/evidence.ts';
import { chargedMicro, judgeReconciliation } from '../../server/ledger/rules/holds.ts';
import type { Micro } from '../../server/money/microcredits.ts';
import type { ProviderName } from '../../server/money/prices.ts';
import type { PriceSource } from '../../server/proxy/prices/source.ts';
import type { Store } from '../../server/store.ts';
import type { Authority, Instruction } from './decision.ts';

/**
 * The result for one hold. `still_held`: a process works on it. `unpriced`: its tokens have no price. All except `settled` and
 * `released` changed nothing.
 */
export interface Resolution {
  readonly holdId: string;
  readonly outcome:
    | 'settled'
    | 'released'
    | 'still_held'
    | 'already_settled'
    | 'already_released'
    | 'unpriced'
    | 'unknown_hold';
  /** The reserved amount. */
  readonly heldMicro: Micro | undefined;
  /** The charge, made now or before. */
  readonly costMicro: Micro | undefined;
}

interface ReconcileOptions {
  readonly store: Pick<Store, 'findHold' | 'reconcile'>;
  readonly prices: PriceSource;
  /** Report what would happen and change nothing. */
  readonly dryRun: boolean;
  readonly at: number;
}

/** Holds that are resolved at once, so that they can share one commit. */
const BATCH = 500;

/** Resolves the holds of the instruction. A hold that cannot be resolved does not change. */
export async function reconcile(options: ReconcileOptions, instruction: Instruction): Promise<readonly Resolution[]> {
  const { authority } = instruction;
  if (instruction.kind === 'decision') {
    const { holdId, decision } = instruction;
    return [await resolve(options, holdId, authority, () => decision)];
  }
  const resolutions: Resolution[] = [];
  for (let start = 0; start < instruction.evidence.length; start += BATCH) {
    const batch = instruction.evidence
      .slice(start, start + BATCH)
      .map((evidence) =>
        resolve(options, evidence.holdId, authority, (hold) => decideByEvidence(options, hold, evidence)),
      );
    resolutions.push(...(await Promise.all(batch)));
  }
  return resolutions;
}

type Decide = (hold: HoldRecord) => Reconciliation['decision'] | undefined;

async function resolve(
  options: ReconcileOptions,
  holdId: string,
  authority: Authority,
  decide: Decide,
): Promise<Resolution> {
  const hold = await options.store.findHold(holdId);
  if (hold === undefined) return { holdId, outcome: 'unknown_hold', heldMicro: undefined, costMicro: undefined };
  const resolved = (outcome: Resolution['outcome'], costMicro?: Micro): Resolution => {
    return { holdId, outcome, heldMicro: hold.amountMicro, costMicro };
  };
  const verdict = judgeReconciliation(hold.state);
  if (verdict === 'still_held') return resolved('still_held');
  if (verdict === 'already_closed') return alreadyClosed(resolved, hold.state, hold.costMicro);
  const decision = decide(hold);
  if (decision === undefined) return resolved('unpriced');
  if (options.dryRun) {
    if (decision.kind === 'release') return resolved('released');
    return resolved('settled', chargedMicro(hold.mode, decision.costMicro));
  }
  const outcome = await options.store.reconcile({ holdId, decision, ...authority, at: options.at });
  switch (outcome.kind) {
    case 'settled':
      return resolved('settled', outcome.costMicro);
    case 'already_closed':
      return alreadyClosed(resolved, outcome.state, outcome.costMicro);
    default:
      return resolved(outcome.kind);
  }
}

function alreadyClosed(
  resolved: (outcome: Resolution['outcome'], costMicro?: Micro) => Resolution,
  state: HoldRecord['state'],
  costMicro: Micro,
): Resolution {
  return state === 'released' ? resolved('already_released') : resolved('already_settled', costMicro);
}

function decideByEvidence(
  { prices }: ReconcileOptions,
  hold: HoldRecord,
  evidence: Evidence,
): Reconciliation['decision'] | undefined {
  // A hold from another store may name an unknown provider. Then there is no price.
  const price = prices.find(hold.provider as ProviderName, hold.model, hold.createdAt);
  const found = evidencedCost(evidence, hold.mode, price);
  if (found.kind === 'unpriced') return undefined;
  return { kind: 'settle', costMicro: found.costMicro, usage: found.usage };
}
