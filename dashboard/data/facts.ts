import type { controlPlane } from '../../client/index.ts';
import type { Micro } from '../figures/amounts.ts';
import type { Totals } from '../figures/totals.ts';

/** What the page works with, read from the contract's bodies: integers become bigints at this door, and stay such. */

export interface Credits {
  readonly mode: controlPlane.AiMode;
  /** Charges and open holds are already taken off; below zero when a call cost more than was left. */
  readonly remainingMicro: Micro;
  /** Granted for this calendar month. */
  readonly totalMicro: Micro;
}

export interface DayUsage extends Totals {
  readonly day: string;
}

export interface WorkspaceUsage extends Totals {
  readonly id: string;
  readonly name: string;
}

export interface Usage {
  readonly windowDays: number;
  /** Days with usage, oldest first. */
  readonly days: readonly DayUsage[];
  readonly workspaces: readonly WorkspaceUsage[];
}

/** Usage over time, in even steps without gaps, oldest first. */
export interface Series {
  readonly stepSeconds: number;
  readonly steps: readonly Step[];
}

export interface Step extends Totals {
  readonly startSeconds: number;
}

export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** What the workspace says itself; null where it inherits. */
  readonly mode: controlPlane.AiMode | null;
}

export function readCredits(body: controlPlane.AiCredits): Credits {
  return { mode: body.mode, remainingMicro: exact(body.remaining_micro), totalMicro: exact(body.total_micro) };
}

export function readUsage(body: controlPlane.GetAiUsageResponse): Usage {
  return {
    windowDays: body.window_days,
    days: body.daily.map((row) => ({ day: row.day, ...toTotals(row) })),
    workspaces: body.by_workspace.map((row) => ({
      id: row.workspace_id,
      name: row.workspace_name,
      ...toTotals(row),
    })),
  };
}

export function readSeries({ step_seconds, series }: controlPlane.AiUsageMetricsResponse): Series {
  return {
    stepSeconds: step_seconds,
    steps: series.credits.map(({ t, v }, index) => ({
      startSeconds: t,
      requests: exact(series.requests[index]?.v ?? 0),
      inputTokens: exact(series.input_tokens[index]?.v ?? 0),
      outputTokens: exact(series.output_tokens[index]?.v ?? 0),
      costMicro: toMicro(v),
    })),
  };
}

export function readWorkspaces({ vms }: controlPlane.ListWorkspacesResponse): readonly Workspace[] {
  return vms.map(({ id, name, ai_mode }) => ({ id, name, mode: ai_mode ?? null }));
}

function toTotals(row: controlPlane.AiUsageDaily | controlPlane.AiUsageWorkspaceTotal): Totals {
  return {
    requests: exact(row.requests),
    inputTokens: exact(row.input_tokens),
    outputTokens: exact(row.output_tokens),
    costMicro: exact(row.credits_micro),
  };
}

/** Refuses a number that JSON cannot carry exactly, instead of showing it slightly wrong. */
function exact(value: number): bigint {
  if (!Number.isSafeInteger(value)) throw new RangeError('not an exact integer');
  return BigInt(value);
}

/** Series have credits as a double, which is exact to the microcredit below two billion credits a step. */
function toMicro(credits: number): Micro {
  return exact(Math.round(credits * 1_000_000));
}
