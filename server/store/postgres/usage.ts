import { MINUTES_KEPT_MS } from '../../domain/periods.ts';
import type { UsageStore } from '../../domain/store.ts';
import { createPruneSchedule } from '../prune-schedule.ts';
import { type TotalsRow, totalsOf } from '../rows.ts';
import { type Connections, type Database, statement } from './database.ts';

export const MINUTE_MS = 60_000;

const SUMS = `sum(requests)::bigint AS requests, sum(input_tokens)::bigint AS input_tokens,
  sum(output_tokens)::bigint AS output_tokens, sum(cost_micro)::bigint AS cost_micro`;

const SELECT_DAILY = statement(
  `SELECT day, ${SUMS} FROM usage_days WHERE account_id = $1 AND day >= $2 GROUP BY day ORDER BY day`,
);
const SELECT_BY_WORKSPACE = statement(`
  SELECT workspace_id, workspaces.name, requests, input_tokens, output_tokens, cost_micro
  FROM (
    SELECT workspace_id, ${SUMS} FROM usage_days WHERE account_id = $1 AND day >= $2 GROUP BY workspace_id
  ) AS used JOIN workspaces ON workspaces.id = workspace_id
  ORDER BY workspaces.created_at, workspaces.written_at`);
const SELECT_BUCKETS = statement(`
  SELECT (minute - $2) / $4::bigint AS bucket, ${SUMS} FROM usage_minutes
  WHERE account_id = $1 AND minute >= $2 AND minute < $3 AND ($5::text IS NULL OR workspace_id = $5)
  GROUP BY bucket ORDER BY bucket`);
const PRUNE = statement('DELETE FROM usage_minutes WHERE account_id = $1 AND minute < $2');

export function usageStore({ run }: Connections): UsageStore {
  return {
    usageOverview: (accountId, fromDay) =>
      run((db) =>
        db.snapshot(async (tx) => {
          const [daily, byWorkspace] = await Promise.all([
            tx.query<TotalsRow & { day: string }>(SELECT_DAILY, [accountId, fromDay]),
            tx.query<TotalsRow & { workspace_id: string; name: string }>(SELECT_BY_WORKSPACE, [accountId, fromDay]),
          ]);
          return {
            daily: daily.map((row) => ({ ...totalsOf(row), day: row.day })),
            byWorkspace: byWorkspace.map((row) => ({
              ...totalsOf(row),
              workspaceId: row.workspace_id,
              workspaceName: row.name,
            })),
          };
        }),
      ),
    usageSeries: ({ accountId, workspaceId, from, to, stepSeconds }) =>
      run(async (db) => {
        const minutes = [from / MINUTE_MS, Math.ceil(to / MINUTE_MS), stepSeconds / 60];
        const rows = await db.query<TotalsRow & { bucket: bigint }>(SELECT_BUCKETS, [
          accountId,
          ...minutes,
          workspaceId ?? null,
        ]);
        return rows.map((row) => ({ ...totalsOf(row), from: from + Number(row.bucket) * stepSeconds * 1000 }));
      }),
  };
}

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
export type Pruner = (db: Database, accountId: string, at: number) => Promise<void>;

export function createPruner(): Pruner {
  const isDue = createPruneSchedule();
  return async (db, accountId, at) => {
    const minute = Math.floor(at / MINUTE_MS);
    if (isDue(accountId, minute)) await db.query(PRUNE, [accountId, minute - MINUTES_KEPT_MS / MINUTE_MS]);
  };
}
