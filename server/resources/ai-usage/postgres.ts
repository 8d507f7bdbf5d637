import { type Connections, statement } from '../../database/postgres/database.ts';
import { type TotalsRow, totalsOf } from '../../money/usage.ts';
import type { UsageStore } from './usage-store.ts';

const MINUTE_MS = 60_000;

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
