import type { UsageShape } from '../../mocks/scenarios/spread-usage.ts';
import type { Plan } from '../../server/money/plans.ts';
import type { Mode, Provider } from '../../server/money/prices.ts';
import type { AiDefaultsPatch } from '../../server/resources/ai-config/rules.ts';

/** A file of `spec/control-plane/scenarios/`: what is left out has the value that a new account or workspace has. */
export interface ScenarioFacts {
  readonly summary: string;
  /** What time it is, RFC 3339 in UTC: windows and months are counted from it. */
  readonly now: string;
  readonly plan: Plan;
  /** Microcredits granted for the current month. */
  readonly granted_micro: number;
  /** Microcredits left of them: the difference is what this month's usage comes to. */
  readonly left_micro: number;
  readonly defaults?: AiDefaultsPatch;
  readonly workspaces: readonly WorkspaceFacts[];
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
  readonly ai?: {
    readonly mode?: Mode;
    readonly provider?: Provider;
    readonly model?: string;
    /** Whose key is stored. */
    readonly key_for?: Provider;
    readonly updated_at: string;
  };
  readonly usage?: { readonly rows: readonly RowFacts[] } | { readonly shape: UsageShape };
}

/** Settled calls of about the same time. */
export interface RowFacts {
  readonly at: string;
  readonly requests: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** 0 in byok. */
  readonly cost_micro: number;
}
