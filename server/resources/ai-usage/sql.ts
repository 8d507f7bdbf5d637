import { sql } from 'kysely';
import { all, type Database } from '../../database/database.ts';
import { type Int, queriesOn } from '../../database/query.ts';
import { toUsageTotals, type UsageTotals } from '../../money/usage.ts';
import type { WorkspacesTable } from '../workspaces/sql.ts';

export interface UsageOverview {
  /** Days with usage, oldest first; `day` is `YYYY-MM-DD` in UTC. */
  readonly daily: readonly (UsageTotals & { readonly day: string })[];
  /** Deleted workspaces keep their row; oldest workspace first. */
  readonly byWorkspace: readonly (UsageTotals & { readonly workspaceId: string; readonly workspaceName: string })[];
}

export interface UsageScope {
  readonly accountId: string;
  /** Left out: all workspaces of the account. */
  readonly workspaceId?: string;
}

/** Usage in a window of time, cut in buckets of `stepSeconds`; only buckets that have usage are listed. */
export interface UsageSeriesQuery extends UsageScope {
  /** Start of the first bucket, a whole minute; inclusive, milliseconds. */
  readonly from: number;
  /** End of the last bucket, exclusive, milliseconds. */
  readonly to: number;
  /** A multiple of 60. */
  readonly stepSeconds: number;
}

export interface AiUsage {
  /** Usage of the days from `fromDay` (`YYYY-MM-DD`) on. */
  usageOverview(accountId: string, fromDay: string): Promise<UsageOverview>;
  /** Buckets by their start in milliseconds, oldest first. */
  usageSeries(query: UsageSeriesQuery): Promise<readonly (UsageTotals & { readonly from: number })[]>;
}

interface UsageColumns {
  readonly account_id: string;
  readonly workspace_id: string;
  readonly requests: Int;
  readonly input_tokens: Int;
  readonly output_tokens: Int;
  readonly cost_micro: Int;
}

const query = queriesOn<{
  usage_days: UsageColumns & { readonly day: string };
  usage_minutes: UsageColumns & { readonly minute: Int };
  workspaces: WorkspacesTable;
}>();

const COUNTS = ['requests', 'input_tokens', 'output_tokens', 'cost_micro'] as const;

const DAILY = query((db, values: { accountId: string; fromDay: string }, { sum }) =>
  db
    .selectFrom('usage_days')
    .select('day')
    .select(COUNTS.map((count) => sum(count).as(count)))
    .where('account_id', '=', values.accountId)
    .where('day', '>=', values.fromDay)
    .groupBy('day')
    .orderBy('day'),
);
/** Summed up before it is joined: so each workspace is read once, of however many days its usage is. */
const BY_WORKSPACE = query((db, values: { accountId: string; fromDay: string }, { sum, written }) =>
  db
    .selectFrom((from) =>
      from
        .selectFrom('usage_days')
        .select('workspace_id')
        .select(COUNTS.map((count) => sum(count).as(count)))
        .where('account_id', '=', values.accountId)
        .where('day', '>=', values.fromDay)
        .groupBy('workspace_id')
        .as('used'),
    )
    .innerJoin('workspaces', 'workspaces.id', 'used.workspace_id')
    .select(['used.workspace_id', 'workspaces.name', ...COUNTS])
    .orderBy('workspaces.created_at')
    .orderBy(written('workspaces')),
);

interface SeriesValues {
  readonly accountId: string;
  readonly fromMinute: bigint;
  readonly toMinute: bigint;
  readonly stepMinutes: bigint;
}

const series = <Values extends SeriesValues>(inScope: (values: Values) => string | undefined) =>
  query((db, values: Values, { sum }) => {
    const workspaceId = inScope(values);
    return db
      .selectFrom('usage_minutes')
      .select(sql<bigint>`(minute - ${values.fromMinute}) / cast(${values.stepMinutes} as bigint)`.as('bucket'))
      .select(COUNTS.map((count) => sum(count).as(count)))
      .where('account_id', '=', values.accountId)
      .where('minute', '>=', values.fromMinute)
      .where('minute', '<', values.toMinute)
      .$if(workspaceId !== undefined, (select) => select.where('workspace_id', '=', workspaceId ?? ''))
      .groupBy(sql.ref('bucket'))
      .orderBy('bucket');
  });
const ACCOUNT_SERIES = series<SeriesValues>(() => undefined);
const WORKSPACE_SERIES = series<SeriesValues & { workspaceId: string }>((values) => values.workspaceId);

const MINUTE_MS = 60_000;

export function aiUsageSql(database: Database): AiUsage {
  return {
    usageOverview: (accountId, fromDay) =>
      database.snapshot(function* () {
        const daily = yield* all(DAILY, { accountId, fromDay });
        const byWorkspace = yield* all(BY_WORKSPACE, { accountId, fromDay });
        return {
          daily: daily.map((row) => ({ ...toUsageTotals(row), day: row.day })),
          byWorkspace: byWorkspace.map((row) => ({
            ...toUsageTotals(row),
            workspaceId: row.workspace_id,
            workspaceName: row.name,
          })),
        };
      }),
    async usageSeries({ accountId, workspaceId, from, to, stepSeconds }) {
      const values = {
        accountId,
        fromMinute: BigInt(from / MINUTE_MS),
        toMinute: BigInt(Math.ceil(to / MINUTE_MS)),
        stepMinutes: BigInt(stepSeconds / 60),
      };
      const rows =
        workspaceId === undefined
          ? await database.all(ACCOUNT_SERIES, values)
          : await database.all(WORKSPACE_SERIES, { ...values, workspaceId });
      return rows.map((row) => ({ ...toUsageTotals(row), from: from + Number(row.bucket) * stepSeconds * 1000 }));
    },
  };
}
