import type { Mode, Provider } from '../../money/prices.ts';

/** What an account set as its defaults; null means: inherit the platform's. */
export interface AiDefaults {
  readonly mode: Mode | null;
  readonly provider: Provider | null;
  readonly model: string | null;
  /** The provider that was in effect when `model` was set: an inherited model applies with that provider only. */
  readonly modelProvider: Provider | null;
}

/** What a workspace overrides; null means: inherit the account's defaults. */
export interface AiOverrides {
  readonly mode: Mode | null;
  readonly provider: Provider | null;
  readonly model: string | null;
}

/** A provider key at rest: AES-256-GCM, with the id of the secret that sealed it, for rotation. */
export interface SealedKey {
  readonly keyId: string;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/** The one key slot of a workspace. The key is usable with the provider it was stored for, and with no other. */
export interface StoredKey {
  readonly provider: Provider;
  readonly sealed: SealedKey;
}

/** `GET /workspaces/{id}/ai-config`: whether AI calls can be made, and who pays for them (contract section 2). */
export type AiStatus = 'managed_active' | 'byok_active' | 'invalid_missing_key';

/** The model used with a provider where nobody chose one. */
export const DEFAULT_MODELS: Readonly<Record<Provider, string>> = {
  openai: 'gpt-4o-mini',
  anthropic: 'claude-haiku-4-5',
  google: 'gemini-2.5-flash',
};

/** What holds where neither workspace nor account say anything (contract section 2). */
export const PLATFORM_DEFAULTS = {
  mode: 'managed',
  provider: 'openai',
  model: DEFAULT_MODELS.openai,
} as const satisfies EffectiveDefaults;

/** The defaults of an account that has set none. */
export const NO_DEFAULTS: AiDefaults = { mode: null, provider: null, model: null, modelProvider: null };

/** The overrides of a new workspace: it inherits everything (contract section 2). */
export const NO_OVERRIDES: AiOverrides = { mode: null, provider: null, model: null };

export interface EffectiveDefaults {
  readonly mode: Mode;
  readonly provider: Provider;
  readonly model: string;
}

export interface EffectiveAiConfig extends EffectiveDefaults {
  /** Where the mode comes from; `user_default` also stands for the platform's own default. */
  readonly modeSource: 'workspace' | 'user_default';
  readonly status: AiStatus;
  /** The only key that calls may be made with: null in managed mode, and for any other provider than the key's own. */
  readonly usableKey: StoredKey | null;
}

/** The settings of a workspace that its effective configuration is computed from. */
export interface AiSettings {
  readonly overrides: AiOverrides;
  readonly storedKey: StoredKey | null;
}

/** Fields left out keep their value; null clears (contract section 3, the rules of ai-config). */
export interface AiDefaultsPatch {
  readonly mode?: Mode | null;
  readonly provider?: Provider | null;
  readonly model?: string | null;
}

/** Fields left out keep their value; null clears. `apiKey` arrives sealed: the store never sees a key in the clear. */
export interface AiConfigPatch extends AiDefaultsPatch {
  readonly apiKey?: SealedKey | null;
}

export type AiConfigChange =
  | ({ readonly kind: 'changed' } & AiSettings)
  /** The empty patch: nothing is written, not even a time. */
  | { readonly kind: 'unchanged' }
  /** A key was given although the platform pays: nothing is written (contract section 2). */
  | { readonly kind: 'key_in_managed_mode' };

/** What a workspace without overrides gets, and what `GET /users/me/ai-defaults` answers (contract section 3). */
export function effectiveDefaults(defaults: AiDefaults): EffectiveDefaults {
  const provider = defaults.provider ?? PLATFORM_DEFAULTS.provider;
  return {
    mode: defaults.mode ?? PLATFORM_DEFAULTS.mode,
    provider,
    model: defaults.model ?? DEFAULT_MODELS[provider],
  };
}

/** Workspace override, then account default, then platform default (contract section 2). */
export function effectiveAiConfig(
  account: { readonly aiDefaults: AiDefaults },
  workspace: AiSettings,
): EffectiveAiConfig {
  const { overrides, storedKey } = workspace;
  const inherited = effectiveDefaults(account.aiDefaults);
  const mode = overrides.mode ?? inherited.mode;
  const provider = overrides.provider ?? inherited.provider;
  const usableKey = mode === 'byok' && storedKey?.provider === provider ? storedKey : null;
  return {
    mode,
    modeSource: overrides.mode === null ? 'user_default' : 'workspace',
    provider,
    model: overrides.model ?? inheritedModel(account.aiDefaults, provider),
    status: statusOf(mode, usableKey),
    usableKey,
  };
}

/** Judges `PUT /workspaces/{id}/ai-config` and `/mode`, and says what to write (contract section 2). */
export function applyAiConfigPatch(
  account: { readonly aiDefaults: AiDefaults },
  workspace: AiSettings,
  patch: AiConfigPatch,
): AiConfigChange {
  if (isEmpty(patch)) return { kind: 'unchanged' };
  const overrides: AiOverrides = {
    mode: kept(patch.mode, workspace.overrides.mode),
    provider: kept(patch.provider, workspace.overrides.provider),
    model: kept(patch.model, workspace.overrides.model),
  };
  const { mode, provider } = effectiveAiConfig(account, { overrides, storedKey: null });
  if (mode === 'managed' && patch.apiKey) return { kind: 'key_in_managed_mode' };
  const switchedToManaged = mode === 'managed' && patch.mode !== undefined;
  const storedKey = switchedToManaged ? null : slotAfter(workspace.storedKey, patch.apiKey, provider);
  return { kind: 'changed', overrides, storedKey };
}

/** Judges `PUT /users/me/ai-defaults` and `/ai-mode`, and says what to write (contract section 3). */
export function applyAiDefaultsPatch(defaults: AiDefaults, patch: AiDefaultsPatch): AiDefaults {
  const next = {
    mode: kept(patch.mode, defaults.mode),
    provider: kept(patch.provider, defaults.provider),
    model: kept(patch.model, defaults.model),
  };
  const modelProvider = patch.model === undefined ? defaults.modelProvider : providerOfModel(next);
  return { ...next, modelProvider };
}

function inheritedModel(defaults: AiDefaults, provider: Provider): string {
  const applies = defaults.model !== null && defaults.modelProvider === provider;
  return applies ? defaults.model : DEFAULT_MODELS[provider];
}

function providerOfModel(defaults: AiOverrides): Provider | null {
  return defaults.model === null ? null : (defaults.provider ?? PLATFORM_DEFAULTS.provider);
}

function statusOf(mode: Mode, usableKey: StoredKey | null): AiStatus {
  if (mode === 'managed') return 'managed_active';
  return usableKey === null ? 'invalid_missing_key' : 'byok_active';
}

function slotAfter(
  stored: StoredKey | null,
  given: SealedKey | null | undefined,
  provider: Provider,
): StoredKey | null {
  if (given === undefined) return stored;
  return given && { provider, sealed: given };
}

function kept<T>(given: T | undefined, current: T): T {
  return given === undefined ? current : given;
}

function isEmpty(patch: AiConfigPatch): boolean {
  return Object.values(patch).every((value) => value === undefined);
}
