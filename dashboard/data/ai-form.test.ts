import { describe, expect, it } from 'vitest';
import { type AiForm, defaultsPatch, formOfWorkspace, withProvider, workspacePatch } from './ai-form.ts';

const START: AiForm = { mode: 'inherit', provider: 'openai', model: 'gpt-4o-mini' };

describe('the form of a workspace', () => {
  it('sends nothing where nothing was changed', () => {
    expect(workspacePatch(START, { ...START, model: ' gpt-4o-mini ' }, ' ')).toEqual({});
  });

  it('sends what was changed, and null for what is inherited again', () => {
    expect(workspacePatch(START, { mode: 'byok', provider: 'inherit', model: '' }, ' sk-mine ')).toEqual({
      mode: 'byok',
      provider: null,
      model: null,
      api_key: 'sk-mine',
    });
  });

  it('lets the model of the old provider go with it', () => {
    expect(workspacePatch(START, withProvider(START, 'anthropic'), '')).toEqual({ provider: 'anthropic', model: null });
  });

  it('shows a mode as inherited unless the workspace says it itself', () => {
    const config = { mode: 'byok', provider: 'openai', model: 'm', status: 'byok_active', updated_at: '' } as const;
    expect(formOfWorkspace(config, { mode: 'byok', source: 'user_default' }).mode).toBe('inherit');
    expect(formOfWorkspace(config, { mode: 'byok', source: 'workspace' }).mode).toBe('byok');
  });
});

it("names the fields of the defaults as the defaults' own endpoint does", () => {
  expect(defaultsPatch(START, { mode: 'managed', provider: 'google', model: '' })).toEqual({
    default_mode: 'managed',
    default_provider: 'google',
    default_model: null,
  });
});
