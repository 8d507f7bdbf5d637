import type { Account, AiChoice, Workspace } from './state.ts';

/** Where nothing was chosen; another platform may like other models. */
const MODELS: Readonly<Record<AiChoice['provider'], string>> = {
  google: 'gemini-2.5-flash',
  openai: 'gpt-4.1-mini',
  anthropic: 'claude-haiku-4-5',
};

export function inherited({ ai }: Account): AiChoice {
  const { mode = 'managed', provider = 'google' } = ai;
  return { mode, provider, model: ai.model ?? MODELS[provider] };
}

/** The workspace's own choices before its account's; an inherited model goes with the inherited provider only. */
export function inEffect({ ai, owner }: Pick<Workspace, 'ai' | 'owner'>): AiChoice {
  const general = inherited(owner);
  const { mode = general.mode, provider = general.provider } = ai;
  const fallback = provider === general.provider ? general.model : MODELS[provider];
  return { mode, provider, model: ai.model ?? fallback };
}
