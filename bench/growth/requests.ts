import type { Store } from '../../server/index.ts';
import { metricWindow, usageWindowStart } from '../../server/money/periods.ts';
import { admitAndSettle } from '../accounts.ts';
import type { Site } from './site.ts';
import { accountToken, namesFromToken } from './template.ts';

/** As many as a process keeps connections to PostgreSQL. */
export const IN_FLIGHT = 10;

type Names = ReturnType<typeof namesFromToken>;

/** What a request may be about. No two that are under way at once are about the same account. */
export interface Subjects {
  /** One of ten, always the same. */
  readonly ten: Names;
  /** Any there is. */
  readonly any: Names;
  /** Any that has calls in the books, as many as every other of them. */
  readonly busy: Names;
  /** In the order of time, as a platform gives them out. */
  readonly holdId: string;
  readonly now: number;
}

/** What each kind asks of the store. The work is the same at every size. */
export const REQUESTS: readonly {
  readonly name: string;
  readonly ask: (store: Store, about: Subjects) => Promise<unknown>;
}[] = [
  {
    name: 'metered call, of the same ten accounts',
    ask: (store, { ten, holdId, now }) => admitAndSettle(store, ten, holdId, now),
  },
  {
    name: 'metered call, of any account',
    ask: (store, { any, holdId, now }) => admitAndSettle(store, any, holdId, now),
  },
  {
    name: 'who calls: key and workspace',
    ask: async (store, { any }) => {
      const found = await store.findApiKey(any.prefix);
      if (found?.workspace?.id !== any.workspaceId) throw new Error(`no workspace behind ${any.prefix}`);
    },
  },
  { name: 'GET credits', ask: (store, { any, now }) => store.credits(any.accountId, now) },
  {
    name: 'GET ai-usage',
    ask: (store, { busy, now }) => store.usageOverview(busy.accountId, usageWindowStart(now)),
  },
  {
    name: 'GET usage metrics, 1h',
    ask: (store, { busy: { accountId }, now }) => store.usageSeries({ accountId, ...metricWindow('1h', now) }),
  },
  {
    name: 'GET usage metrics, 7d, one workspace',
    ask: (store, { busy: { accountId, workspaceId }, now }) =>
      store.usageSeries({ accountId, workspaceId, ...metricWindow('7d', now) }),
  },
];

/** Spreads whole numbers evenly over 0 to 1, neighbours far apart. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** What the request with this number is about, of the worker `worker`. */
export function pickSubjects({ accounts, busy }: Site, worker: number, number: number, now: number): Subjects {
  const pick = (count: number) => Math.floor(((number * GOLDEN) % 1) * (count / IN_FLIGHT)) * IN_FLIGHT + worker;
  const any = pick(accounts);
  return {
    ten: namesFromToken(accountToken('busy', worker)),
    any: namesFromToken(any < busy ? accountToken('busy', any) : accountToken('quiet', any - busy)),
    busy: namesFromToken(accountToken('busy', pick(busy))),
    holdId: `run-${String(number).padStart(9, '0')}`,
    now,
  };
}
