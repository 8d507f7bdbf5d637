import type { Database } from 'better-sqlite3';
import { judgeAdmission } from '../../domain/admission.ts';
import type { Mode } from '../../domain/ai-config.ts';
import { chargedMicro, type HoldEvent, heldMicro, stepHold } from '../../domain/holds.ts';
import type {
  Admission,
  AdmissionOutcome,
  HoldState,
  MeteringStore,
  Replayed,
  Settlement,
  SettlementOutcome,
  TransitionOutcome,
} from '../../domain/store.ts';
import { windowsOf } from '../../domain/subject-limits.ts';
import type { Balances } from './balances.ts';
import type { GroupCommit } from './group-commit.ts';
import { createSubjects } from './subjects.ts';
import { createUsageCounter } from './usage.ts';

interface HoldRow {
  readonly id: string;
  readonly account_id: string;
  readonly workspace_id: string;
  readonly mode: Mode;
  readonly state: HoldState;
  readonly amount_micro: bigint;
  readonly cost_micro: bigint;
}

export function meteringStore(db: Database, group: GroupCommit, balances: Balances): MeteringStore {
  const subjects = createSubjects(db);
  const countUsage = createUsageCounter(db);
  const selectWorkspace = db.prepare<[string, string]>(
    'SELECT 1 FROM workspaces WHERE id = ? AND account_id = ? AND deleted_at IS NULL',
  );
  const selectHold = db.prepare<[string], HoldRow>(
    'SELECT id, account_id, workspace_id, mode, state, amount_micro, cost_micro FROM holds WHERE id = ?',
  );
  const selectByIdempotencyKey = db.prepare<[string, string | null], HoldRow>(
    `SELECT id, account_id, workspace_id, mode, state, amount_micro, cost_micro FROM holds
     WHERE workspace_id = ? AND idempotency_key = ? AND state <> 'released'`,
  );
  const insertHold = db.prepare(
    `INSERT INTO holds (id, account_id, workspace_id, mode, state, amount_micro, provider, model, idempotency_key,
       subject, created_at, updated_at)
     VALUES (@holdId, @accountId, @workspaceId, @mode, 'held', @amountMicro, @provider, @model, @idempotencyKey,
       @name, @at, @at)`,
  );
  const move = db.prepare<[HoldState, string | null, number, string]>(
    'UPDATE holds SET state = ?, reason = ?, updated_at = ? WHERE id = ?',
  );
  const close = db.prepare(
    `UPDATE holds SET state = @to, cost_micro = @costMicro, input_tokens = @inputTokens,
       cached_input_tokens = @cachedInputTokens, cache_write_5m_tokens = @cacheWrite5mTokens,
       cache_write_1h_tokens = @cacheWrite1hTokens, output_tokens = @outputTokens, updated_at = @at
     WHERE id = @holdId`,
  );

  function admit(admission: Admission): AdmissionOutcome {
    const { holdId, accountId, workspaceId, mode, provider, model, idempotencyKey = null, subject, at } = admission;
    const earlier = selectHold.get(holdId) ?? selectByIdempotencyKey.get(workspaceId, idempotencyKey);
    if (earlier !== undefined) return { kind: 'duplicate_request', holdId: earlier.id, state: earlier.state };
    const credits = balances.current(accountId, at);
    if (credits === undefined || selectWorkspace.get(workspaceId, accountId) === undefined) {
      return { kind: 'unknown_workspace' };
    }
    const { remainingMicro } = credits;
    const amountMicro = heldMicro(mode, admission.amountMicro);
    const { name, limits } = subject ?? { name: null, limits: [] };
    const uses = subjects.use(accountId, name, windowsOf(limits), at);
    const verdict = judgeAdmission({ mode, amountMicro, remainingMicro, limits, uses });
    if (verdict.kind === 'insufficient_credits') return { ...verdict, remainingMicro, requiredMicro: amountMicro };
    if (verdict.kind === 'subject_over') {
      return { kind: 'subject_refused', refusal: subjects.refusal(accountId, name, verdict.exceeded, at) };
    }
    insertHold.run({ holdId, accountId, workspaceId, mode, amountMicro, provider, model, idempotencyKey, name, at });
    return { kind: 'admitted', remainingMicro: balances.hold(accountId, amountMicro) };
  }

  function settle({ holdId, costMicro, usage, at }: Settlement): SettlementOutcome {
    const step = next(holdId, 'settle');
    if (step.kind !== 'moved') return step;
    const { account_id: accountId, workspace_id: workspaceId, mode, amount_micro: backMicro } = step.hold;
    const { inputTokens, outputTokens } = usage;
    const charged = chargedMicro(mode, costMicro);
    const charge = { accountId, kind: 'charge', amountMicro: -charged, holdId, note: null, at } as const;
    balances.current(accountId, at);
    close.run({ ...usage, holdId, to: step.to, costMicro: charged, at });
    countUsage(accountId, workspaceId, { requests: 1, inputTokens, outputTokens, costMicro: charged }, at);
    const remainingMicro = mode === 'byok' ? balances.giveBack(accountId, backMicro) : balances.post(charge, backMicro);
    return { kind: 'settled', costMicro: charged, remainingMicro };
  }

  function release(holdId: string, reason: string, at: number): TransitionOutcome {
    const step = next(holdId, 'release');
    if (step.kind !== 'moved') return step;
    balances.current(step.hold.account_id, at);
    move.run(step.to, reason, at, holdId);
    balances.giveBack(step.hold.account_id, step.hold.amount_micro);
    return { kind: 'done' };
  }

  function doubt(holdId: string, reason: string, at: number): TransitionOutcome {
    const step = next(holdId, 'doubt');
    if (step.kind !== 'moved') return step;
    move.run(step.to, reason, at, holdId);
    return { kind: 'done' };
  }

  function next(holdId: string, event: HoldEvent): { kind: 'moved'; to: HoldState; hold: HoldRow } | Replayed {
    const hold = selectHold.get(holdId);
    if (hold === undefined) return { kind: 'unknown_hold' };
    const step = stepHold(hold.state, event);
    if (step.kind === 'moved') return { ...step, hold };
    return { kind: 'already_closed', state: hold.state, costMicro: hold.cost_micro };
  }

  return {
    admit: (admission) => group.run(() => admit(admission)),
    settle: (settlement) => group.run(() => settle(settlement)),
    release: (holdId, reason, at) => group.run(() => release(holdId, reason, at)),
    markUncertain: (holdId, reason, at) => group.run(() => doubt(holdId, reason, at)),
    async subjectUsage(accountId, subject, windowSeconds, at) {
      return subjects.settled(accountId, subject, windowSeconds, at);
    },
  };
}
