import type { Mode, Provider } from '../../money/prices.ts';

/** What an account set as its defaults; null means: inherit the platform's. */
export interface AiDefaults {
  readonly mode: Mode | null;
  readonly provider: Provider | null;
  readonly model: string | null;
  /** The provider that was in effect when `model` was set: an inherited model applies with that provider only. */
  readonly modelProvider: Provider | null;
}

/** The model used with a provider where none was chosen. */
export const DEFAULT_MODELS: Readonly<Record<Provider, string>> = {
  openai: 'gpt-4o-mini',
  anthropic: 'claude-haiku-4-5',
  google: 'gemini-2.5-flash',
};

/** What holds where neither workspace nor account say anything. */
export const PLATFORM_DEFAULTS = {
  mode: 'managed',
  provider: 'openai',
  model: DEFAULT_MODELS.openai,
} as const satisfies EffectiveDefaults;

/** The defaults of an account that has set none. */
export const NO_DEFAULTS: AiDefaults = { mode: null, provider: null, model: null, modelProvider: null };

export interface EffectiveDefaults {
  readonly mode: Mode;
  readonly provider: Provider;
  readonly model: string;
}

/** Fields left out keep their value; null clears, as in ai-config. */
export interface AiDefaultsPatch {
  readonly mode?: Mode | null;
  readonly provider?: Provider | null;
  readonly model?: string | null;
}

/** What a workspace without overrides gets, and what `GET /users/me/ai-defaults` answers. */
export function effectiveDefaults(defaults: AiDefaults): EffectiveDefaults {
  const provider = defaults.provider ?? PLATFORM_DEFAULTS.provider;
  return {
    mode: defaults.mode ?? PLATFORM_DEFAULTS.mode,
    provider,
    model: defaults.model ?? DEFAULT_MODELS[provider],
  };
}

/** Judges `PUT /users/me/ai-defaults` and `/ai-mode`, and says what to write. */
export function applyAiDefaultsPatch(defaults: AiDefaults, patch: AiDefaultsPatch): AiDefaults {
  const next = {
    mode: keptOr(patch.mode, defaults.mode),
    provider: keptOr(patch.provider, defaults.provider),
    model: keptOr(patch.model, defaults.model),
  };
  const modelProvider = patch.model === undefined ? defaults.modelProvider : modelProviderFor(next);
  return { ...next, modelProvider };
}

function modelProviderFor(defaults: Pick<AiDefaults, 'provider' | 'model'>): Provider | null {
  return defaults.model === null ? null : (defaults.provider ?? PLATFORM_DEFAULTS.provider);
}

/** A field that is left out keeps its value. */
export function keptOr<T>(given: T | undefined, current: T): T {
  return given === undefined ? current : given;
}
