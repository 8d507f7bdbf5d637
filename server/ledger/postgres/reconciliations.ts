import { type Connections, type Session, statement } from '../../database/postgres/database.ts';
import type { Reconciliation, ReconciliationOutcome, ReconciliationStore } from '../audit.ts';
import { type ReconciledRow, reconciledOf } from '../ledger-rows.ts';
import { judgeReconciliation } from '../rules/holds.ts';
import { alreadyClosed, lockHold, releaseIn, settleIn } from './hold-transitions.ts';

const NOTE = statement(`
  INSERT INTO reconciliations (hold_id, decision, cost_micro, operator, reason, evidence_sha256, at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`);
const SELECT_ALL = statement(`
  SELECT hold_id, account_id, decision, amount_micro, reconciliations.cost_micro, operator, reconciliations.reason,
    evidence_sha256, at
  FROM reconciliations JOIN holds ON holds.id = hold_id ORDER BY reconciliations.written_at`);

export function reconciliationStore({ run }: Connections): ReconciliationStore {
  return {
    reconcile: (reconciliation) => run((db) => db.transaction((tx) => reconcile(tx, reconciliation))),
    reconciliations: () =>
      run((db) => db.snapshot(async (tx) => (await tx.query<ReconciledRow>(SELECT_ALL)).map(reconciledOf))),
  };
}

async function reconcile(tx: Session, reconciliation: Reconciliation): Promise<ReconciliationOutcome> {
  const { holdId, decision, operator, reason, evidenceSha256, at } = reconciliation;
  const hold = await lockHold(tx, holdId);
  if (hold === undefined) return { kind: 'unknown_hold' };
  const verdict = judgeReconciliation(hold.state);
  if (verdict === 'still_held') return { kind: 'still_held' };
  if (verdict === 'already_closed') return alreadyClosed(hold);
  if (decision.kind === 'release') {
    const outcome = await releaseIn(tx, holdId, reason, at);
    if (outcome.kind !== 'done') return outcome;
    await tx.query(NOTE, [holdId, 'release', null, operator, reason, evidenceSha256, at]);
    return { kind: 'released', remainingMicro: outcome.remainingMicro };
  }
  const outcome = await settleIn(tx, { holdId, costMicro: decision.costMicro, usage: decision.usage, at });
  if (outcome.kind === 'settled') {
    await tx.query(NOTE, [holdId, 'settle', outcome.costMicro, operator, reason, evidenceSha256, at]);
  }
  return outcome;
}
