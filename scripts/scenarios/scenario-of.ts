import { createHash } from 'node:crypto';
import { costMicroOf, spreadUsage } from '../../mocks/scenarios/spread-usage.ts';
import { type MetricRange, metricWindow, monthOf, startOfMonth, usageWindowStart } from '../../server/money/periods.ts';
import { DEFAULT_WORKSPACE_SIZE, judgeNewWorkspace, PLANS, type WorkspaceSize } from '../../server/money/plans.ts';
import type { Provider } from '../../server/money/prices.ts';
import {
  type AiDefaults,
  applyAiDefaultsPatch,
  effectiveAiConfig,
  effectiveDefaults,
  NO_DEFAULTS,
  type StoredKey,
} from '../../server/resources/ai-config/rules.ts';
import type { Scenario, ScenarioApiKey, ScenarioUsage, ScenarioWorkspace } from './scenario.ts';
import type { ScenarioFacts, WorkspaceFacts } from './scenario-facts.ts';

/**
 * A scenario with everything that follows from its facts by the contract's rules. Throws where facts contradict each
 * other: usage that does not come to what was spent, or workspaces that the plan does not allow.
 */
export function scenarioOf(name: string, facts: ScenarioFacts): Scenario {
  const nowMs = Date.parse(facts.now);
  const aiDefaults = applyAiDefaultsPatch(NO_DEFAULTS, facts.defaults ?? {});
  const usage = usageOf(facts, aiDefaults, nowMs);
  const workspaces = facts.workspaces.map((workspace, index) => workspaceOf(workspace, aiDefaults, usage[index] ?? []));
  refuseContradictions(name, facts, workspaces, nowMs);
  const { mode, provider, model } = aiDefaults;
  return {
    name,
    summary: facts.summary,
    now: facts.now,
    accountId: `user-${digest(name).slice(0, 8)}`,
    plan: facts.plan,
    limits: PLANS[facts.plan].limits,
    grantedMicro: facts.granted_micro,
    leftMicro: facts.left_micro,
    defaults: { set: { mode, provider, model }, effective: effectiveDefaults(aiDefaults) },
    workspaces,
    apiKeys: apiKeysOf(name, facts.now, workspaces),
    usageFromDay: usageWindowStart(nowMs),
    windows: { '1h': spanOf('1h'), '6h': spanOf('6h'), '24h': spanOf('24h'), '7d': spanOf('7d') },
  };

  function spanOf(range: MetricRange) {
    const { from, to, stepSeconds } = metricWindow(range, nowMs);
    return { from: from / 1000, to: to / 1000, stepSeconds };
  }
}

/** Usage of each workspace. That of shapes is given a price together, because it has to come to what was spent. */
function usageOf({ workspaces, ...facts }: ScenarioFacts, aiDefaults: AiDefaults, nowMs: number): ScenarioUsage[][] {
  const moments = workspaces.map(({ usage }) => {
    return usage !== undefined && 'shape' in usage ? spreadUsage(usage.shape, nowMs / 1000) : [];
  });
  const paid = workspaces.map((workspace) => effectiveOf(workspace, aiDefaults).mode === 'managed');
  const priced = moments.flatMap((rows, index) => (paid[index] ? rows : []));
  const spentMicro = BigInt(facts.granted_micro) - BigInt(facts.left_micro);
  const costs = costMicroOf(priced, spentMicro, startOfMonth(monthOf(nowMs)) / 1000)[Symbol.iterator]();
  return workspaces.map(({ usage }, index): ScenarioUsage[] => {
    if (usage !== undefined && 'rows' in usage) {
      return usage.rows.map((row) => [
        Date.parse(row.at) / 1000,
        row.requests,
        row.input_tokens,
        row.output_tokens,
        row.cost_micro,
      ]);
    }
    return (moments[index] ?? []).map(({ atSeconds, requests, inputTokens, outputTokens }) => {
      return [atSeconds, requests, inputTokens, outputTokens, paid[index] ? (costs.next().value ?? 0) : 0];
    });
  });
}

function workspaceOf(facts: WorkspaceFacts, aiDefaults: AiDefaults, usage: ScenarioUsage[]): ScenarioWorkspace {
  const { mode, modeSource, provider, model, status } = effectiveOf(facts, aiDefaults);
  const size = sizeOf(facts);
  return {
    id: facts.id,
    name: facts.name,
    templateId: facts.template ?? 'base',
    ...size,
    createdAt: facts.created_at,
    deletedAt: facts.deleted_at ?? null,
    ai: {
      set: overridesOf(facts),
      keyFor: facts.ai?.key_for ?? null,
      effective: { mode, source: modeSource, provider, model, status },
      updatedAt: facts.ai?.updated_at ?? facts.created_at,
    },
    usage,
  };
}

function effectiveOf(facts: WorkspaceFacts, aiDefaults: AiDefaults) {
  const keyFor = facts.ai?.key_for;
  const storedKey = keyFor === undefined ? null : anyKeyFor(keyFor);
  return effectiveAiConfig({ aiDefaults }, { overrides: overridesOf(facts), storedKey });
}

function overridesOf({ ai }: WorkspaceFacts) {
  return { mode: ai?.mode ?? null, provider: ai?.provider ?? null, model: ai?.model ?? null };
}

/** Whether there is a key is all that the rules ask. */
function anyKeyFor(provider: Provider): StoredKey {
  const nothing = new Uint8Array();
  return { provider, sealed: { keyId: '', nonce: nothing, ciphertext: nothing, tag: nothing } };
}

function sizeOf({ size }: WorkspaceFacts): WorkspaceSize {
  if (size === undefined) return DEFAULT_WORKSPACE_SIZE;
  return { ramMb: size.ram_mb, vcpuCount: size.vcpu_count, diskSizeMb: size.disk_size_mb };
}

/** One key of the account, and one of each workspace that is left. */
function apiKeysOf(name: string, now: string, workspaces: readonly ScenarioWorkspace[]): ScenarioApiKey[] {
  const since = workspaces.map(({ createdAt }) => createdAt).sort()[0] ?? now;
  const ofAccount = { ...idOf(`${name} dashboard`), name: 'dashboard', workspaceId: null, createdAt: since };
  const ofWorkspaces = workspaces
    .filter(({ deletedAt }) => deletedAt === null)
    .map(({ id, name: label, createdAt, usage }) => {
      const lastUsed = usage.at(-1)?.[0];
      const lastUsedAt = lastUsed === undefined ? null : secondsAsText(lastUsed);
      return { ...idOf(`${name} ${id}`), name: label, workspaceId: id, createdAt, lastUsedAt };
    });
  return [{ ...ofAccount, lastUsedAt: now }, ...ofWorkspaces];
}

function idOf(text: string): Pick<ScenarioApiKey, 'id' | 'preview'> {
  const hex = digest(text);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return { id: parts.join('-'), preview: `rb_${hex.slice(32, 36)}...${hex.slice(36, 40)}` };
}

function refuseContradictions(
  name: string,
  facts: ScenarioFacts,
  workspaces: readonly ScenarioWorkspace[],
  nowMs: number,
): void {
  const monthStart = startOfMonth(monthOf(nowMs)) / 1000;
  const month = workspaces.flatMap(({ usage }) => usage).filter(([atSeconds]) => atSeconds >= monthStart);
  const cost = month.reduce((sum, [, , , , costMicro]) => sum + BigInt(costMicro), 0n);
  const spent = BigInt(facts.granted_micro) - BigInt(facts.left_micro);
  if (cost !== spent) throw new Error(`scenario ${name}: ${spent} microcredits are spent, its usage comes to ${cost}`);

  const sizes: WorkspaceSize[] = [];
  for (const workspace of workspaces.filter(({ deletedAt }) => deletedAt === null)) {
    const verdict = judgeNewWorkspace(facts.plan, sizes, workspace);
    if (verdict.kind !== 'allowed') throw new Error(`scenario ${name}: ${workspace.id} exceeds ${verdict.limit}`);
    sizes.push(workspace);
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function secondsAsText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
