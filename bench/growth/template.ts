import type { Store } from '../../server/index.ts';
import { admitAndSettle, openBenchAccount } from '../accounts.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAYS = 40;
const MINUTES = 60;

/** Busy: a call a day for forty days, and one a minute in the last hour. Quiet: no call ever. */
export type Habit = 'busy' | 'quiet';

/** What tells an account from every other; it is part of everything that is called after the account, and of nothing else. */
export function accountToken(habit: Habit, number: number): string {
  return `${habit}${String(number).padStart(7, '0')}`;
}

/** The names of what belongs to one account. */
export function namesFromToken(token: string) {
  return { accountId: `acct-${token}`, workspaceId: `ws-${token}`, prefix: `rb_ws_${token}` };
}

/** The first account of its habit, made by calls to the store as any other is. All times are before `now`. */
export async function openTemplate(store: Store, habit: Habit, now: number): Promise<void> {
  const token = accountToken(habit, 0);
  const { prefix, ...account } = namesFromToken(token);
  await openBenchAccount(store, account, now - (DAYS + 1) * DAY_MS);
  const key = { id: `key-${token}`, name: 'bench', prefix, hash: new Uint8Array(32), createdAt: now };
  await store.createApiKey({ ...account, ...key });
  // Its month has begun: that is done once a month, and no part of what a request costs.
  if (habit === 'quiet') return void (await store.credits(account.accountId, now));
  const days = Array.from({ length: DAYS }, (_, index) => now - (DAYS - index) * DAY_MS);
  const minutes = Array.from({ length: MINUTES }, (_, index) => now - (MINUTES - index) * MINUTE_MS);
  for (const [index, at] of [...days, ...minutes].entries()) {
    await admitAndSettle(store, account, `req-${token}-${String(index).padStart(3, '0')}`, at);
  }
}
