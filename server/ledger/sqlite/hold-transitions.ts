import type { Database } from 'better-sqlite3';
import type { Mode } from '../../money/prices.ts';
import type { Replayed, Settlement, SettlementOutcome, TransitionOutcome } from '../port.ts';
import { chargedMicro, type HoldEvent, type HoldState, stepHold } from '../rules/holds.ts';
import type { Balances } from './balances.ts';
import { createUsageCounter } from './usage-counter.ts';

/** What happens to a hold once it is placed; all of it inside the transaction of its caller. */
export interface HoldTransitions {
  settle(settlement: Settlement): SettlementOutcome;
  release(holdId: string, reason: string, at: number): TransitionOutcome;
  markUncertain(holdId: string, reason: string, at: number): TransitionOutcome;
}

interface MovingHold {
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
    'SELECT account_id, workspace_id, mode, state, amount_micro, cost_micro FROM holds WHERE id = ?',
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

  function next(holdId: string, event: HoldEvent): { kind: 'moved'; to: HoldState; hold: MovingHold } | Replayed {
    const hold = select.get(holdId);
    if (hold === undefined) return { kind: 'unknown_hold' };
    const step = stepHold(hold.state, event);
    if (step.kind === 'moved') return { ...step, hold };
    return { kind: 'already_closed', state: hold.state, costMicro: hold.cost_micro };
  }

  return {
    settle({ holdId, costMicro, usage, at }) {
      const step = next(holdId, 'settle');
      if (step.kind !== 'moved') return step;
      const { account_id: accountId, workspace_id: workspaceId, mode, amount_micro: backMicro } = step.hold;
      const { inputTokens, outputTokens } = usage;
      const charged = chargedMicro(mode, costMicro);
      const charge = { accountId, kind: 'charge', amountMicro: -charged, holdId, note: null, at } as const;
      balances.current(accountId, at);
      close.run({ ...usage, holdId, to: step.to, costMicro: charged, at });
      countUsage(accountId, workspaceId, { requests: 1, inputTokens, outputTokens, costMicro: charged }, at);
      const remainingMicro =
        mode === 'byok' ? balances.giveBack(accountId, backMicro) : balances.post(charge, backMicro);
      return { kind: 'settled', costMicro: charged, remainingMicro };
    },
    release(holdId, reason, at) {
      const step = next(holdId, 'release');
      if (step.kind !== 'moved') return step;
      balances.current(step.hold.account_id, at);
      move.run(step.to, reason, at, holdId);
      balances.giveBack(step.hold.account_id, step.hold.amount_micro);
      return { kind: 'done' };
    },
    markUncertain(holdId, reason, at) {
      const step = next(holdId, 'mark_uncertain');
      if (step.kind !== 'moved') return step;
      move.run(step.to, reason, at, holdId);
      return { kind: 'done' };
    },
  };
}
