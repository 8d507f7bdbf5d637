import { expect } from 'vitest';
import type { Store } from '../../server/store.ts';
import { requireBalancedBooks } from './accounts.ts';

export const CHAT = '/v1/chat/completions';
export const chat = { model: 'gpt-4o-mini', max_tokens: 100, messages: [{ role: 'user', content: 'Hello there' }] };

type Audit = Pick<Store, 'books' | 'openHolds' | 'ledger'>;

/** Properties 6 and 18 (metering): no hold is charged twice, and every account's ledger is its balance and its open holds. */
export async function expectExactBooks(store: Audit): Promise<void> {
  await requireBalancedBooks(store);
  for (const { accountId } of await store.books()) {
    const charged = (await store.ledger(accountId)).flatMap(({ kind, holdId }) => (kind === 'charge' ? [holdId] : []));
    expect(new Set(charged).size, 'holds that are charged').toBe(charged.length);
  }
}

/** No process is at work any more: a hold in state `held` would stay reserved for ever. */
export async function expectNoHeld(store: Audit): Promise<void> {
  expect((await store.openHolds()).filter(({ state }) => state === 'held')).toEqual([]);
}
