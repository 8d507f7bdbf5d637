import type { Database } from 'better-sqlite3';
import { dayAt, MINUTES_KEPT_MS } from '../../money/periods.ts';
import type { UsageTotals } from '../../money/usage.ts';
import { createPruneSchedule } from '../prune-schedule.ts';

const MINUTE_MS = 60_000;

/** Counts settled calls, in the transaction that settles them. */
export type UsageCounter = (accountId: string, workspaceId: string, call: UsageTotals, at: number) => void;

export function createUsageCounter(db: Database): UsageCounter {
  const upsert = (table: string, period: string) =>
    db.prepare<[string, string | bigint, string, bigint, bigint, bigint, bigint]>(
      `INSERT INTO ${table} (account_id, ${period}, workspace_id, requests, input_tokens, output_tokens, cost_micro)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (account_id, ${period}, workspace_id) DO UPDATE SET
         requests = requests + excluded.requests,
         input_tokens = input_tokens + excluded.input_tokens,
         output_tokens = output_tokens + excluded.output_tokens,
         cost_micro = cost_micro + excluded.cost_micro`,
    );
  const countDay = upsert('usage_days', 'day');
  const countMinute = upsert('usage_minutes', 'minute');
  const prune = db.prepare<[string, number]>('DELETE FROM usage_minutes WHERE account_id = ? AND minute < ?');
  const isDue = createPruneSchedule();

  return (accountId, workspaceId, call, at) => {
    const minute = Math.floor(at / MINUTE_MS);
    const requests = BigInt(call.requests);
    const input = BigInt(call.inputTokens);
    const output = BigInt(call.outputTokens);
    countDay.run(accountId, dayAt(at), workspaceId, requests, input, output, call.costMicro);
    countMinute.run(accountId, BigInt(minute), workspaceId, requests, input, output, call.costMicro);
    if (isDue(accountId, minute)) prune.run(accountId, minute - MINUTES_KEPT_MS / MINUTE_MS);
  };
}
