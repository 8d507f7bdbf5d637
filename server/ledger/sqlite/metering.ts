import type { Database } from 'better-sqlite3';
import type { GroupCommit } from '../../database/sqlite/database.ts';
import type { Admission, AdmissionOutcome, MeteringStore } from '../port.ts';
import { judgeAdmission } from '../rules/admission.ts';
import { type HoldState, heldMicro } from '../rules/holds.ts';
import { distinctWindows } from '../rules/subject-limits.ts';
import type { Balances } from './balances.ts';
import type { HoldTransitions } from './hold-transitions.ts';
import type { Leases } from './leases.ts';
import { createSubjects } from './subjects.ts';

interface EarlierHold {
  readonly id: string;
  readonly state: HoldState;
}

export function meteringStore(
  db: Database,
  group: GroupCommit,
  balances: Balances,
  transitions: HoldTransitions,
  leases: Leases,
): Omit<MeteringStore, 'subjectUsage'> {
  const subjects = createSubjects(db);
  const selectWorkspace = db.prepare<[string, string]>(
    'SELECT 1 FROM workspaces WHERE id = ? AND account_id = ? AND deleted_at IS NULL',
  );
  const selectHold = db.prepare<[string], EarlierHold>('SELECT id, state FROM holds WHERE id = ?');
  const selectByIdempotencyKey = db.prepare<[string, string | null], EarlierHold>(
    "SELECT id, state FROM holds WHERE workspace_id = ? AND idempotency_key = ? AND state <> 'released'",
  );
  const insertHold = db.prepare(
    `INSERT INTO holds (id, account_id, workspace_id, mode, state, amount_micro, provider, model, idempotency_key,
       subject, lease_id, month, created_at, updated_at)
     VALUES (@holdId, @accountId, @workspaceId, @mode, 'held', @amountMicro, @provider, @model, @idempotencyKey,
       @name, @leaseId, (SELECT month FROM accounts WHERE id = @accountId), @at, @at)`,
  );

  function admit(admission: Admission): AdmissionOutcome {
    const { holdId, accountId, workspaceId, mode, provider, model, idempotencyKey = null, subject, at } = admission;
    const earlier =
      selectHold.get(holdId) ??
      (idempotencyKey === null ? undefined : selectByIdempotencyKey.get(workspaceId, idempotencyKey));
    if (earlier !== undefined) return { kind: 'duplicate_request', holdId: earlier.id, state: earlier.state };
    const credits = balances.current(accountId, at);
    if (credits === undefined || selectWorkspace.get(workspaceId, accountId) === undefined) {
      return { kind: 'unknown_workspace' };
    }
    const { remainingMicro } = credits;
    const amountMicro = heldMicro(mode, admission.amountMicro);
    const { name, limits } = subject ?? { name: null, limits: [] };
    const uses = subjects.use(accountId, name, distinctWindows(limits), at);
    const verdict = judgeAdmission({ mode, amountMicro, remainingMicro, limits, uses });
    if (verdict.kind === 'insufficient_credits') return { ...verdict, remainingMicro, requiredMicro: amountMicro };
    if (verdict.kind === 'subject_over') {
      return { kind: 'subject_refused', refusal: subjects.refusal(accountId, name, verdict.exceeded, at) };
    }
    const leaseId = leases.id();
    const row = { holdId, accountId, workspaceId, mode, amountMicro, provider, model, idempotencyKey, name, leaseId };
    insertHold.run({ ...row, at });
    return { kind: 'admitted', remainingMicro: balances.hold(accountId, amountMicro) };
  }

  /** The end of a call. It comes once: where it cannot be written, the hold becomes uncertain. */
  function end<T>(holdId: string, write: () => T): Promise<T> {
    const written = group.run(write);
    written.catch(() => leases.disown(holdId));
    return written;
  }

  return {
    admit(admission) {
      leases.prepare();
      return group.run(() => admit(admission));
    },
    settle: (settlement) => end(settlement.holdId, () => transitions.settle(settlement)),
    release: (holdId, reason, at) => end(holdId, () => transitions.release(holdId, reason, at)),
    markUncertain: (holdId, reason, at, boundMicro) =>
      end(holdId, () => transitions.markUncertain(holdId, reason, at, boundMicro)),
  };
}
