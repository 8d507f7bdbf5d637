import { type RetryingSession, type Session, statement } from '../../database/postgres/connections.ts';
import type { Value } from '../../database/query.ts';
import type { Micro } from '../../money/microcredits.ts';
import { dayAt, monthAt } from '../../money/periods.ts';
import type { Mode } from '../../money/prices.ts';
import type { Replayed, Settlement, SettlementOutcome } from '../port.ts';
import { chargedMicro, HOLD_MOVES, type HoldEvent, type HoldState, stepHold } from '../rules/holds.ts';
import { lockCredits } from './balances.ts';
import { countCall, MINUTE_MS } from './usage-counter.ts';

/**
 * What happens to a hold once it is placed. Each is one statement, which changes nothing unless the hold may move and the
 * month of its account has begun; where it changed nothing, a transaction looks why. The hold is locked before its account,
 * and the account before its totals, by everybody.
 */

const MOVABLE = (month: string) => `id = $1 AND state = ANY ($2::text[])
    AND EXISTS (SELECT 1 FROM accounts WHERE accounts.id = holds.account_id AND month >= ${month})`;

const SETTLE = statement(`
  WITH hold AS (
    UPDATE holds SET state = $3, cost_micro = CASE mode WHEN 'byok' THEN $5::bigint ELSE $4::bigint END,
      input_tokens = $6::bigint, cached_input_tokens = $7, cache_write_5m_tokens = $8, cache_write_1h_tokens = $9,
      output_tokens = $10::bigint, updated_at = $11::bigint
    WHERE ${MOVABLE('$12')}
    RETURNING id, account_id, workspace_id, mode, amount_micro, cost_micro
  ), account AS (
    UPDATE accounts SET balance_micro = balance_micro + hold.amount_micro - hold.cost_micro,
      last_entry = last_entry + CASE hold.mode WHEN 'byok' THEN 0 ELSE 1 END
    FROM hold WHERE accounts.id = hold.account_id
    RETURNING hold.account_id, hold.workspace_id, hold.mode, hold.id AS hold_id, hold.cost_micro, last_entry,
      balance_micro
  ), entry AS (
    INSERT INTO ledger_entries (account_id, number, kind, amount_micro, hold_id, at)
    SELECT account_id, last_entry, 'charge', -cost_micro, hold_id, $11::bigint FROM account WHERE mode <> 'byok'
  ), day AS (${countCall('usage_days', 'day', '$13', '$6::bigint', '$10::bigint')}
  ), minute AS (${countCall('usage_minutes', 'minute', '$14::bigint', '$6::bigint', '$10::bigint')}
  )
  SELECT cost_micro, balance_micro FROM account`);
const RELEASE = statement(`
  WITH hold AS (
    UPDATE holds SET state = $3, reason = $4, updated_at = $5 WHERE ${MOVABLE('$6')}
    RETURNING account_id, amount_micro
  ), account AS (
    UPDATE accounts SET balance_micro = balance_micro + hold.amount_micro
    FROM hold WHERE accounts.id = hold.account_id RETURNING balance_micro
  )
  SELECT balance_micro FROM account`);
const MARK_UNCERTAIN = statement(`
  UPDATE holds SET state = $3, reason = $4, updated_at = $5 WHERE id = $1 AND state = ANY ($2::text[]) RETURNING id`);
const LOCK = statement('SELECT account_id, mode, state, cost_micro FROM holds WHERE id = $1 FOR UPDATE');

interface MovingHold {
  readonly account_id: string;
  readonly mode: Mode;
  readonly state: HoldState;
  readonly cost_micro: bigint;
}

type Released = { readonly kind: 'done'; readonly remainingMicro: Micro };

/** Undefined where nothing changed. */
type Attempt<Outcome> = (session: Session) => Promise<Outcome | undefined>;

export async function settle(db: RetryingSession, settlement: Settlement): Promise<SettlementOutcome> {
  const attempt = trySettle(settlement);
  return (
    (await attempt(db)) ?? db.transaction((tx) => lookAndMove(tx, settlement.holdId, 'settle', settlement.at, attempt))
  );
}

export async function release(
  db: RetryingSession,
  holdId: string,
  reason: string,
  at: number,
): Promise<Released | Replayed> {
  const attempt = tryRelease(holdId, reason, at);
  return (await attempt(db)) ?? db.transaction((tx) => lookAndMove(tx, holdId, 'release', at, attempt));
}

export async function markUncertain(
  db: RetryingSession,
  holdId: string,
  reason: string,
  at: number,
): Promise<{ readonly kind: 'done' } | Replayed> {
  const attempt: Attempt<{ readonly kind: 'done' }> = async (session) => {
    const [row] = await session.query(MARK_UNCERTAIN, [holdId, ...moveValues('mark_uncertain'), reason, at]);
    return row && { kind: 'done' };
  };
  return (await attempt(db)) ?? db.transaction((tx) => lookAndMove(tx, holdId, 'mark_uncertain', at, attempt));
}

/** The same inside a transaction, for who has locked the hold. */
export const settleIn = (tx: Session, settlement: Settlement) =>
  lookAndMove(tx, settlement.holdId, 'settle', settlement.at, trySettle(settlement));
export const releaseIn = (tx: Session, holdId: string, reason: string, at: number) =>
  lookAndMove(tx, holdId, 'release', at, tryRelease(holdId, reason, at));

/** The hold as it stays until the transaction ends. */
async function lockHold(tx: Session, holdId: string): Promise<MovingHold | undefined> {
  const [hold] = await tx.query<MovingHold>(LOCK, [holdId]);
  return hold;
}

export function alreadyClosed({ state, cost_micro }: MovingHold) {
  return { kind: 'already_closed', state, costMicro: cost_micro } as const;
}

async function lookAndMove<Outcome>(
  tx: Session,
  holdId: string,
  event: HoldEvent,
  at: number,
  attempt: Attempt<Outcome>,
): Promise<Outcome | Replayed> {
  const hold = await lockHold(tx, holdId);
  if (hold === undefined) return { kind: 'unknown_hold' };
  if (stepHold(hold.state, event).kind === 'replayed') return alreadyClosed(hold);
  if (event !== 'mark_uncertain') await lockCredits(tx, hold.account_id, at);
  const outcome = await attempt(tx);
  if (outcome === undefined) throw new Error(`hold ${holdId} of account ${hold.account_id} did not move`);
  return outcome;
}

function trySettle({ holdId, costMicro, usage, at }: Settlement): Attempt<SettlementOutcome> {
  const { inputTokens, cachedInputTokens, cacheWrite5mTokens, cacheWrite1hTokens, outputTokens } = usage;
  const values = [
    ...[holdId, ...moveValues('settle'), chargedMicro('managed', costMicro), chargedMicro('byok', costMicro)],
    ...[inputTokens, cachedInputTokens, cacheWrite5mTokens, cacheWrite1hTokens, outputTokens, at],
    ...[monthAt(at), dayAt(at), Math.floor(at / MINUTE_MS)],
  ];
  return async (session) => {
    const [row] = await session.query<{ cost_micro: bigint; balance_micro: bigint }>(SETTLE, values);
    return row && { kind: 'settled', costMicro: row.cost_micro, remainingMicro: row.balance_micro };
  };
}

function tryRelease(holdId: string, reason: string, at: number): Attempt<Released> {
  const values = [holdId, ...moveValues('release'), reason, at, monthAt(at)];
  return async (session) => {
    const [row] = await session.query<{ balance_micro: bigint }>(RELEASE, values);
    return row && { kind: 'done', remainingMicro: row.balance_micro };
  };
}

function moveValues(event: HoldEvent): readonly [Value, Value] {
  const { from, to } = HOLD_MOVES[event];
  return [from, to];
}
