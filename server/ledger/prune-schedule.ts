const EVERY_MINUTES = 60;

/** Whether the account's old minutes are due to be thrown away, and if so, that it is done; `minute` is now. */
export type PruneSchedule = (accountId: string, minute: number) => boolean;

/**
 * Once an hour for each account, by its own clock: what one account's calls say of the time is nothing to another's.
 * Remembers the last `mostAccounts` only; an account that it has forgotten is due once more, which does no harm.
 */
export function createPruneSchedule(mostAccounts = 10_000): PruneSchedule {
  const prunedAtMinute = new Map<string, number>();
  return (accountId, minute) => {
    const last = prunedAtMinute.get(accountId);
    if (last !== undefined && minute < last + EVERY_MINUTES) return false;
    prunedAtMinute.delete(accountId);
    prunedAtMinute.set(accountId, minute);
    const [longestAgo] = prunedAtMinute.keys();
    if (prunedAtMinute.size > mostAccounts && longestAgo !== undefined) prunedAtMinute.delete(longestAgo);
    return true;
  };
}
