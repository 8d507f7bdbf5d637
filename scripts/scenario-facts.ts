type Provider = 'google' | 'openai' | 'anthropic';

/** The state of an account at a certain time. What is left out has the value that a new account or workspace has. */
export interface ScenarioFacts {
  readonly summary: string;
  /** What time it is, RFC 3339 in UTC: windows and months are counted from it. */
  readonly now: string;
  readonly plan: 'free' | 'pro';
  /** Microcredits granted for the current month. */
  readonly granted_micro: number;
  /** Microcredits left of them: the difference is what this month's usage costs. */
  readonly left_micro: number;
  readonly defaults?: AiSettings;
  readonly workspaces: readonly WorkspaceFacts[];
}

export interface AiSettings {
  readonly mode?: 'managed' | 'byok';
  readonly provider?: Provider;
  readonly model?: string;
}

export interface WorkspaceFacts {
  readonly id: string;
  readonly name: string;
  /** Id of a template. Default: `base`. */
  readonly template?: string;
  readonly size?: { readonly ram_mb: number; readonly vcpu_count: number; readonly disk_size_mb: number };
  readonly created_at: string;
  /** A deleted workspace only keeps its row in the usage. */
  readonly deleted_at?: string;
  readonly ai?: AiSettings & {
    /** Whose key is stored. */
    readonly key_for?: Provider;
    readonly updated_at: string;
  };
  readonly usage?: { readonly rows: readonly UsageRow[] } | { readonly shape: UsageShape };
}

/** Settled calls of about the same time. */
export interface UsageRow {
  readonly at: string;
  readonly requests: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** 0 in byok. */
  readonly cost_micro: number;
}

/** Usage that is made up from a seed; its cost follows from what the account has spent. */
export interface UsageShape {
  readonly seed: number;
  /** First and last day with usage. Default of `until`: today. */
  readonly since: string;
  readonly until?: string;
  /** On a working day; weekends have about a third. */
  readonly requests_a_day: number;
  /** Of one request, on average. */
  readonly input_tokens: number;
  readonly output_tokens: number;
}
