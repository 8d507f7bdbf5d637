import { calcPrice } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Provider } from '../../money/prices.ts';
import type { SealedKey } from '../../vault/sealing.ts';
import {
  type AiDefaults,
  applyAiDefaultsPatch,
  DEFAULT_MODELS,
  effectiveDefaults,
  NO_DEFAULTS,
  PLATFORM_DEFAULTS,
} from '../ai-defaults/rules.ts';
import { type AiConfigPatch, type AiSettings, applyAiConfigPatch, effectiveAiConfig, NO_OVERRIDES } from './rules.ts';

const sealed = (keyId: string): SealedKey => ({
  keyId,
  nonce: new Uint8Array(12),
  ciphertext: new Uint8Array(4),
  tag: new Uint8Array(16),
});
const inheriting: AiSettings = { overrides: NO_OVERRIDES, storedKey: null };
const account = (aiDefaults: Partial<AiDefaults> = {}) => ({ aiDefaults: { ...NO_DEFAULTS, ...aiDefaults } });
const workspace = (overrides: Partial<AiSettings['overrides']>, storedKey: AiSettings['storedKey'] = null) => ({
  overrides: { ...NO_OVERRIDES, ...overrides },
  storedKey,
});

/** The settings after a patch that must be accepted. */
function patched(settings: AiSettings, patch: AiConfigPatch, aiDefaults: Partial<AiDefaults> = {}): AiSettings {
  const change = applyAiConfigPatch(account(aiDefaults), settings, patch);
  if (change.kind !== 'changed') throw new Error(change.kind);
  return change;
}

const providers = fc.constantFrom<Provider>('openai', 'anthropic', 'google');
const nullable = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const modes = fc.constantFrom('managed', 'byok');
const models = fc.constantFrom('gpt-4o', 'claude-sonnet-4-5', 'my-model');
const patches = fc.record(
  {
    mode: nullable(modes),
    provider: nullable(providers),
    model: nullable(models),
    apiKey: nullable(fc.constantFrom('one', 'two').map(sealed)),
  },
  { requiredKeys: [] },
);
const defaultsPatches = fc.record(
  { mode: nullable(modes), provider: nullable(providers), model: nullable(models) },
  { requiredKeys: [] },
);
const histories = fc.array(patches, { maxLength: 8 });
const accounts = fc
  .array(defaultsPatches, { maxLength: 4 })
  .map((history) => ({ aiDefaults: history.reduce(applyAiDefaultsPatch, NO_DEFAULTS) }));

function settingsAfter(owner: { aiDefaults: AiDefaults }, history: readonly AiConfigPatch[]): AiSettings {
  return history.reduce<AiSettings>((settings, patch) => {
    const change = applyAiConfigPatch(owner, settings, patch);
    return change.kind === 'changed' ? change : settings;
  }, inheriting);
}

describe('effective configuration', () => {
  it('is managed, openai, gpt-4o-mini where nobody says anything', () => {
    expect(effectiveAiConfig(account(), inheriting)).toEqual({
      mode: 'managed',
      modeSource: 'user_default',
      provider: 'openai',
      model: 'gpt-4o-mini',
      status: 'managed_active',
      usableKey: null,
    });
    expect(effectiveDefaults(NO_DEFAULTS)).toEqual(PLATFORM_DEFAULTS);
  });

  it.each(Object.entries(DEFAULT_MODELS))('prices the default model of %s', (providerId, model) => {
    const price = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, { providerId });
    expect(price?.model.id).toBe(model);
  });

  it('takes the workspace override before the account default', () => {
    const owner = account({ mode: 'byok', provider: 'google', model: 'gemini-2.5-pro', modelProvider: 'google' });
    expect(effectiveAiConfig(owner, workspace({ mode: 'managed', provider: 'openai', model: 'gpt-4o' }))).toMatchObject(
      { mode: 'managed', modeSource: 'workspace', provider: 'openai', model: 'gpt-4o' },
    );
  });

  it('applies an inherited model only with the provider it was set for', () => {
    const owner = account({ model: 'gpt-4o', modelProvider: 'openai' });
    expect(effectiveAiConfig(owner, inheriting).model).toBe('gpt-4o');
    expect(effectiveAiConfig(owner, workspace({ provider: 'anthropic' })).model).toBe('claude-haiku-4-5');
  });

  it('is invalid_missing_key in byok until a key of the provider in effect is stored', () => {
    const key = { provider: 'openai', sealed: sealed('k') } as const;
    expect(effectiveAiConfig(account(), workspace({ mode: 'byok' })).status).toBe('invalid_missing_key');
    expect(effectiveAiConfig(account(), workspace({ mode: 'byok' }, key)).status).toBe('byok_active');
    expect(effectiveAiConfig(account(), workspace({ mode: 'byok', provider: 'google' }, key))).toMatchObject({
      status: 'invalid_missing_key',
      usableKey: null,
    });
  });

  it('never offers a key for another provider, nor in managed mode', () => {
    fc.assert(
      fc.property(accounts, histories, (owner, history) => {
        const { mode, provider, status, usableKey } = effectiveAiConfig(owner, settingsAfter(owner, history));
        if (usableKey !== null) expect({ mode, provider: usableKey.provider }).toEqual({ mode: 'byok', provider });
        expect(status === 'byok_active').toBe(usableKey !== null);
        expect(status === 'managed_active').toBe(mode === 'managed');
      }),
    );
  });
});

describe('changing the configuration of a workspace', () => {
  it('changes nothing for the empty patch', () => {
    expect(applyAiConfigPatch(account(), workspace({ mode: 'byok' }), {})).toEqual({ kind: 'unchanged' });
  });

  it('keeps what is left out and clears what is null', () => {
    const start = workspace({ mode: 'byok', provider: 'google', model: 'gemini-2.5-pro' });
    expect(patched(start, { model: null }).overrides).toEqual({ mode: 'byok', provider: 'google', model: null });
    expect(patched(start, { mode: null, provider: null }).overrides).toEqual({
      mode: null,
      provider: null,
      model: 'gemini-2.5-pro',
    });
  });

  it('keeps an explicit model when only the provider changes', () => {
    const settings = patched(workspace({ model: 'gpt-4o' }), { provider: 'anthropic' });
    expect(effectiveAiConfig(account(), settings)).toMatchObject({ provider: 'anthropic', model: 'gpt-4o' });
  });

  it('stores a key for the provider in effect after the patch', () => {
    const settings = patched(inheriting, { mode: 'byok', provider: 'anthropic', apiKey: sealed('a') });
    expect(settings.storedKey).toEqual({ provider: 'anthropic', sealed: sealed('a') });
  });

  it('stores a key where the account default makes it byok', () => {
    expect(patched(inheriting, { apiKey: sealed('a') }, { mode: 'byok', provider: 'google' }).storedKey?.provider).toBe(
      'google',
    );
  });

  it('makes the key usable again when its provider comes back', () => {
    const stored = patched(inheriting, { mode: 'byok', apiKey: sealed('a') });
    const away = patched(stored, { provider: 'google' });
    expect(effectiveAiConfig(account(), away).status).toBe('invalid_missing_key');
    expect(effectiveAiConfig(account(), patched(away, { provider: 'openai' })).status).toBe('byok_active');
  });

  it('has one key slot: a new key replaces the old one, null empties it', () => {
    const stored = patched(inheriting, { mode: 'byok', apiKey: sealed('a') });
    const replaced = patched(stored, { provider: 'google', apiKey: sealed('b') });
    expect(replaced.storedKey).toEqual({ provider: 'google', sealed: sealed('b') });
    expect(patched(replaced, { apiKey: null }).storedKey).toBeNull();
  });

  it.each<[string, AiConfigPatch, Partial<AiDefaults>]>([
    ['managed by name', { mode: 'managed' }, {}],
    ['inherit, and the default is managed', { mode: null }, {}],
  ])('clears the key on switching to %s', (_, patch, defaults) => {
    expect(patched(patched(inheriting, { mode: 'byok', apiKey: sealed('a') }), patch, defaults).storedKey).toBeNull();
  });

  it('keeps the key where clearing the override leaves byok', () => {
    const stored = patched(inheriting, { mode: 'byok', apiKey: sealed('a') });
    expect(patched(stored, { mode: null }, { mode: 'byok' }).storedKey).not.toBeNull();
  });

  it('keeps a dormant key when a patch in managed mode does not touch the mode', () => {
    const stored = patched(inheriting, { apiKey: sealed('a') }, { mode: 'byok' });
    expect(patched(stored, { model: 'gpt-4o' }, { mode: 'managed' }).storedKey).not.toBeNull();
  });

  it.each<[AiConfigPatch]>([
    [{ apiKey: sealed('a') }],
    [{ mode: 'managed', apiKey: sealed('a') }],
    [{ mode: null, provider: 'google', apiKey: sealed('a') }],
  ])('refuses a key while the resulting mode is managed', (patch) => {
    expect(applyAiConfigPatch(account(), inheriting, patch)).toEqual({ kind: 'key_in_managed_mode' });
  });

  it('gives the same result when an accepted patch is sent twice', () => {
    fc.assert(
      fc.property(accounts, histories, patches, (owner, history, patch) => {
        const once = settingsAfter(owner, [...history, patch]);
        expect(settingsAfter(owner, [...history, patch, patch])).toEqual(once);
      }),
    );
  });
});

describe('changing the defaults of an account', () => {
  it('remembers the provider that is in effect when the model is set', () => {
    expect(applyAiDefaultsPatch(NO_DEFAULTS, { model: 'gpt-4o' }).modelProvider).toBe('openai');
    expect(applyAiDefaultsPatch(NO_DEFAULTS, { provider: 'google', model: 'g' }).modelProvider).toBe('google');
  });

  it('keeps an explicit model, and what it was set for, when only the provider changes', () => {
    const set = applyAiDefaultsPatch(NO_DEFAULTS, { model: 'gpt-4o' });
    const moved = applyAiDefaultsPatch(set, { provider: 'anthropic' });
    expect(effectiveDefaults(moved)).toEqual({ mode: 'managed', provider: 'anthropic', model: 'gpt-4o' });
    expect(effectiveAiConfig({ aiDefaults: moved }, inheriting).model).toBe('claude-haiku-4-5');
  });

  it('forgets the provider with the model', () => {
    const set = applyAiDefaultsPatch(NO_DEFAULTS, { model: 'gpt-4o' });
    expect(applyAiDefaultsPatch(set, { model: null })).toEqual(NO_DEFAULTS);
  });

  it('has a model provider exactly when it has a model, whatever was sent', () => {
    fc.assert(
      fc.property(accounts, ({ aiDefaults }) => {
        expect(aiDefaults.modelProvider === null).toBe(aiDefaults.model === null);
      }),
    );
  });

  it('changes nothing for the empty patch', () => {
    const set = applyAiDefaultsPatch(NO_DEFAULTS, { mode: 'byok', model: 'gpt-4o' });
    expect(applyAiDefaultsPatch(set, {})).toEqual(set);
  });
});
