import {
  type Connections,
  isDuplicate,
  isUndone,
  type RetryingSession,
  type Session,
  statement,
} from '../../database/postgres/connections.ts';
import type { Value } from '../../database/query.ts';
import { monthAt } from '../../money/periods.ts';
import type { Admission, AdmissionOutcome, MeteringStore } from '../port.ts';
import { judgeAdmission, neededMicro } from '../rules/admission.ts';
import { type HoldState, heldMicro } from '../rules/holds.ts';
import { distinctWindows } from '../rules/subject-limits.ts';
import { lockCredits } from './balances.ts';
import { markUncertain, release, settle } from './hold-transitions.ts';
import type { Leases } from './leases.ts';
import { limitValues, subjectRefusal, windowUses, withinLimits } from './subjects.ts';
import { createPruner } from './usage-counter.ts';

const LOCK_ACCOUNT = statement('SELECT id FROM accounts WHERE id = $1 FOR UPDATE');

/**
 * Places the hold if nothing speaks against it: the account's month has begun and its credits suffice, the workspace lives,
 * and the subject keeps to its limits. Else it changes nothing. An earlier call with its id or key makes it fail.
 */
const insertHold = (more: string) =>
  statement(`
  WITH account AS (
    UPDATE accounts SET balance_micro = balance_micro - $5::bigint
    WHERE id = $2 AND month >= $12 AND ($13::bigint IS NULL OR balance_micro >= $13::bigint)
      AND EXISTS (SELECT 1 FROM workspaces WHERE id = $3 AND account_id = $2 AND deleted_at IS NULL) ${more}
    RETURNING balance_micro, month
  ), hold AS (
    INSERT INTO holds (id, account_id, workspace_id, mode, state, amount_micro, provider, model, idempotency_key, subject,
      lease_id, month, created_at, updated_at)
    SELECT $1, $2, $3, $4, 'held', $5::bigint, $6, $7, $8, $9, $10, month, $11::bigint, $11::bigint FROM account
  )
  SELECT balance_micro FROM account`);
const INSERT_HOLD = insertHold('');
const INSERT_HOLD_WITHIN_LIMITS = insertHold(`AND ${withinLimits('$2', '$9', 14)}`);

const SELECT_WORKSPACE = statement(
  'SELECT id FROM workspaces WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL',
);
const SELECT_EARLIER = statement(`
  SELECT id, state FROM holds
  WHERE id = $1 OR (workspace_id = $2 AND idempotency_key = $3 AND state <> 'released')
  ORDER BY id <> $1 LIMIT 1`);

/** Another call with the same hold id or key, at the same time, is seen by the next attempt. */
const MOST_ATTEMPTS = 3;

export function meteringStore({ run }: Connections, leases: Leases): Omit<MeteringStore, 'subjectUsage'> {
  const prune = createPruner();

  async function admit(db: RetryingSession, admission: Admission): Promise<AdmissionOutcome> {
    const insert = insertHoldValues(admission, await leases.id(db));
    const hasLimits = (admission.subject?.limits.length ?? 0) > 0;
    const attempts = [
      () =>
        (hasLimits ? db.chain([LOCK_ACCOUNT, [admission.accountId]], insert) : db.query(...insert)).then(toAdmitted),
      ...Array.from({ length: MOST_ATTEMPTS }, () => () => db.transaction((tx) => judge(tx, admission, insert))),
    ];
    let duplicate: unknown;
    for (const attempt of attempts) {
      try {
        const outcome = await attempt();
        if (outcome !== undefined) return outcome;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        duplicate = error;
      }
    }
    throw duplicate;
  }

  /** The end of a call. It comes once: where it cannot be written, the hold becomes uncertain. */
  function end<T>(holdId: string, write: (db: RetryingSession) => Promise<T>): Promise<T> {
    const written = run(write);
    written.catch(() => leases.disown(holdId));
    return written;
  }

  return {
    admit(admission) {
      const admitted = run((db) => admit(db, admission));
      // Refused by an error, it will not be forwarded: should it be on disk all the same, it is let off.
      admitted.catch((error: unknown) => isUndone(error) || leases.abandon(admission));
      // Not the caller's concern: what is thrown away an hour later does no harm.
      run((db) => prune(db, admission.accountId, admission.at)).catch(() => {});
      return admitted;
    },
    settle: (settlement) => end(settlement.holdId, (db) => settle(db, settlement)),
    release: (holdId, reason, at) => end(holdId, (db) => release(db, holdId, reason, at)),
    markUncertain: (holdId, reason, at, boundMicro) =>
      end(holdId, (db) => markUncertain(db, holdId, reason, at, boundMicro)),
  };
}

type InsertHold = Parameters<RetryingSession['chain']>[1];

function insertHoldValues(admission: Admission, leaseId: string): InsertHold {
  const { holdId, accountId, workspaceId, mode, provider, model, idempotencyKey = null, subject, at } = admission;
  const amountMicro = heldMicro(mode, admission.amountMicro);
  const values: Value[] = [
    ...[holdId, accountId, workspaceId, mode, amountMicro, provider, model, idempotencyKey, subject?.name ?? null],
    ...[leaseId, at, monthAt(at), neededMicro(mode, amountMicro) ?? null],
  ];
  const limits = subject?.limits ?? [];
  if (limits.length === 0) return [INSERT_HOLD, values];
  return [INSERT_HOLD_WITHIN_LIMITS, [...values, ...limitValues(limits, amountMicro, at)]];
}

/** Looks at everything under the account's lock, and places the hold or says what speaks against it. */
async function judge(tx: Session, admission: Admission, insert: InsertHold): Promise<AdmissionOutcome> {
  const { holdId, accountId, workspaceId, mode, idempotencyKey = null, subject, at } = admission;
  const credits = await lockCredits(tx, accountId, at);
  const { name, limits } = subject ?? { name: null, limits: [] };
  const [[earlier], [workspace], uses] = await Promise.all([
    tx.query<{ id: string; state: HoldState }>(SELECT_EARLIER, [holdId, workspaceId, idempotencyKey]),
    tx.query(SELECT_WORKSPACE, [workspaceId, accountId]),
    windowUses(tx, accountId, name, distinctWindows(limits), at),
  ]);
  if (earlier !== undefined) return { kind: 'duplicate_request', holdId: earlier.id, state: earlier.state };
  if (credits === undefined || workspace === undefined) return { kind: 'unknown_workspace' };
  const { remainingMicro } = credits;
  const amountMicro = heldMicro(mode, admission.amountMicro);
  const verdict = judgeAdmission({ mode, amountMicro, remainingMicro, limits, uses });
  if (verdict.kind === 'insufficient_credits') return { ...verdict, remainingMicro, requiredMicro: amountMicro };
  if (verdict.kind === 'subject_over') {
    return { kind: 'subject_refused', refusal: await subjectRefusal(tx, accountId, name, verdict.exceeded, at) };
  }
  const admitted = toAdmitted(await tx.query(...insert));
  if (admitted === undefined) throw new Error(`hold ${holdId} of account ${accountId} was not placed`);
  return admitted;
}

function toAdmitted(rows: readonly { readonly balance_micro?: bigint }[]): AdmissionOutcome | undefined {
  const [row] = rows;
  return row?.balance_micro === undefined ? undefined : { kind: 'admitted', remainingMicro: row.balance_micro };
}
