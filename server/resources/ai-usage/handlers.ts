import { type Micro, microAsCredits, microAsInteger } from '../../money/microcredits.ts';
import {
  fillBuckets,
  type MetricRange,
  metricWindow,
  USAGE_WINDOW_DAYS,
  usageWindowStart,
} from '../../money/periods.ts';
import type { UsageTotals } from '../../money/usage.ts';
import type { Handlers } from '../operations.ts';
import type { ServicesWith } from '../services.ts';

import type { AiUsage, UsageScope } from './sql.ts';

type Bucket = UsageTotals & { readonly from: number };

const NOTHING: UsageTotals = { requests: 0, inputTokens: 0, outputTokens: 0, costMicro: 0n };

/** Usage by day and workspace, and over time for the account or one workspace of it. */
export function aiUsageHandlers({
  store,
  clock,
}: ServicesWith<AiUsage>): Pick<
  Handlers,
  | 'getAiUsage'
  | 'getAccountUsageMetrics'
  | 'getAccountUsageSummary'
  | 'getWorkspaceUsageMetrics'
  | 'getWorkspaceUsageSummary'
> {
  return {
    getAiUsage: async ({ account }) => {
      const { daily, byWorkspace } = await store.usageOverview(account.id, usageWindowStart(clock(account.id)));
      return {
        status: 200,
        body: {
          window_days: USAGE_WINDOW_DAYS,
          daily: daily.map(({ day, ...totals }) => ({ day, ...row(totals) })),
          by_workspace: byWorkspace.map(({ workspaceId, workspaceName, ...totals }) => ({
            workspace_id: workspaceId,
            workspace_name: workspaceName,
            ...row(totals),
          })),
        },
      };
    },

    getAccountUsageMetrics: async ({ account, query }) => ({
      status: 200,
      body: { ...(await metrics({ accountId: account.id }, query.range)), workspace_id: null },
    }),

    getAccountUsageSummary: async ({ account, query }) => ({
      status: 200,
      body: { ...(await summary({ accountId: account.id }, query.range)), workspace_id: null },
    }),

    getWorkspaceUsageMetrics: async ({ account, resources: { workspace }, query }) => {
      const scope = { accountId: account.id, workspaceId: workspace.id };
      return { status: 200, body: { ...(await metrics(scope, query.range)), workspace_id: workspace.id } };
    },

    getWorkspaceUsageSummary: async ({ account, resources: { workspace }, query }) => {
      const scope = { accountId: account.id, workspaceId: workspace.id };
      return { status: 200, body: { ...(await summary(scope, query.range)), workspace_id: workspace.id } };
    },
  };

  async function metrics(scope: UsageScope, range: MetricRange) {
    const window = metricWindow(range, clock(scope.accountId));
    const buckets = fillBuckets(window, await store.usageSeries({ ...scope, ...window }), NOTHING);
    const series = (value: (bucket: Bucket) => number) =>
      buckets.map((bucket) => ({ t: bucket.from / 1000, v: value(bucket) }));
    return {
      range,
      step_seconds: window.stepSeconds,
      series: {
        credits: series((bucket) => microAsCredits(bucket.costMicro)),
        requests: series((bucket) => bucket.requests),
        input_tokens: series((bucket) => bucket.inputTokens),
        output_tokens: series((bucket) => bucket.outputTokens),
      },
    };
  }

  /** Over the same buckets as the series, so that the two agree. */
  async function summary(scope: UsageScope, range: MetricRange) {
    const buckets = await store.usageSeries({ ...scope, ...metricWindow(range, clock(scope.accountId)) });
    const { costMicro, requests, inputTokens, outputTokens } = buckets.reduce(sum, NOTHING);
    return {
      range,
      total_credits: microAsCredits(costMicro),
      total_credits_micro: microAsInteger(costMicro),
      total_requests: requests,
      input_tokens: inputTokens,
      output_tokens: outputTokens,
    };
  }
}

function row({ requests, inputTokens, outputTokens, costMicro }: UsageTotals) {
  return { requests, input_tokens: inputTokens, output_tokens: outputTokens, ...cost(costMicro) };
}

function cost(micro: Micro) {
  return { credits: microAsCredits(micro), credits_micro: microAsInteger(micro) };
}

function sum(a: UsageTotals, b: UsageTotals): UsageTotals {
  return {
    requests: a.requests + b.requests,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    costMicro: a.costMicro + b.costMicro,
  };
}
