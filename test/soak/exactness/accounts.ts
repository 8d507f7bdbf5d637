import type { StubProviders } from '../../../mocks/providers/index.ts';
import type { Store } from '../../../server/store.ts';
import { createOwnKeyTenant, createTenant, PLENTY_MICRO, type Tenant } from '../../harness/accounts.ts';
import { openSite, type Site, type SiteOptions } from '../../harness/platform.ts';
import type { Maker } from '../prices/price-book.ts';
import { type Calendar, createCalendar } from './calendar.ts';
import type { Plan } from './plan.ts';
import type { Side } from './wire.ts';

/** A platform with everybody who calls it in an exactness run. */
export interface Accounts {
  readonly site: Site;
  readonly side: Side;
  readonly tenants: readonly Tenant[];
  /** What each of them is granted every month, by its account. */
  readonly grants: ReadonlyMap<string, bigint>;
  readonly calendar: Calendar;
  /** The hold of each call that was admitted, by the call's subject. */
  readonly holdIds: ReadonlyMap<string, string>;
  payerFor(plan: Plan): Tenant;
  /** Sets what the poor one can spend: enough for a few calls. */
  refillThePoor(): Promise<void>;
}

/** Two or three holds of a cheap model. */
const POOR_MICRO = 3_000_000n;
const MAKERS: readonly Maker[] = ['openai', 'anthropic', 'google'];

export async function openAccounts(side: Side, options: SiteOptions): Promise<Accounts> {
  const calendar = createCalendar(Date.now());
  const holdIds = new Map<string, string>();
  const site = await openSite({
    ...options,
    clock: calendar.now,
    settings: (stub) => ({ ...options.settings?.(stub), ...(side === 'openrouter' && openRouterSettings(stub)) }),
    sabotage(store) {
      const watched = { ...store, ...watch(store, calendar, holdIds) };
      return { ...watched, ...options.sabotage?.(watched) };
    },
  });
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
    grants: new Map([
      [rich.accountId, PLENTY_MICRO],
      [second.accountId, PLENTY_MICRO],
      [poor.accountId, POOR_MICRO],
      ...Object.values(owners).map(({ accountId }) => [accountId, 0n] as const),
    ]),
    calendar,
    holdIds,
    payerFor({ payer, model }) {
      const tenant = { rich, second, poor, 'own-key': owners[model.maker] }[payer];
      if (tenant === undefined) throw new Error(`no account has a key for ${model.maker}`);
      return tenant;
    },
    async refillThePoor() {
      const at = calendar.now();
      const { remainingMicro } = await store.credits(poor.accountId, at);
      await store.adjustCredits(poor.accountId, POOR_MICRO - remainingMicro, 'refilled', at);
    },
  };
}

/**
 * Notes the holds. Everything is booked at the time that it is booked: a call that looked at the clock before the end of a month
 * and is booked after it would be of either, and only the ledger could tell.
 */
function watch(store: Store, calendar: Calendar, holdIds: Map<string, string>): Partial<Store> {
  const { admit, settle, release, markUncertain } = store;
  return {
    async admit(call) {
      const outcome = await calendar.booking((at) => admit({ ...call, at }));
      if (outcome.kind === 'admitted' && call.subject) holdIds.set(call.subject.name, call.holdId);
      return outcome;
    },
    settle: (call) => calendar.booking((at) => settle({ ...call, at })),
    release: (holdId, reason) => calendar.booking((at) => release(holdId, reason, at)),
    markUncertain: (holdId, reason, _at, boundMicro) =>
      calendar.booking((at) => markUncertain(holdId, reason, at, boundMicro)),
  };
}

function openRouterSettings(stub: StubProviders): Record<string, string> {
  return { RIGKIT_OPENROUTER_BASE_URL: stub.openrouterBaseUrl, RIGKIT_OPENROUTER_API_KEY: 'sk-or-soak' };
}
