import { describe, expect, it } from 'vitest';
import { messages } from './apis/anthropic.ts';
import { chatCompletions, listOpenAiModels } from './apis/openai.ts';
import type { ProxyWorkspace } from './options.ts';
import { createPriceSource } from './prices/source.ts';
import { findTarget } from './quote.ts';

const workspace: ProxyWorkspace = {
  accountId: 'a',
  workspaceId: 'w',
  mode: 'managed',
  provider: 'anthropic',
  model: 'claude-haiku-4-5',
  byokKey: null,
};
const plain = {
  operation: chatCompletions,
  native: undefined,
  named: undefined,
  workspace,
  viaOpenRouter: false,
  prices: createPriceSource({ overrides: { 'house-model': { provider: 'google', input: 1, output: 1 } } }),
  at: Date.UTC(2026, 10, 22),
};

describe('the target of a call', () => {
  const cases: readonly [string, Partial<Parameters<typeof findTarget>[0]>, string, string][] = [
    ['the maker before the slash', { named: 'google/gemini-2.5-pro' }, 'google', 'gemini-2.5-pro'],
    ['the maker that lists the name', { named: 'gpt-4o' }, 'openai', 'gpt-4o'],
    ['the maker that the operator lists', { named: 'house-model' }, 'google', 'house-model'],
    ['the provider in effect for a name that nobody lists', { named: 'new-model' }, 'anthropic', 'new-model'],
    ['the configured model', {}, 'anthropic', 'claude-haiku-4-5'],
    ['the provider of a native route', { named: 'gpt-4o', native: 'google' }, 'google', 'gpt-4o'],
    [
      'the provider of a native route, its prefix taken off',
      { named: 'openai/gpt-4o', native: 'openai' },
      'openai',
      'gpt-4o',
    ],
    ['the only provider of an API', { named: 'gpt-4o', operation: messages }, 'anthropic', 'gpt-4o'],
    ['OpenRouter, under its own name', { named: 'gpt-4o', viaOpenRouter: true }, 'openrouter', 'openai/gpt-4o'],
    ['OpenRouter, as named', { named: 'x/y', viaOpenRouter: true }, 'openrouter', 'x/y'],
    ['OpenRouter, for the configured model', { viaOpenRouter: true }, 'openrouter', 'anthropic/claude-haiku-4-5'],
    [
      'no OpenRouter in byok mode',
      { named: 'gpt-4o', viaOpenRouter: true, workspace: { ...workspace, mode: 'byok' } },
      'openai',
      'gpt-4o',
    ],
    ['the provider in effect for lists', { operation: listOpenAiModels }, 'anthropic', ''],
    ['OpenRouter for lists', { operation: listOpenAiModels, viaOpenRouter: true }, 'openrouter', ''],
  ];
  it.each(cases)('is %s', (_fact, naming, provider, model) => {
    expect(findTarget({ ...plain, ...naming })).toEqual({ kind: 'target', provider, model });
  });

  it('is nobody without a model on the route of another provider', () => {
    expect(findTarget({ ...plain, native: 'openai' })).toMatchObject({ kind: 'refused', code: 'missing_model' });
  });
});
