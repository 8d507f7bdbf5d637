import type { StubProviders } from '../../../mocks/providers/index.ts';
import { createOwnKeyTenant, createTenant, PLENTY_MICRO, type Tenant } from '../../harness/accounts.ts';
import { openSite, type Site, type SiteOptions } from '../../harness/platform.ts';
import type { Maker } from '../prices/price-book.ts';
import type { Plan } from './plan.ts';
import type { Side } from './wire.ts';

/** A platform with everybody who calls it in an exactness run. */
export interface Accounts {
  readonly site: Site;
  readonly side: Side;
  readonly tenants: readonly Tenant[];
  payerFor(plan: Plan): Tenant;
  /** Sets what the poor one can spend: enough for a few calls. */
  refillThePoor(): Promise<void>;
}

/** Two or three holds of a cheap model. */
const POOR_MICRO = 3_000_000n;
const MAKERS: readonly Maker[] = ['openai', 'anthropic', 'google'];

export async function openAccounts(side: Side, options: SiteOptions): Promise<Accounts> {
  const site = await openSite(side === 'direct' ? options : { ...options, settings: openRouterSettings });
  const { store } = site;
  const rich = await createTenant(store, 'rich', PLENTY_MICRO);
  const second = await createTenant(store, 'second', PLENTY_MICRO);
  const poor = await createTenant(store, 'poor', POOR_MICRO);
  const owners: Record<string, Tenant> = {};
  for (const maker of MAKERS) owners[maker] = await createOwnKeyTenant(site, maker, `sk-own-${maker}`);
  return {
    site,
    side,
    tenants: [rich, second, poor, ...Object.values(owners)],
    payerFor({ payer, model }) {
      const tenant = { rich, second, poor, 'own-key': owners[model.maker] }[payer];
      if (tenant === undefined) throw new Error(`no account has a key for ${model.maker}`);
      return tenant;
    },
    async refillThePoor() {
      const { remainingMicro } = await store.credits(poor.accountId, Date.now());
      await store.adjustCredits(poor.accountId, POOR_MICRO - remainingMicro, 'refilled', Date.now());
    },
  };
}

function openRouterSettings(stub: StubProviders): Record<string, string> {
  return { RIGKIT_OPENROUTER_BASE_URL: stub.openrouterBaseUrl, RIGKIT_OPENROUTER_API_KEY: 'sk-or-soak' };
}
