import { type RetryingSession, statement } from '../../database/postgres/connections.ts';
import { MINUTES_KEPT_MS } from '../../money/periods.ts';
import { createPruneSchedule } from '../prune-schedule.ts';

export const MINUTE_MS = 60_000;

const PRUNE = statement('DELETE FROM usage_minutes WHERE account_id = $1 AND minute < $2');

/** The part of a statement that adds a call to a period's totals; `call` names the columns that it reads from `account`. */
export const countCall = (table: string, period: string, value: string, inputTokens: string, outputTokens: string) => `
  INSERT INTO ${table} (account_id, ${period}, workspace_id, requests, input_tokens, output_tokens, cost_micro)
  SELECT account_id, ${value}, workspace_id, 1, ${inputTokens}, ${outputTokens}, cost_micro FROM account
  ON CONFLICT (account_id, ${period}, workspace_id) DO UPDATE SET
    requests = ${table}.requests + 1,
    input_tokens = ${table}.input_tokens + excluded.input_tokens,
    output_tokens = ${table}.output_tokens + excluded.output_tokens,
    cost_micro = ${table}.cost_micro + excluded.cost_micro`;

/** Throws old minutes of an account away, once an hour; `at` is now. */
export type Pruner = (db: RetryingSession, accountId: string, at: number) => Promise<void>;

export function createPruner(): Pruner {
  const isDue = createPruneSchedule();
  return async (db, accountId, at) => {
    const minute = Math.floor(at / MINUTE_MS);
    if (isDue(accountId, minute)) await db.query(PRUNE, [accountId, minute - MINUTES_KEPT_MS / MINUTE_MS]);
  };
}
