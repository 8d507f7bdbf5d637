import type { Database } from 'better-sqlite3';
import type { Micro } from '../../money/microcredits.ts';
import type { Month } from '../../money/periods.ts';
import type { Mode } from '../../money/prices.ts';
import type { Replayed, Settlement, SettlementOutcome, TransitionOutcome } from '../port.ts';
import { heldIn } from '../rows.ts';
import { chargedMicro, checkedUsage, type HoldEvent, type HoldState, stepHold } from '../rules/holds.ts';
import { unusedMicro } from '../rules/month-turn.ts';
import type { Balances } from './balances.ts';
import { createUsageCounter } from './usage-counter.ts';

/** What happens to a hold once it is placed; all of it inside the transaction of its caller. */
export interface HoldTransitions {
  settle(settlement: Settlement): SettlementOutcome;
  release(holdId: string, reason: string, at: number): TransitionOutcome;
  markUncertain(holdId: string, reason: string, at: number, boundMicro?: Micro): TransitionOutcome;
}

interface MovingHold {
  readonly month: Month | null;
  readonly created_at: bigint;
  readonly account_id: string;
  readonly workspace_id: string;
  readonly mode: Mode;
  readonly state: HoldState;
  readonly amount_micro: bigint;
  readonly cost_micro: bigint;
}

export function createHoldTransitions(db: Database, balances: Balances): HoldTransitions {
  const countUsage = createUsageCounter(db);
  const select = db.prepare<[string], MovingHold>(
    'SELECT account_id, workspace_id, mode, state, amount_micro, cost_micro, month, created_at FROM holds WHERE id = ?',
  );
  const move = db.prepare<[HoldState, string | null, number, string]>(
    'UPDATE holds SET state = ?, reason = ?, updated_at = ? WHERE id = ?',
  );
  const lower = db.prepare<[bigint, bigint, string]>(
    'UPDATE holds SET amount_micro = ?, placed_micro = ? WHERE id = ?',
  );
  const close = db.prepare(
    `UPDATE holds SET state = @to, cost_micro = @costMicro, input_tokens = @inputTokens,
       cached_input_tokens = @cachedInputTokens, cache_write_5m_tokens = @cacheWrite5mTokens,
       cache_write_1h_tokens = @cacheWrite1hTokens, output_tokens = @outputTokens, updated_at = @at
     WHERE id = @holdId`,
  );

  function next(holdId: string, event: HoldEvent): { kind: 'moved'; to: HoldState; hold: MovingHold } | Replayed {
    const hold = select.get(holdId);
    if (hold === undefined) return { kind: 'unknown_hold' };
    const step = stepHold(hold.state, event);
    if (step.kind === 'moved') return { ...step, hold };
    return { kind: 'already_closed', state: hold.state, costMicro: hold.cost_micro };
  }

  /** Gives back what the hold is not needed for. */
  function free(holdId: string, hold: MovingHold, freedMicro: Micro, month: Month, at: number): Micro {
    return balances.giveBack({ holdId, accountId: hold.account_id, heldIn: heldIn(hold), freedMicro, at }, month);
  }

  return {
    settle({ holdId, costMicro, usage, at }) {
      const step = next(holdId, 'settle');
      if (step.kind !== 'moved') return step;
      const { hold } = step;
      const { account_id: accountId, workspace_id: workspaceId, mode, amount_micro: amountMicro } = hold;
      const { inputTokens, outputTokens } = checkedUsage(usage);
      const charged = chargedMicro(mode, costMicro);
      const charge = { accountId, kind: 'charge', amountMicro: -charged, holdId, note: null, at } as const;
      const month = balances.startMonth(accountId, at);
      close.run({ ...usage, holdId, to: step.to, costMicro: charged, at });
      countUsage(accountId, workspaceId, { requests: 1, inputTokens, outputTokens, costMicro: charged }, at);
      const lateMicro = heldIn(hold) < month ? unusedMicro(amountMicro, charged) : 0n;
      const paid = mode === 'byok' ? free(holdId, hold, 0n, month, at) : balances.post(charge, amountMicro - lateMicro);
      const remainingMicro = lateMicro === 0n ? paid : free(holdId, hold, lateMicro, month, at);
      return { kind: 'settled', costMicro: charged, remainingMicro };
    },
    release(holdId, reason, at) {
      const step = next(holdId, 'release');
      if (step.kind !== 'moved') return step;
      const month = balances.startMonth(step.hold.account_id, at);
      move.run(step.to, reason, at, holdId);
      free(holdId, step.hold, step.hold.amount_micro, month, at);
      return { kind: 'done' };
    },
    markUncertain(holdId, reason, at, boundMicro) {
      const step = next(holdId, 'mark_uncertain');
      if (step.kind !== 'moved') return step;
      const { hold } = step;
      move.run(step.to, reason, at, holdId);
      if (boundMicro === undefined || boundMicro >= hold.amount_micro) return { kind: 'done' };
      const month = balances.startMonth(hold.account_id, at);
      lower.run(boundMicro, hold.amount_micro, holdId);
      free(holdId, hold, hold.amount_micro - boundMicro, month, at);
      return { kind: 'done' };
    },
  };
}
