import { isDividedByZero, type RetryingSession, type Session, statement } from '../../database/postgres/connections.ts';
import type { Value } from '../../database/query.ts';
import type { Micro } from '../../money/microcredits.ts';
import { dayAt, type Month, monthAt } from '../../money/periods.ts';
import type { Mode } from '../../money/prices.ts';
import type { Replayed, Settlement, SettlementOutcome, TransitionOutcome } from '../port.ts';
import { type HeldPart, heldIn } from '../rows.ts';
import { chargedMicro, checkedUsage, HOLD_MOVES, type HoldEvent, type HoldState, stepHold } from '../rules/holds.ts';
import { unusedMicro } from '../rules/month-turn.ts';
import { expireLate, lockMonth } from './balances.ts';
import { countCall, MINUTE_MS } from './usage-counter.ts';

/**
 * What happens to a hold once it is placed. Each is one statement, which changes nothing unless the hold may move, the month
 * of its account has begun, and the hold is of that month; where it changed nothing, a transaction looks why, and does what
 * is left to do. The hold is locked before its account, and the account before its totals, by everybody.
 */

/** `anyMonth` is a parameter, 1 or 0: whether the hold may be of an earlier month, because a transaction sees to what expires of it. */
const MOVABLE = (month: string, anyMonth: string) => `id = $1 AND state = ANY ($2::text[])
    AND EXISTS (SELECT 1 FROM accounts WHERE accounts.id = holds.account_id AND accounts.month >= ${month}
      AND (accounts.month = holds.month OR ${anyMonth}::int = 1))`;

/**
 * The account of the hold, in the month that it was seen in: another process may have started the next one since. Then
 * `STILL` divides by zero, which undoes the statement.
 */
const ACCOUNT = (anyMonth: string) =>
  `accounts.id = hold.account_id AND (accounts.month = hold.month OR ${anyMonth}::int = 1)`;
const STILL = '1 / (SELECT count(*) FROM account) AS still';

const SETTLE = statement(`
  WITH hold AS (
    UPDATE holds SET state = $3, cost_micro = CASE mode WHEN 'byok' THEN $5::bigint ELSE $4::bigint END,
      input_tokens = $6::bigint, cached_input_tokens = $7, cache_write_5m_tokens = $8, cache_write_1h_tokens = $9,
      output_tokens = $10::bigint, updated_at = $11::bigint
    WHERE ${MOVABLE('$12', '$15')}
    RETURNING month, id, account_id, workspace_id, mode, amount_micro, cost_micro
  ), account AS (
    UPDATE accounts SET balance_micro = balance_micro + hold.amount_micro - hold.cost_micro,
      last_entry = last_entry + CASE hold.mode WHEN 'byok' THEN 0 ELSE 1 END
    FROM hold WHERE ${ACCOUNT('$15')}
    RETURNING hold.account_id, hold.workspace_id, hold.mode, hold.id AS hold_id, hold.cost_micro, last_entry,
      balance_micro
  ), entry AS (
    INSERT INTO ledger_entries (account_id, number, kind, amount_micro, hold_id, at)
    SELECT account_id, last_entry, 'charge', -cost_micro, hold_id, $11::bigint FROM account WHERE mode <> 'byok'
  ), day AS (${countCall('usage_days', 'day', '$13', '$6::bigint', '$10::bigint')}
  ), minute AS (${countCall('usage_minutes', 'minute', '$14::bigint', '$6::bigint', '$10::bigint')}
  )
  SELECT hold.amount_micro, hold.cost_micro, balance_micro, ${STILL} FROM hold LEFT JOIN account ON true`);
const RELEASE = statement(`
  WITH hold AS (
    UPDATE holds SET state = $3, reason = $4, updated_at = $5 WHERE ${MOVABLE('$6', '$7')}
    RETURNING account_id, amount_micro, month
  ), account AS (
    UPDATE accounts SET balance_micro = balance_micro + hold.amount_micro FROM hold WHERE ${ACCOUNT('$7')}
    RETURNING balance_micro
  )
  SELECT hold.amount_micro, ${STILL} FROM hold LEFT JOIN account ON true`);
const MARK_UNCERTAIN = statement(`
  UPDATE holds SET state = $3, reason = $4, updated_at = $5 WHERE id = $1 AND state = ANY ($2::text[]) RETURNING id`);
/** Behind the locks of the hold and its account. */
const LOWER = statement(`
  WITH hold AS (
    UPDATE holds SET amount_micro = $2::bigint, placed_micro = amount_micro WHERE id = $1
    RETURNING account_id, placed_micro - amount_micro AS freed_micro
  )
  UPDATE accounts SET balance_micro = balance_micro + hold.freed_micro FROM hold WHERE accounts.id = hold.account_id`);
const LOCK = statement(
  'SELECT account_id, mode, state, amount_micro, cost_micro, month, created_at FROM holds WHERE id = $1 FOR UPDATE',
);

interface MovingHold {
  readonly account_id: string;
  readonly mode: Mode;
  readonly state: HoldState;
  readonly amount_micro: bigint;
  readonly cost_micro: bigint;
  readonly month: Month | null;
  readonly created_at: bigint;
}

const DONE = { kind: 'done' } as const;

/** What a statement gave back of a hold to its account, and what the outcome is when so much of that has expired. */
interface Moved<Outcome> {
  readonly freedMicro: Micro;
  outcome(expiredMicro: Micro): Outcome;
}

interface Move<Outcome> {
  readonly holdId: string;
  readonly event: HoldEvent;
  readonly at: number;
  /** Undefined where nothing changed. `isLocked`: hold and account are, so that the hold may be of any month. */
  attempt(session: Session, isLocked: boolean): Promise<Moved<Outcome> | undefined>;
}

export function settle(db: RetryingSession, settlement: Settlement): Promise<SettlementOutcome> {
  return moveHold(db, toSettle(settlement));
}

export function release(db: RetryingSession, holdId: string, reason: string, at: number): Promise<TransitionOutcome> {
  return moveHold(db, toRelease(holdId, reason, at));
}

export async function markUncertain(
  db: RetryingSession,
  holdId: string,
  reason: string,
  at: number,
  boundMicro?: Micro,
): Promise<TransitionOutcome> {
  const event = 'mark_uncertain';
  const mark = (session: Session) => session.query(MARK_UNCERTAIN, [holdId, ...moveValues(event), reason, at]);
  if (boundMicro === undefined && (await mark(db)).length > 0) return DONE;
  return db.transaction(async (tx) => {
    const hold = await lockHold(tx, holdId);
    if (hold === undefined || stepHold(hold.state, event).kind === 'replayed') return toReplayed(hold);
    await mark(tx);
    if (boundMicro === undefined || boundMicro >= hold.amount_micro) return DONE;
    const month = await lockMonth(tx, hold.account_id, at);
    await tx.query(LOWER, [holdId, boundMicro]);
    await expireLate(tx, toPart(holdId, hold, hold.amount_micro - boundMicro, at), month);
    return DONE;
  });
}

/** The same inside a transaction, for who has locked the hold. */
export const settleIn = (tx: Session, settlement: Settlement) => lookAndMove(tx, toSettle(settlement));
export const releaseIn = (tx: Session, holdId: string, reason: string, at: number) =>
  lookAndMove(tx, toRelease(holdId, reason, at));

async function moveHold<Outcome>(db: RetryingSession, move: Move<Outcome>): Promise<Outcome | Replayed> {
  const moved = await move.attempt(db, false).catch((error: unknown) => {
    if (!isDividedByZero(error)) throw error;
  });
  return moved?.outcome(0n) ?? db.transaction((tx) => lookAndMove(tx, move));
}

/** The hold as it stays until the transaction ends. */
async function lockHold(tx: Session, holdId: string): Promise<MovingHold | undefined> {
  const [hold] = await tx.query<MovingHold>(LOCK, [holdId]);
  return hold;
}

function toReplayed(hold: MovingHold | undefined): Replayed {
  return hold === undefined
    ? { kind: 'unknown_hold' }
    : { kind: 'already_closed', state: hold.state, costMicro: hold.cost_micro };
}

function toPart(holdId: string, hold: MovingHold, freedMicro: Micro, at: number): HeldPart {
  return { holdId, accountId: hold.account_id, heldIn: heldIn(hold), freedMicro, at };
}

async function lookAndMove<Outcome>(tx: Session, move: Move<Outcome>): Promise<Outcome | Replayed> {
  const { holdId, event, at } = move;
  const hold = await lockHold(tx, holdId);
  if (hold === undefined || stepHold(hold.state, event).kind === 'replayed') return toReplayed(hold);
  const month = await lockMonth(tx, hold.account_id, at);
  const moved = await move.attempt(tx, true);
  if (moved === undefined) throw new Error(`hold ${holdId} of account ${hold.account_id} did not move`);
  return moved.outcome(await expireLate(tx, toPart(holdId, hold, moved.freedMicro, at), month));
}

function toSettle({ holdId, costMicro, usage, at }: Settlement): Move<SettlementOutcome> {
  const { inputTokens, cachedInputTokens, cacheWrite5mTokens, cacheWrite1hTokens, outputTokens } = checkedUsage(usage);
  const values = [
    ...[holdId, ...moveValues('settle'), chargedMicro('managed', costMicro), chargedMicro('byok', costMicro)],
    ...[inputTokens, cachedInputTokens, cacheWrite5mTokens, cacheWrite1hTokens, outputTokens, at],
    ...[monthAt(at), dayAt(at), Math.floor(at / MINUTE_MS)],
  ];
  type Row = { readonly amount_micro: bigint; readonly cost_micro: bigint; readonly balance_micro: bigint };
  return {
    holdId,
    event: 'settle',
    at,
    async attempt(session, isLocked) {
      const [row] = await session.query<Row>(SETTLE, [...values, Number(isLocked)]);
      return (
        row && {
          freedMicro: unusedMicro(row.amount_micro, row.cost_micro),
          outcome(expiredMicro) {
            const remainingMicro = row.balance_micro - expiredMicro;
            return { kind: 'settled', costMicro: row.cost_micro, remainingMicro };
          },
        }
      );
    },
  };
}

function toRelease(holdId: string, reason: string, at: number): Move<typeof DONE> {
  const values = [holdId, ...moveValues('release'), reason, at, monthAt(at)];
  return {
    holdId,
    event: 'release',
    at,
    async attempt(session, isLocked) {
      const [row] = await session.query<{ readonly amount_micro: bigint }>(RELEASE, [...values, Number(isLocked)]);
      return row && { freedMicro: row.amount_micro, outcome: () => DONE };
    },
  };
}

function moveValues(event: HoldEvent): readonly [Value, Value] {
  const { from, to } = HOLD_MOVES[event];
  return [from, to];
}
