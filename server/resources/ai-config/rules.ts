import type { Mode, Provider } from '../../money/prices.ts';
import type { SealedKey } from '../../vault/sealing.ts';
import {
  type AiDefaults,
  type AiDefaultsPatch,
  DEFAULT_MODELS,
  type EffectiveDefaults,
  effectiveDefaults,
  keptOr,
} from '../ai-defaults/rules.ts';

/** What a workspace overrides; null means: inherit the account's defaults. */
export interface AiOverrides {
  readonly mode: Mode | null;
  readonly provider: Provider | null;
  readonly model: string | null;
}

/** The one key slot of a workspace. The key is usable with the provider it was stored for, and with no other. */
export interface StoredKey {
  readonly provider: Provider;
  readonly sealed: SealedKey;
}

/** `GET /workspaces/{id}/ai-config`: whether AI calls can be made, and who pays for them. */
export type AiStatus = 'managed_active' | 'byok_active' | 'invalid_missing_key';

/** The overrides of a new workspace: it inherits everything. */
export const NO_OVERRIDES: AiOverrides = { mode: null, provider: null, model: null };

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

/** Fields left out keep their value; null clears. `apiKey` arrives sealed: the store never sees a key in the clear. */
export interface AiConfigPatch extends AiDefaultsPatch {
  readonly apiKey?: SealedKey | null;
}

export type AiConfigChange =
  | ({ readonly kind: 'changed' } & AiSettings)
  /** The empty patch: nothing is written, not even a time. */
  | { readonly kind: 'unchanged' }
  /** A key was given although the platform pays: nothing is written. */
  | { readonly kind: 'key_in_managed_mode' };

/** Workspace override, then account default, then platform default. */
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
    status: aiStatus(mode, usableKey),
    usableKey,
  };
}

/** Judges `PUT /workspaces/{id}/ai-config` and `/mode`, and says what to write. */
export function applyAiConfigPatch(
  account: { readonly aiDefaults: AiDefaults },
  workspace: AiSettings,
  patch: AiConfigPatch,
): AiConfigChange {
  if (isEmpty(patch)) return { kind: 'unchanged' };
  const overrides: AiOverrides = {
    mode: keptOr(patch.mode, workspace.overrides.mode),
    provider: keptOr(patch.provider, workspace.overrides.provider),
    model: keptOr(patch.model, workspace.overrides.model),
  };
  const { mode, provider } = effectiveAiConfig(account, { overrides, storedKey: null });
  if (mode === 'managed' && patch.apiKey) return { kind: 'key_in_managed_mode' };
  const switchedToManaged = mode === 'managed' && patch.mode !== undefined;
  const storedKey = switchedToManaged ? null : slotAfter(workspace.storedKey, patch.apiKey, provider);
  return { kind: 'changed', overrides, storedKey };
}

function inheritedModel(defaults: AiDefaults, provider: Provider): string {
  const applies = defaults.model !== null && defaults.modelProvider === provider;
  return applies ? defaults.model : DEFAULT_MODELS[provider];
}

function aiStatus(mode: Mode, usableKey: StoredKey | null): AiStatus {
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

function isEmpty(patch: AiConfigPatch): boolean {
  return Object.values(patch).every((value) => value === undefined);
}
