import { describe, expect, it } from 'vitest';
import { spreadUsage } from '../../cli/sandbox/controls/spread-usage.ts';
import { controlPlaneDocument } from '../../generated/bundles.ts';
import type {
  AiCredits,
  AiUsageMetricsResponse,
  AiUsageMetricsSummaryResponse,
  GetAiUsageResponse,
  GetUserLimitsResponse,
  ListApiKeysResponse,
  ListWorkspacesResponse,
} from '../../generated/control-plane.ts';
import { type ScenarioFacts, scenarioFacts } from '../../generated/scenario-facts.ts';
import { type Scenario, type ScenarioName, scenarios } from '../../generated/scenarios.ts';
import { findRecorded } from '../../mocks/responses/choose.ts';
import { startRecorder } from '../../scripts/record-scenarios.ts';
import { type Json, resolve } from './walk.ts';

const RANGES = ['1h', '6h', '24h', '7d'] as const;

/** The bodies that the contract shows of a scenario, by operation id. */
function readExamples(name: string): Readonly<Record<string, unknown>> {
  const operations = Object.values(controlPlaneDocument.paths).flatMap((item) => Object.values(item));
  const found = operations.flatMap(({ operationId, responses }) => {
    const { content = {} } = resolve(controlPlaneDocument, responses['200'] ?? {}) as { content?: Json };
    const { examples = {} } = (content['application/json'] ?? {}) as { examples?: Readonly<Record<string, Json>> };
    return examples[name] === undefined ? [] : [[operationId, resolve(controlPlaneDocument, examples[name]).value]];
  });
  return Object.fromEntries(found);
}

const total = (rows: readonly Readonly<Record<string, unknown>>[], field: string) =>
  rows.reduce((sum, row) => sum + BigInt(row[field] as number), 0n);
const FIELDS = ['requests', 'input_tokens', 'output_tokens', 'credits_micro'] as const;

describe.each(Object.values(scenarios))('the scenario $name', (scenario: Scenario<ScenarioName>) => {
  const facts: ScenarioFacts = scenarioFacts[scenario.name];
  const examples = readExamples(scenario.name);
  const shown = <T>(operationId: string) => examples[operationId] as T;

  it('is shown by every operation that can show it', () => {
    const ofWorkspace = [
      ...['getWorkspace', 'getAiConfig', 'updateAiConfig', 'getWorkspaceMode', 'updateWorkspaceMode'],
      ...['getWorkspaceUsageMetrics', 'getWorkspaceUsageSummary'],
    ];
    const ofAccount = [
      ...['listWorkspaces', 'getCredits', 'updateAiMode', 'getAiUsage', 'getAccountUsageMetrics'],
      ...['getAccountUsageSummary', 'getAiDefaults', 'updateAiDefaults', 'getLimits', 'listApiKeys'],
    ];
    const expected = scenario.workspaces.length > 0 ? [...ofAccount, ...ofWorkspace] : ofAccount;
    expect(Object.keys(examples)).toEqual(expect.arrayContaining(expected));
  });

  it('has on its cards what its facts say: granted, less the usage of this month', () => {
    const { remaining_micro, total_micro } = shown<AiCredits>('getCredits');
    const { daily } = shown<GetAiUsageResponse>('getAiUsage');
    const month = daily.filter(({ day }) => day.startsWith(scenario.now.slice(0, 7)));
    expect({ total_micro, remaining_micro }).toEqual({
      total_micro: facts.granted_micro,
      remaining_micro: facts.left_micro,
    });
    expect(total(month, 'credits_micro')).toBe(BigInt(facts.granted_micro) - BigInt(facts.left_micro));
  });

  it('comes to the same in the chart and in the table', () => {
    const { daily, by_workspace } = shown<GetAiUsageResponse>('getAiUsage');
    for (const field of FIELDS) expect(total(daily, field)).toBe(total(by_workspace, field));
    expect(daily.map(({ day }) => day)).toEqual([...new Set(daily.map(({ day }) => day))].sort());
  });

  it.each(RANGES)('adds up over %s: workspaces to the account, points to the summary', (range) => {
    const read = <T>(operationId: string, path: string) => {
      const found = findRecorded(scenario, operationId, path, new URLSearchParams({ range }));
      return (found.kind === 'body' ? found.body : expect.fail(found.kind)) as T;
    };
    const metrics = '/users/me/ai-usage/metrics';
    const account = read<AiUsageMetricsSummaryResponse>('getAccountUsageSummary', `${metrics}/summary`);
    const { series, step_seconds } = read<AiUsageMetricsResponse>('getAccountUsageMetrics', metrics);
    expect(account.range).toBe(range);
    const micro = series.credits.reduce((sum, { v }) => sum + BigInt(Math.round(v * 1_000_000)), 0n);
    expect(micro).toBe(BigInt(account.total_credits_micro));
    expect(series.requests.reduce((sum, { v }) => sum + v, 0)).toBe(account.total_requests);
    expect(new Set(series.requests.slice(1).map(({ t }, at) => t - (series.requests[at]?.t ?? 0)))).toEqual(
      new Set([step_seconds]),
    );
    const own = scenario.workspaces.map(({ id }) =>
      read<AiUsageMetricsSummaryResponse>('getWorkspaceUsageSummary', `/workspaces/${id}/ai-usage/metrics/summary`),
    );
    expect(total(own, 'total_credits_micro')).toBe(BigInt(account.total_credits_micro));
    expect(total(own, 'output_tokens')).toBe(BigInt(account.output_tokens));
  });

  it('names the same workspaces everywhere, and uses no more than its plan allows', () => {
    const { vms } = shown<ListWorkspacesResponse>('listWorkspaces');
    const { limits, usage } = shown<GetUserLimitsResponse>('getLimits');
    expect(usage).toEqual({
      workspace_count: vms.length,
      running_vcpus: Number(total(vms, 'vcpu_count')),
      total_ram_mb: Number(total(vms, 'ram_mb')),
      total_disk_mb: Number(total(vms, 'disk_size_mb')),
    });
    expect(usage.workspace_count).toBeLessThanOrEqual(limits.max_vms);
    expect(usage.total_disk_mb).toBeLessThanOrEqual(limits.max_disk_total_mb);
    const known = facts.workspaces.map(({ id, name }) => `${id} ${name}`);
    const { by_workspace } = shown<GetAiUsageResponse>('getAiUsage');
    for (const row of by_workspace) expect(known).toContain(`${row.workspace_id} ${row.workspace_name}`);
    const { api_keys } = shown<ListApiKeysResponse>('listApiKeys');
    const keyed = api_keys.flatMap(({ workspace_id }) => workspace_id ?? []);
    expect(keyed.sort()).toEqual(vms.map(({ id }) => id).sort());
  });

  it('happened before now, in workspaces that were there', () => {
    for (const { usage, created_at, deleted_at, name } of facts.workspaces) {
      expect([...name].length).toBeLessThanOrEqual(64);
      const times =
        usage === undefined
          ? []
          : 'rows' in usage
            ? usage.rows.map(({ at }) => Date.parse(at))
            : spreadUsage(usage.shape, Date.parse(facts.now) / 1000).map(({ atSeconds }) => atSeconds * 1000);
      expect(times.filter((at) => at < Date.parse(created_at) || at > Date.parse(deleted_at ?? facts.now))).toEqual([]);
    }
  });
});

it('a scenario whose usage does not come to what was spent stops the generator', async () => {
  const recorder = await startRecorder();
  const facts = { ...scenarioFacts['fresh-account'], left_micro: 249_999_000 };
  await expect(recorder.record({ 'fresh-account': facts })).rejects.toThrow(
    'scenario fresh-account: 249999000 microcredits are to be left, its usage leaves 250000000',
  );
  await recorder.close();
});
