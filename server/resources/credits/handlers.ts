import { microAsCredits, microAsInteger } from '../../money/microcredits.ts';
import type { Account } from '../accounts/account.ts';
import { effectiveDefaults } from '../ai-config/rules.ts';
import type { Handlers, ResponseFor } from '../operations.ts';
import type { Services } from '../services.ts';

/** `/users/me/credits`, and `/users/me/ai-mode`, which answers the same body (contract section 3). */
export function creditsHandlers({ store, clock }: Services): Pick<Handlers, 'getCredits' | 'updateAiMode'> {
  return {
    getCredits: async ({ account }) => answer(account),

    updateAiMode: async ({ account, body }) =>
      answer(await store.updateAiDefaults(account.id, body, clock(account.id))),
  };

  async function answer(account: Account): Promise<ResponseFor<'getCredits'>> {
    const { remainingMicro, totalMicro } = await store.credits(account.id, clock(account.id));
    return {
      status: 200,
      body: {
        mode: effectiveDefaults(account.aiDefaults).mode,
        remaining: microAsCredits(remainingMicro),
        total: microAsCredits(totalMicro),
        remaining_micro: microAsInteger(remainingMicro),
        total_micro: microAsInteger(totalMicro),
      },
    };
  }
}
