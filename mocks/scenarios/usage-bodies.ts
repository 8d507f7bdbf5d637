import type {
  AiUsageMetricsRange,
  AiUsageMetricsResponse,
  AiUsageMetricsSummaryResponse,
  GetAiUsageResponse,
} from '../../generated/control-plane.ts';
import type { Scenario, ScenarioUsage, ScenarioWorkspace } from '../../generated/scenarios.ts';
import { creditsOf, type Totals, totalsOf } from './totals.ts';

const WINDOW_DAYS = 30;

/** `GET /users/me/ai-usage`: days and workspaces without usage are left out; the oldest come first. */
export function aiUsage({ workspaces, usageFromDay }: Scenario): GetAiUsageResponse {
  const inWindow = ([atSeconds]: ScenarioUsage) => dayOf(atSeconds) >= usageFromDay;
  const rows = workspaces.flatMap(({ usage }) => usage.filter(inWindow));
  const days = Map.groupBy(rows, ([atSeconds]) => dayOf(atSeconds));
  return {
    window_days: WINDOW_DAYS,
    daily: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, own]) => ({ day, ...rowOf(totalsOf(own)) })),
    by_workspace: workspaces
      .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
      .map(({ id, name, usage }) => ({ id, name, own: usage.filter(inWindow) }))
      .filter(({ own }) => own.length > 0)
      .map(({ id, name, own }) => ({ workspace_id: id, workspace_name: name, ...rowOf(totalsOf(own)) })),
  };
}

/** Usage over time of one workspace, or of all that the account has or had. */
export function metrics(
  scenario: Scenario,
  range: AiUsageMetricsRange,
  workspace?: ScenarioWorkspace,
): AiUsageMetricsResponse {
  const { from, to, stepSeconds } = scenario.windows[range];
  const steps = Map.groupBy(rowsIn(scenario, range, workspace), ([at]) => at - ((at - from) % stepSeconds));
  const points = Array.from({ length: (to - from) / stepSeconds }, (_, index) => {
    const t = from + index * stepSeconds;
    return { t, totals: totalsOf(steps.get(t) ?? []) };
  });
  const series = (value: (totals: Totals) => number) => points.map(({ t, totals }) => ({ t, v: value(totals) }));
  return {
    range,
    step_seconds: stepSeconds,
    series: {
      credits: series(({ costMicro }) => creditsOf(costMicro)),
      requests: series(({ requests }) => requests),
      input_tokens: series(({ inputTokens }) => inputTokens),
      output_tokens: series(({ outputTokens }) => outputTokens),
    },
    workspace_id: workspace?.id ?? null,
  };
}

/** The sums over the same time as {@link metrics}. */
export function summary(
  scenario: Scenario,
  range: AiUsageMetricsRange,
  workspace?: ScenarioWorkspace,
): AiUsageMetricsSummaryResponse {
  const { requests, inputTokens, outputTokens, costMicro } = totalsOf(rowsIn(scenario, range, workspace));
  return {
    range,
    total_credits: creditsOf(costMicro),
    total_credits_micro: costMicro,
    total_requests: requests,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    workspace_id: workspace?.id ?? null,
  };
}

function rowsIn(scenario: Scenario, range: AiUsageMetricsRange, workspace?: ScenarioWorkspace): ScenarioUsage[] {
  const { from, to } = scenario.windows[range];
  const rows = workspace?.usage ?? scenario.workspaces.flatMap(({ usage }) => usage);
  return rows.filter(([atSeconds]) => atSeconds >= from && atSeconds < to);
}

function rowOf({ requests, inputTokens, outputTokens, costMicro }: Totals) {
  return {
    requests,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    credits: creditsOf(costMicro),
    credits_micro: costMicro,
  };
}

function dayOf(atSeconds: number): string {
  return new Date(atSeconds * 1000).toISOString().slice(0, 10);
}
