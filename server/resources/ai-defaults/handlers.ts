import type { CreditsLedger } from '../../ledger/ledger.ts';
import type { Account } from '../accounts/sql.ts';
import { readCredits } from '../credits/handlers.ts';
import type { ApiRequest, Handlers, ResponseFor } from '../operations.ts';
import type { ServicesWith } from '../services.ts';
import { type AiDefaultsPatch, effectiveDefaults } from './rules.ts';
import type { AiDefaultsWriter } from './sql.ts';

/** `/users/me/ai-defaults`: what workspaces inherit; and `/users/me/ai-mode`: its mode alone, shown with the credits. */
export function aiDefaultsHandlers(
  services: ServicesWith<AiDefaultsWriter & Pick<CreditsLedger, 'credits'>>,
): Pick<Handlers, 'getAiDefaults' | 'updateAiDefaults' | 'updateAiMode'> {
  const update = (account: Account, patch: AiDefaultsPatch) =>
    services.store.updateAiDefaults(account.id, patch, services.clock(account.id));
  return {
    getAiDefaults: async ({ account }) => toResponse(account),

    updateAiDefaults: async ({ account, body }) => toResponse(await update(account, toPatch(body))),

    updateAiMode: async ({ account, body }) => readCredits(services, await update(account, body)),
  };
}

/** What is left out stays left out: null would clear it. */
function toPatch(body: ApiRequest<'updateAiDefaults'>['body']): AiDefaultsPatch {
  const { default_mode: mode, default_provider: provider, default_model: model } = body;
  return {
    ...(mode === undefined ? {} : { mode }),
    ...(provider === undefined ? {} : { provider }),
    ...(model === undefined ? {} : { model }),
  };
}

function toResponse(account: Account): ResponseFor<'getAiDefaults'> {
  const { mode, provider, model } = effectiveDefaults(account.aiDefaults);
  return { status: 200, body: { default_mode: mode, default_provider: provider, default_model: model } };
}
