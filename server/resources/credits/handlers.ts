import type { CreditsLedger } from '../../ledger/ledger.ts';
import { microAsCredits, microAsInteger } from '../../money/microcredits.ts';
import type { Account } from '../accounts/sql.ts';
import { effectiveDefaults } from '../ai-defaults/rules.ts';
import type { Handlers, ResponseFor } from '../operations.ts';
import type { ServicesWith } from '../services.ts';

type CreditsReader = ServicesWith<Pick<CreditsLedger, 'credits'>>;

/** `/users/me/credits`. */
export function creditsHandlers(services: CreditsReader): Pick<Handlers, 'getCredits'> {
  return { getCredits: async ({ account }) => readCredits(services, account) };
}

/** The account's mode and credits. Also what setting the mode responds with. */
export async function readCredits(
  { store, clock }: Pick<CreditsReader, 'store' | 'clock'>,
  account: Account,
): Promise<ResponseFor<'getCredits'>> {
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
