import type { Account } from '../accounts/account.ts';
import type { AiDefaultsPatch } from '../ai-config/rules.ts';
import { effectiveDefaults } from '../ai-config/rules.ts';
import type { ApiRequest, Handlers, ResponseFor } from '../operations.ts';
import type { Services } from '../services.ts';

/** `/users/me/ai-defaults`: what workspaces inherit (contract section 3). */
export function aiDefaultsHandlers({ store, clock }: Services): Pick<Handlers, 'getAiDefaults' | 'updateAiDefaults'> {
  return {
    getAiDefaults: async ({ account }) => answer(account),

    updateAiDefaults: async ({ account, body }) =>
      answer(await store.updateAiDefaults(account.id, patchOf(body), clock(account.id))),
  };
}

/** What is left out stays left out: null would clear it. */
function patchOf(body: ApiRequest<'updateAiDefaults'>['body']): AiDefaultsPatch {
  const { default_mode: mode, default_provider: provider, default_model: model } = body;
  return {
    ...(mode === undefined ? {} : { mode }),
    ...(provider === undefined ? {} : { provider }),
    ...(model === undefined ? {} : { model }),
  };
}

function answer(account: Account): ResponseFor<'getAiDefaults'> {
  const { mode, provider, model } = effectiveDefaults(account.aiDefaults);
  return { status: 200, body: { default_mode: mode, default_provider: provider, default_model: model } };
}
