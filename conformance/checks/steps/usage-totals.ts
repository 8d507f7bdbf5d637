import { z } from 'zod';
import type { Caller } from '../../http/caller.ts';
import { givenShape } from '../../http/want.ts';
import { documented } from '../documented.ts';

/** Counted calls, tokens and microcredits, as every view of the usage tells them. What else it tells is not read. */
export const totals = z.object({
  requests: z.int(),
  input_tokens: z.int(),
  output_tokens: z.int(),
  credits_micro: z.int(),
});

export type Totals = Readonly<z.output<typeof totals>>;

/** The rows of ai-usage. */
export const usageRows = z.object({
  daily: z.array(totals),
  by_workspace: z.array(totals.extend({ workspace_id: z.string() })),
});

const NOTHING: Totals = { requests: 0, input_tokens: 0, output_tokens: 0, credits_micro: 0 };

/** What was added between two looks. */
export function difference(after: Totals, before: Totals): Totals {
  return {
    requests: after.requests - before.requests,
    input_tokens: after.input_tokens - before.input_tokens,
    output_tokens: after.output_tokens - before.output_tokens,
    credits_micro: after.credits_micro - before.credits_micro,
  };
}

/** The rows of a workspace and of all days together in ai-usage; nothing where there is no row yet. */
export async function givenUsage(
  caller: Caller,
  workspaceId: string | undefined,
): Promise<{ readonly workspace: Totals; readonly days: Totals }> {
  const usage = givenShape(await caller.get('/users/me/ai-usage'), usageRows);
  const row = usage.by_workspace.find(({ workspace_id }) => workspace_id === workspaceId);
  return { workspace: row ?? NOTHING, days: usage.daily.reduce(sum, NOTHING) };
}

/** The summary under this path, over the last hour. */
export async function givenSummary(caller: Caller, path: string): Promise<Totals> {
  const answered = await caller.get(`${path}/summary?range=1h`);
  const summary = givenShape(answered, documented('AiUsageMetricsSummaryResponse'));
  const { total_requests: requests, input_tokens, output_tokens, total_credits_micro: credits_micro } = summary;
  return { requests, input_tokens, output_tokens, credits_micro };
}

/** What the series under this path add up to over the last hour; credits in microcredits, rounded. */
export async function givenSeriesSum(caller: Caller, path: string): Promise<Totals> {
  const { series } = givenShape(await caller.get(`${path}?range=1h`), documented('AiUsageMetricsResponse'));
  const add = (points: readonly { readonly v: number }[]) => points.reduce((total, point) => total + point.v, 0);
  return {
    requests: add(series.requests),
    input_tokens: add(series.input_tokens),
    output_tokens: add(series.output_tokens),
    credits_micro: Math.round(add(series.credits) * 1_000_000),
  };
}

function sum(total: Totals, row: Totals): Totals {
  return {
    requests: total.requests + row.requests,
    input_tokens: total.input_tokens + row.input_tokens,
    output_tokens: total.output_tokens + row.output_tokens,
    credits_micro: total.credits_micro + row.credits_micro,
  };
}
