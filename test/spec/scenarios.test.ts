import { describe, expect, it } from 'vitest';
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
import { type Scenario, type ScenarioUsage, scenarios } from '../../generated/scenarios.ts';
import { scenarioAnswer } from '../../mocks/scenarios/scenario-answer.ts';
import type { ScenarioFacts } from '../../scripts/scenarios/scenario-facts.ts';
import { scenarioOf } from '../../scripts/scenarios/scenario-of.ts';
import { type Json, resolve } from './walk.ts';

const RANGES = ['1h', '6h', '24h', '7d'] as const;
const FACTS: ScenarioFacts = {
  summary: 'A test',
  now: '2026-03-24T14:25:30Z',
  plan: 'free',
  granted_micro: 250_000_000,
  left_micro: 249_999_000,
  workspaces: [],
};

/** The bodies that the contract shows of a scenario, by operation id. */
function examplesOf(name: string): Readonly<Record<string, unknown>> {
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

describe.each(Object.values(scenarios))('the scenario $name', (scenario: Scenario) => {
  const examples = examplesOf(scenario.name);
  const shown = <T>(operationId: string) => examples[operationId] as T;
  const rows = scenario.workspaces.flatMap(({ usage }) => usage);
  const costMicro = (some: readonly ScenarioUsage[]) => some.reduce((sum, row) => sum + BigInt(row[4]), 0n);

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
    expect(Object.keys(examples).sort()).toEqual(expected.sort());
  });

  it('has on its cards what the ledger says: granted, less the usage of this month', () => {
    const { remaining_micro, total_micro } = shown<AiCredits>('getCredits');
    const month = scenario.now.slice(0, 7);
    const spent = costMicro(rows.filter(([at]) => new Date(at * 1000).toISOString().startsWith(month)));
    expect({ total_micro, remaining_micro: BigInt(remaining_micro) }).toEqual({
      total_micro: scenario.grantedMicro,
      remaining_micro: BigInt(scenario.grantedMicro) - spent,
    });
  });

  it('comes to the same in the chart, in the table and in the ledger', () => {
    const { daily, by_workspace } = shown<GetAiUsageResponse>('getAiUsage');
    for (const field of FIELDS) expect(total(daily, field)).toBe(total(by_workspace, field));
    const inWindow = rows.filter(([at]) => new Date(at * 1000).toISOString().slice(0, 10) >= scenario.usageFromDay);
    expect(total(daily, 'credits_micro')).toBe(costMicro(inWindow));
    expect(daily.map(({ day }) => day)).toEqual([...new Set(daily.map(({ day }) => day))].sort());
  });

  it.each(RANGES)('adds up over %s: workspaces to the account, points to the summary', (range) => {
    const ask = <T>(operationId: string, workspaceId?: string) => {
      const answer = scenarioAnswer(scenario, operationId, { workspaceId, range });
      return (answer.kind === 'body' ? answer.body : expect.fail(answer.kind)) as T;
    };
    const account = ask<AiUsageMetricsSummaryResponse>('getAccountUsageSummary');
    const { series, step_seconds } = ask<AiUsageMetricsResponse>('getAccountUsageMetrics');
    const micro = series.credits.reduce((sum, { v }) => sum + BigInt(Math.round(v * 1_000_000)), 0n);
    expect(micro).toBe(BigInt(account.total_credits_micro));
    expect(series.requests.reduce((sum, { v }) => sum + v, 0)).toBe(account.total_requests);
    expect(new Set(series.requests.slice(1).map(({ t }, at) => t - (series.requests[at]?.t ?? 0)))).toEqual(
      new Set([step_seconds]),
    );
    const live = scenario.workspaces.filter(({ deletedAt }) => deletedAt === null);
    const own = live.map(({ id }) => ask<AiUsageMetricsSummaryResponse>('getWorkspaceUsageSummary', id));
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
    const known = scenario.workspaces.map(({ id, name }) => `${id} ${name}`);
    const { by_workspace } = shown<GetAiUsageResponse>('getAiUsage');
    for (const row of by_workspace) expect(known).toContain(`${row.workspace_id} ${row.workspace_name}`);
    const { api_keys } = shown<ListApiKeysResponse>('listApiKeys');
    const keyed = api_keys.flatMap(({ workspace_id }) => workspace_id ?? []);
    expect(keyed.sort()).toEqual(vms.map(({ id }) => id).sort());
  });

  it('happened before now, in workspaces that were there', () => {
    for (const { usage, createdAt, deletedAt, name } of scenario.workspaces) {
      expect([...name].length).toBeLessThanOrEqual(64);
      const from = Date.parse(createdAt) / 1000;
      const to = Date.parse(deletedAt ?? scenario.now) / 1000;
      expect(usage.filter(([at]) => at < from || at > to)).toEqual([]);
    }
  });
});

describe('a scenario whose facts contradict each other stops the generator', () => {
  it('where usage does not come to what was spent', () => {
    expect(() => scenarioOf('empty', FACTS)).toThrow('1000 microcredits are spent, its usage comes to 0');
  });

  it('where the plan does not allow its workspaces', () => {
    const workspaces = ['ws-1', 'ws-2', 'ws-3'].map((id) => ({ id, name: id, created_at: FACTS.now }));
    const facts = { ...FACTS, left_micro: FACTS.granted_micro, workspaces };
    expect(() => scenarioOf('empty', facts)).toThrow('ws-3 exceeds max_vms');
  });
});
