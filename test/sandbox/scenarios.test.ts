import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scenario, type ScenarioName, scenarios } from '../../generated/scenarios.ts';
import { scenarioAnswer } from '../../mocks/scenarios/scenario-answer.ts';
import { startTestSandbox, type TestSandbox } from '../e2e/sandbox.ts';
import { controlsClient, ok } from './controls.ts';

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const RANGES = ['1h', '6h', '24h', '7d'] as const;

/** What only one sandbox, one machine or one key can have; everything else is the scenario's. */
const OWN = new Set(['id', 'user_id', 'workspace_id', 'node_id', 'image', 'ip_address', 'key_preview']);

/** The body without what is aside, its times in one spelling, and the workspaces of its usage in one order. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === 'string') return value.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.000Z$/, '$1Z');
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !OWN.has(name));
  return Object.fromEntries(kept.map(([name, own]) => [name, name === 'by_workspace' ? byName(own) : comparable(own)]));
}

function byName(rows: readonly { readonly workspace_name: string }[]): unknown {
  return comparable(rows.toSorted((a, b) => (a.workspace_name < b.workspace_name ? -1 : 1)));
}

describe.each(Object.values(scenarios))('the scenario $name, loaded', (scenario: Scenario<ScenarioName>) => {
  const live = scenario.workspaces.filter(({ deletedAt }) => deletedAt === null);

  it('answers what its examples say, in every operation, range and workspace', async () => {
    const path = { name: scenario.name };
    const loaded = await ok(controlsClient(sandbox).POST('/scenarios/{name}', { params: { path } }));
    const get = async (url: string) => {
      const headers = { authorization: `Bearer ${loaded.api_key}` };
      const answer = await fetch(sandbox.control_plane + url, { headers });
      return comparable({ status: answer.status, body: await answer.json() });
    };
    const example = (operationId: string, asked = {}) => {
      const answer = scenarioAnswer(scenario, operationId, asked);
      return comparable({ status: 200, body: answer.kind === 'body' ? answer.body : expect.fail(answer.kind) });
    };
    expect(await get('/api-keys')).toEqual(example('listApiKeys'));
    expect(await get('/workspaces')).toEqual(example('listWorkspaces'));
    expect(await get('/users/me/credits')).toEqual(example('getCredits'));
    expect(await get('/users/me/ai-usage')).toEqual(example('getAiUsage'));
    expect(await get('/users/me/ai-defaults')).toEqual(example('getAiDefaults'));
    expect(await get('/users/me/limits')).toEqual(example('getLimits'));
    for (const range of RANGES) {
      const metrics = `/users/me/ai-usage/metrics`;
      expect(await get(`${metrics}?range=${range}`)).toEqual(example('getAccountUsageMetrics', { range }));
      expect(await get(`${metrics}/summary?range=${range}`)).toEqual(example('getAccountUsageSummary', { range }));
    }
    expect(loaded.workspaces.map(({ name }) => name)).toEqual(live.map(({ name }) => name));
    for (const [index, { workspace_id }] of loaded.workspaces.entries()) {
      const workspaceId = live[index]?.id;
      const at = `/workspaces/${workspace_id}`;
      expect(await get(at)).toEqual(example('getWorkspace', { workspaceId }));
      expect(await get(`${at}/ai-config`)).toEqual(example('getAiConfig', { workspaceId }));
      expect(await get(`${at}/mode`)).toEqual(example('getWorkspaceMode', { workspaceId }));
      for (const range of RANGES) {
        const metrics = `${at}/ai-usage/metrics`;
        const asked = { workspaceId, range };
        expect(await get(`${metrics}?range=${range}`)).toEqual(example('getWorkspaceUsageMetrics', asked));
        expect(await get(`${metrics}/summary?range=${range}`)).toEqual(example('getWorkspaceUsageSummary', asked));
      }
    }
  });
});
