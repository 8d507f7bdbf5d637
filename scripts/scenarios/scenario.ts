type Mode = 'managed' | 'byok';
type Provider = 'google' | 'openai' | 'anthropic';

/**
 * An account in a certain state at a certain time. Facts only: the bodies of the examples follow from them, and a
 * stateful sandbox can load them. Amounts are microcredits, as safe integers.
 */
export interface Scenario<Name extends string = string> {
  readonly name: Name;
  readonly summary: string;
  /** What time it is, RFC 3339 in UTC. */
  readonly now: string;
  readonly accountId: string;
  readonly plan: 'free' | 'pro';
  /** What the plan allows, as `GET /users/me/limits` spells it. */
  readonly limits: ScenarioLimits;
  /** Granted for the current calendar month. */
  readonly grantedMicro: number;
  /** Left of it: granted, less the cost of this month's usage. */
  readonly leftMicro: number;
  readonly defaults: {
    /** As the account set them; null inherits the platform's. */
    readonly set: ScenarioAiSettings;
    readonly effective: { readonly mode: Mode; readonly provider: Provider; readonly model: string };
  };
  /** Deleted ones too: their usage still counts. */
  readonly workspaces: readonly ScenarioWorkspace[];
  readonly apiKeys: readonly ScenarioApiKey[];
  /** First day of `GET /users/me/ai-usage`, `YYYY-MM-DD`. */
  readonly usageFromDay: string;
  /** Unix seconds that each metric range spans at `now`: `from` inclusive, `to` exclusive. */
  readonly windows: Readonly<Record<'1h' | '6h' | '24h' | '7d', ScenarioWindow>>;
}

export interface ScenarioLimits {
  readonly max_vms: number;
  readonly max_ram_per_vm_mb: number;
  readonly max_ram_total_mb: number;
  readonly max_disk_total_mb: number;
  readonly max_vcpu_per_vm: number;
  readonly max_running_vcpus: number;
}

export interface ScenarioAiSettings {
  readonly mode: Mode | null;
  readonly provider: Provider | null;
  readonly model: string | null;
}

export interface ScenarioWorkspace {
  readonly id: string;
  readonly name: string;
  readonly templateId: string;
  readonly ramMb: number;
  readonly vcpuCount: number;
  readonly diskSizeMb: number;
  readonly createdAt: string;
  readonly deletedAt: string | null;
  readonly ai: {
    /** As the workspace set it; null inherits the account's. */
    readonly set: ScenarioAiSettings;
    /** Whose key is stored; null for none. */
    readonly keyFor: Provider | null;
    readonly effective: {
      readonly mode: Mode;
      readonly source: 'workspace' | 'user_default';
      readonly provider: Provider;
      readonly model: string;
      readonly status: 'managed_active' | 'byok_active' | 'invalid_missing_key';
    };
    readonly updatedAt: string;
  };
  /** Oldest first. */
  readonly usage: readonly ScenarioUsage[];
}

/** Settled calls of about the same time, and what they cost together: nothing in byok. */
export type ScenarioUsage = readonly [
  atSeconds: number,
  requests: number,
  inputTokens: number,
  outputTokens: number,
  costMicro: number,
];

export interface ScenarioApiKey {
  readonly id: string;
  readonly name: string;
  readonly preview: string;
  /** Null for a key of the account. */
  readonly workspaceId: string | null;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

export interface ScenarioWindow {
  readonly from: number;
  readonly to: number;
  readonly stepSeconds: number;
}
