import { sql } from 'kysely';
import { all, type Database, first, run, type Script } from '../database/database.ts';
import { queriesOn } from '../database/query.ts';
import type { Micro } from '../money/microcredits.ts';
import type { CreditsState } from '../money/plans.ts';
import { toUsageTotals } from '../money/usage.ts';
import type { LedgerAudit, Reconciled, Reconciliation, ReconciliationOutcome, ReconciliationStore } from './audit.ts';
import { ledgerAudit } from './audit-sql.ts';
import type { LedgerEngine } from './engine.ts';
import type { MeteringStore } from './port.ts';
import { type HoldsTable, OPEN_HOLD_COLUMNS, type ReconciliationsTable, toOpenHold } from './rows.ts';
import { judgeReconciliation } from './rules/holds.ts';
import { windowStart } from './rules/subject-limits.ts';
import { decideByPolicy, type UncertainPolicy } from './rules/uncertain-policy.ts';
import { createUnpricedUsage } from './unpriced-usage.ts';

export interface CreditsLedger {
  /** Starts the calendar month of `at` first, where it has not started yet. Throws on an unknown account. */
  credits(accountId: string, at: number): Promise<CreditsState>;
  /** For operators: books an `adjustment` of any sign, and may leave a debt. Throws on an unknown account. */
  adjustCredits(accountId: string, amountMicro: Micro, note: string, at: number): Promise<CreditsState>;
}

export interface Ledger extends MeteringStore, CreditsLedger, LedgerAudit, ReconciliationStore {}

const query = queriesOn<{ holds: HoldsTable; reconciliations: ReconciliationsTable }>();

const SUBJECT_USAGE = query(
  (db, values: { accountId: string; subject: string; since: bigint; at: bigint }, { count, sum }) =>
    db
      .selectFrom('holds')
      .select([
        count().as('requests'),
        sum('input_tokens').as('input_tokens'),
        sum('output_tokens').as('output_tokens'),
        sum('cost_micro').as('cost_micro'),
      ])
      .where('account_id', '=', values.accountId)
      .where('subject', '=', values.subject)
      .where('created_at', '>', values.since)
      .where('created_at', '<=', values.at)
      .where(sql<boolean>`state = 'settled'`),
);
const LOCK_HOLD = query((db, values: { holdId: string }, { locked }) =>
  db.selectFrom('holds').select(['account_id', 'state', 'cost_micro']).where('id', '=', values.holdId).$call(locked),
);
const NOTE = query((db, values: Omit<Reconciled, 'accountId' | 'heldMicro'>) =>
  db.insertInto('reconciliations').values({
    hold_id: values.holdId,
    decision: values.decision,
    cost_micro: values.costMicro,
    operator: values.operator,
    reason: values.reason,
    evidence_sha256: values.evidenceSha256,
    at: values.at,
  }),
);
const RECONCILIATIONS = query((db, _: object, { written }) =>
  db
    .selectFrom('reconciliations')
    .innerJoin('holds', 'holds.id', 'hold_id')
    .select(['hold_id', 'account_id', 'decision', 'amount_micro', 'operator', 'evidence_sha256', 'at'])
    .select(['reconciliations.cost_micro', 'reconciliations.reason'])
    .orderBy(written('reconciliations')),
);

/** So many are decided about at once, the oldest first; the others with the next heartbeats. */
const MOST_DECISIONS = 500;
const DUE = query((db, values: { before: number }) =>
  db
    .selectFrom('holds')
    .select(OPEN_HOLD_COLUMNS)
    // Spelled out, so that the index of open holds serves.
    .where(sql<boolean>`state in ('held', 'uncertain') and state = 'uncertain'`)
    .where(sql<boolean>`updated_at <= ${values.before}`)
    .orderBy('updated_at')
    .limit(MOST_DECISIONS),
);

/** The books of a platform. */
export function createLedger(database: Database, engine: LedgerEngine): Ledger {
  return {
    admit: engine.admit,
    settle: engine.settle,
    release: engine.release,
    markUncertain: engine.markUncertain,
    async subjectUsage(accountId, subject, windowSeconds, at) {
      const since = BigInt(windowStart(windowSeconds, at));
      const row = await database.first(SUBJECT_USAGE, { accountId, subject, since, at: BigInt(at) });
      return toUsageTotals(row ?? { requests: 0n, input_tokens: 0n, output_tokens: 0n, cost_micro: 0n });
    },
    async credits(accountId, at) {
      const peeked = await engine.peekCredits(accountId, at);
      return peeked ?? database.write(() => existingCredits(engine, accountId, at));
    },
    adjustCredits: (accountId, amountMicro, note, at) =>
      database.write(function* () {
        const { totalMicro } = yield* existingCredits(engine, accountId, at);
        const remainingMicro = yield* engine.post({ accountId, kind: 'adjustment', amountMicro, note, at });
        return { remainingMicro, totalMicro };
      }),
    ...ledgerAudit(database),
    ...createUnpricedUsage(database),
    reconcile: (reconciliation) => database.write(() => reconcile(engine, reconciliation)),
    async reconciliations() {
      return (await database.snapshot(() => all(RECONCILIATIONS, {}))).map((row) => ({
        holdId: row.hold_id,
        accountId: row.account_id,
        decision: row.decision,
        heldMicro: row.amount_micro,
        costMicro: row.cost_micro,
        operator: row.operator,
        reason: row.reason,
        evidenceSha256: row.evidence_sha256,
        at: Number(row.at),
      }));
    },
  };
}

/**
 * Decides about the holds that have been uncertain for long, each in one transaction with its entry in the audit. What another
 * process or an operator has closed meanwhile stays as it is, so that any number of processes may do this.
 */
export async function applyPolicy(
  database: Database,
  { reconcile }: Pick<ReconciliationStore, 'reconcile'>,
  policy: UncertainPolicy,
  now: number,
): Promise<void> {
  const due = await database.all(DUE, { before: now - policy.afterMs });
  await Promise.allSettled(due.map((row) => reconcile(decideByPolicy(toOpenHold(row), policy, now))));
}

function* existingCredits(engine: LedgerEngine, accountId: string, at: number): Script<CreditsState> {
  const credits = yield* engine.currentCredits(accountId, at);
  if (credits === undefined) throw new Error(`no account ${accountId}`);
  return credits;
}

function* reconcile(engine: LedgerEngine, reconciliation: Reconciliation): Script<ReconciliationOutcome> {
  const { holdId, decision, at, ...note } = reconciliation;
  const hold = yield* first(LOCK_HOLD, { holdId });
  if (hold === undefined) return { kind: 'unknown_hold' };
  const verdict = judgeReconciliation(hold.state);
  if (verdict === 'still_held') return { kind: 'still_held' };
  if (verdict === 'already_closed') return { kind: 'already_closed', state: hold.state, costMicro: hold.cost_micro };
  if (decision.kind === 'release') {
    const outcome = yield* engine.releaseHold(holdId, note.reason, at);
    if (outcome.kind !== 'done') return outcome;
    yield* run(NOTE, { ...note, holdId, decision: 'release', costMicro: null, at });
    const { remainingMicro } = yield* existingCredits(engine, hold.account_id, at);
    return { kind: 'released', remainingMicro };
  }
  const outcome = yield* engine.settleHold({ holdId, costMicro: decision.costMicro, usage: decision.usage, at });
  if (outcome.kind === 'settled') {
    yield* run(NOTE, { ...note, holdId, decision: 'settle', costMicro: outcome.costMicro, at });
  }
  return outcome;
}
