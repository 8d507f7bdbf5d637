import type { Database } from 'better-sqlite3';
import type { GroupCommit } from '../../database/sqlite/group-commit.ts';
import type { Reconciliation, ReconciliationOutcome, ReconciliationStore } from '../audit.ts';
import { type ReconciledRow, reconciledOf } from '../ledger-rows.ts';
import { type HoldState, judgeReconciliation } from '../rules/holds.ts';
import type { Balances } from './balances.ts';
import type { HoldTransitions } from './hold-transitions.ts';

interface ClosableHold {
  readonly account_id: string;
  readonly state: HoldState;
  readonly cost_micro: bigint;
}

export function reconciliationStore(
  db: Database,
  group: GroupCommit,
  balances: Balances,
  transitions: HoldTransitions,
): ReconciliationStore {
  const selectHold = db.prepare<[string], ClosableHold>('SELECT account_id, state, cost_micro FROM holds WHERE id = ?');
  const note = db.prepare<[string, string, bigint | null, string, string, string | null, number]>(
    `INSERT INTO reconciliations (hold_id, decision, cost_micro, operator, reason, evidence_sha256, at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const selectAll = db.prepare<[], ReconciledRow>(
    `SELECT hold_id, account_id, decision, amount_micro, reconciliations.cost_micro, operator,
       reconciliations.reason, evidence_sha256, at
     FROM reconciliations JOIN holds ON holds.id = hold_id ORDER BY reconciliations.id`,
  );

  function reconcile(reconciliation: Reconciliation): ReconciliationOutcome {
    const { holdId, decision, operator, reason, evidenceSha256, at } = reconciliation;
    const hold = selectHold.get(holdId);
    if (hold === undefined) return { kind: 'unknown_hold' };
    const verdict = judgeReconciliation(hold.state);
    if (verdict === 'still_held') return { kind: 'still_held' };
    if (verdict === 'already_closed') {
      return { kind: 'already_closed', state: hold.state, costMicro: hold.cost_micro };
    }
    if (decision.kind === 'release') {
      transitions.release(holdId, reason, at);
      note.run(holdId, 'release', null, operator, reason, evidenceSha256, at);
      const { remainingMicro } = balances.current(hold.account_id, at) ?? { remainingMicro: 0n };
      return { kind: 'released', remainingMicro };
    }
    const outcome = transitions.settle({ holdId, costMicro: decision.costMicro, usage: decision.usage, at });
    if (outcome.kind === 'settled') {
      note.run(holdId, 'settle', outcome.costMicro, operator, reason, evidenceSha256, at);
    }
    return outcome;
  }

  return {
    reconcile: (reconciliation) => group.run(() => reconcile(reconciliation)),
    async reconciliations() {
      return selectAll.all().map(reconciledOf);
    },
  };
}
