import { dayAt } from '../../../server/money/periods.ts';
import type { UsageTotals } from '../../../server/money/usage.ts';
import type { Store } from '../../../server/store.ts';

/** A settled call that stands for many: its tokens and its cost are those of all of them. */
export interface SeededCall {
  readonly workspaceId: string;
  /** When it was settled, in milliseconds since the epoch. */
  readonly at: number;
  readonly requests: number;
}

/**
 * How many requests each seeded call stands for. To book each one takes minutes for a busy month, and years for
 * the largest scenario. The ledger has the money and the tokens; the count is kept here, in memory.
 */
export interface SeededRequests {
  note(accountId: string, calls: readonly SeededCall[]): void;
  /** The store with the count in what it says of usage. Everything else, the ledger above all, is the store's own. */
  around(store: Store): Store;
}

export function createSeededRequests(): SeededRequests {
  const byAccount = new Map<string, readonly SeededCall[]>();
  const seededCalls = (accountId: string) => byAccount.get(accountId) ?? [];
  return {
    note: (accountId, calls) => void byAccount.set(accountId, [...seededCalls(accountId), ...calls]),
    around: (store) => ({
      ...store,
      async usageOverview(accountId, fromDay) {
        const { daily, byWorkspace } = await store.usageOverview(accountId, fromDay);
        const calls = seededCalls(accountId).filter(({ at }) => dayAt(at) >= fromDay);
        const byDay = Map.groupBy(calls, ({ at }) => dayAt(at));
        const callsByWorkspace = Map.groupBy(calls, ({ workspaceId }) => workspaceId);
        return {
          daily: daily.map((row) => withRequests(row, byDay.get(row.day))),
          byWorkspace: byWorkspace.map((row) => withRequests(row, callsByWorkspace.get(row.workspaceId))),
        };
      },
      async usageSeries(query) {
        const { accountId, workspaceId, from, to, stepSeconds } = query;
        const stepMs = stepSeconds * 1000;
        const calls = seededCalls(accountId).filter(
          (call) => call.at >= from && call.at < to && (workspaceId ?? call.workspaceId) === call.workspaceId,
        );
        const byBucket = Map.groupBy(calls, ({ at }) => at - ((at - from) % stepMs));
        return (await store.usageSeries(query)).map((row) => withRequests(row, byBucket.get(row.from)));
      },
    }),
  };
}

/** Each call is counted once already. */
function withRequests<Row extends UsageTotals>(row: Row, calls: readonly SeededCall[] = []): Row {
  return { ...row, requests: calls.reduce((sum, { requests }) => sum + requests - 1, row.requests) };
}
