import type { UsageTotals } from '../../money/usage.ts';

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

export interface UsageStore {
  /** Usage of the days from `fromDay` (`YYYY-MM-DD`) on. */
  usageOverview(accountId: string, fromDay: string): Promise<UsageOverview>;
  /** Buckets by their start in milliseconds, oldest first. */
  usageSeries(query: UsageSeriesQuery): Promise<readonly (UsageTotals & { readonly from: number })[]>;
}
