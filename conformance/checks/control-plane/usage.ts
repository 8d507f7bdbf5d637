import type { Caller } from '../../http/caller.ts';
import { givenShape, wantEqual, wantShape, wantStatus, wantThat, wantValue } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { documented, type SchemaName } from '../documented.ts';
import { usageRows } from '../steps/usage-totals.ts';

const PATH = '/users/me/ai-usage';
const SUMMED = ['requests', 'input_tokens', 'output_tokens', 'credits_micro'] as const;

/** Usage by day and by workspace. What a call adds to it stands with the proxy's checks. */
export const checks: readonly Check[] = [
  check('USG-001', [], async ({ funded }) => {
    const answered = await funded.get(PATH);
    wantStatus(answered, 200);
    wantShape(answered, documented('GetAiUsageResponse'));
  }),

  check('USG-002', [], async ({ funded }) => {
    const answered = await funded.get(PATH);
    const { daily, by_workspace } = givenShape(answered, usageRows);
    for (const field of SUMMED) {
      const sum = (rows: readonly Readonly<Record<typeof field, number>>[]) =>
        rows.reduce((total, row) => total + row[field], 0);
      wantEqual(`${field}, summed over daily,`, sum(daily), sum(by_workspace), answered);
    }
  }),

  check('USG-010', [], async ({ funded }) => wantEveryRange(funded, ACCOUNT, 'AiUsageMetricsResponse')),

  check('USG-011', [], ({ funded }) => wantOtherRangesRefused(funded, ACCOUNT)),

  check('USG-012', [], async ({ funded }) => {
    for (const range of RANGES) {
      const answered = await funded.get(`${ACCOUNT}?range=${range}`);
      const { series, step_seconds } = givenShape(answered, documented('AiUsageMetricsResponse'));
      const times = series.credits.map((point) => point.t);
      wantThat(times.length > 0, `points for ${range}`, 'none', answered);
      const regular = times.map((_, index) => (times[0] ?? 0) + index * step_seconds);
      wantEqual(`times of ${range}`, times, regular, answered);
      for (const name of SERIES) {
        const own = series[name].map((point) => point.t);
        wantEqual(`times of ${name} over ${range}`, own, times, answered);
      }
    }
  }),

  check('USG-020', [], async ({ funded }) =>
    wantEveryRange(funded, `${ACCOUNT}/summary`, 'AiUsageMetricsSummaryResponse'),
  ),

  check('USG-030', [], async ({ funded, workspace }) =>
    wantEveryRange(funded, (await workspace()).path('/ai-usage/metrics'), 'AiUsageMetricsResponse'),
  ),

  check('USG-031', [], async ({ funded, workspace }) =>
    wantOtherRangesRefused(funded, (await workspace()).path('/ai-usage/metrics')),
  ),

  check('USG-040', [], async ({ funded, workspace }) =>
    wantEveryRange(funded, (await workspace()).path('/ai-usage/metrics/summary'), 'AiUsageMetricsSummaryResponse'),
  ),
];

const ACCOUNT = '/users/me/ai-usage/metrics';
const RANGES = ['1h', '6h', '24h', '7d'] as const;
const SERIES = ['credits', 'requests', 'input_tokens', 'output_tokens'] as const;

/** 200 with the documented body for each range, and for 24h where none is asked for. */
async function wantEveryRange(caller: Caller, path: string, body: SchemaName): Promise<void> {
  for (const range of [...RANGES, undefined]) {
    const answered = await caller.get(range === undefined ? path : `${path}?range=${range}`);
    wantStatus(answered, 200);
    wantShape(answered, documented(body));
    wantValue(answered, '/range', range ?? '24h');
  }
}

async function wantOtherRangesRefused(caller: Caller, metrics: string): Promise<void> {
  for (const path of [metrics, `${metrics}/summary`]) {
    for (const range of ['2h', '', '24H', '7', '30d']) wantStatus(await caller.get(`${path}?range=${range}`), 400);
  }
}
