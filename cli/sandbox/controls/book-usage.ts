import type { Micro } from '../../../server/money/microcredits.ts';
import { NO_USAGE } from '../../../server/money/usage.ts';
import { effectiveAiConfig } from '../../../server/resources/ai-config/rules.ts';
import type { Store } from '../../../server/store.ts';
import { newRequestId } from '../../../server/vault/ids.ts';
import type { SeededCall, SeededRequests } from './seeded-requests.ts';

export interface Booking extends SeededCall {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Zero where the workspace is in byok mode. */
  readonly costMicro: Micro;
}

/**
 * Books usage as calls of live workspaces that were admitted and settled, oldest first. Throws where one is not admitted:
 * whoever asks makes sure that there is enough on the account at each time.
 */
export async function bookUsage(
  store: Store,
  seeded: SeededRequests,
  accountId: string,
  bookings: readonly Booking[],
): Promise<void> {
  const terms = await termsOf(store, accountId, new Set(bookings.map(({ workspaceId }) => workspaceId)));
  const inOrder = bookings.toSorted((a, b) => a.at - b.at);
  // All are queued before the first is waited for: they share one commit, in this order.
  await Promise.all(
    inOrder.flatMap(({ workspaceId, at, costMicro, inputTokens, outputTokens }) => {
      const holdId = newRequestId();
      const { mode, provider, model } = terms(workspaceId);
      // What cost something was paid by the platform, whoever pays today.
      const then = costMicro > 0n ? 'managed' : mode;
      const call = { holdId, accountId, workspaceId, mode: then, provider, model, amountMicro: costMicro, at };
      const usage = { ...NO_USAGE, inputTokens, outputTokens };
      return [
        expectKind('admitted', store.admit(call)),
        expectKind('settled', store.settle({ holdId, costMicro, usage, at })),
      ];
    }),
  );
  seeded.note(accountId, bookings);
}

async function termsOf(store: Store, accountId: string, workspaceIds: ReadonlySet<string>) {
  const configs = await Promise.all(
    Array.from(workspaceIds, async (id) => {
      const found = await store.getWorkspace(accountId, id);
      if (found === undefined) throw new Error(`workspace ${id} is gone`);
      return [id, effectiveAiConfig(found.account, found.workspace)] as const;
    }),
  );
  const byId = new Map(configs);
  return (id: string) => {
    const config = byId.get(id);
    if (config === undefined) throw new Error(`workspace ${id} is gone`);
    return config;
  };
}

async function expectKind(kind: string, outcome: Promise<{ readonly kind: string }>): Promise<void> {
  const { kind: actual } = await outcome;
  if (actual !== kind) throw new Error(`seeded usage was not ${kind}: ${actual}`);
}
