import type { Database } from 'better-sqlite3';
import { type TotalsRow, totalsOf } from '../../money/usage.ts';
import type { UsageStore } from './usage-store.ts';

const MINUTE_MS = 60_000;

const SUMS = `sum(requests) AS requests, sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens,
  sum(cost_micro) AS cost_micro`;

export function usageStore(db: Database): UsageStore {
  const selectDaily = db.prepare<[string, string], TotalsRow & { day: string }>(
    `SELECT day, ${SUMS} FROM usage_days WHERE account_id = ? AND day >= ? GROUP BY day ORDER BY day`,
  );
  const selectByWorkspace = db.prepare<[string, string], TotalsRow & { workspace_id: string; name: string }>(
    `SELECT workspace_id, name, requests, input_tokens, output_tokens, cost_micro
     FROM (
       SELECT workspace_id, ${SUMS} FROM usage_days WHERE account_id = ? AND day >= ? GROUP BY workspace_id
     ) JOIN workspaces ON workspaces.id = workspace_id
     ORDER BY workspaces.created_at, workspaces.rowid`,
  );
  const selectBuckets = (scope: string) =>
    db.prepare<SeriesParameters, TotalsRow & { bucket: bigint }>(
      `SELECT (minute - @fromMinute) / @stepMinutes AS bucket, ${SUMS} FROM usage_minutes
       WHERE account_id = @accountId AND minute >= @fromMinute AND minute < @toMinute ${scope}
       GROUP BY bucket ORDER BY bucket`,
    );
  const ofAccount = selectBuckets('');
  const ofWorkspace = selectBuckets('AND workspace_id = @workspaceId');

  const overview = db.transaction((accountId: string, fromDay: string) => ({
    daily: selectDaily.all(accountId, fromDay).map((row) => ({ ...totalsOf(row), day: row.day })),
    byWorkspace: selectByWorkspace
      .all(accountId, fromDay)
      .map((row) => ({ ...totalsOf(row), workspaceId: row.workspace_id, workspaceName: row.name })),
  }));

  return {
    async usageOverview(accountId, fromDay) {
      return overview(accountId, fromDay);
    },
    async usageSeries({ accountId, workspaceId, from, to, stepSeconds }) {
      const statement = workspaceId === undefined ? ofAccount : ofWorkspace;
      const rows = statement.all({
        accountId,
        workspaceId: workspaceId ?? null,
        fromMinute: BigInt(from / MINUTE_MS),
        toMinute: BigInt(Math.ceil(to / MINUTE_MS)),
        stepMinutes: BigInt(stepSeconds / 60),
      });
      return rows.map((row) => ({ ...totalsOf(row), from: from + Number(row.bucket) * stepSeconds * 1000 }));
    },
  };
}

interface SeriesParameters {
  readonly accountId: string;
  readonly workspaceId: string | null;
  readonly fromMinute: bigint;
  readonly toMinute: bigint;
  readonly stepMinutes: bigint;
}
