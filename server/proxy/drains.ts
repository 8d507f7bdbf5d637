/** Responses that are read on although their caller is gone, to learn what they cost: bounded in time and number, with a share for each account. */
export interface Drains {
  /**
   * Starts one. `onBound` is called when its time is over, or its place is given to another account; at once where there is
   * none for it. Returns how it ends.
   */
  enter(accountId: string, onBound: () => void): () => void;
  /** Ends all of them now, and every one to come. */
  stop(): void;
}

interface DrainLimits {
  readonly maxMs: number;
  /** Of all accounts. */
  readonly maxConcurrent: number;
  readonly maxPerAccount: number;
}

/**
 * When all places are taken, the account with the most gives one up, the one begun last, to an account that has fewer even
 * with one more. So no number of one account's drains cuts the drain of another.
 */
export function createDrains({ maxMs, maxConcurrent, maxPerAccount }: DrainLimits): Drains {
  /** By account, in the order in which they began; no set is empty. */
  const open = new Map<string, Set<() => void>>();
  let count = 0;
  let isStopped = false;

  /** Whether there is a place for one more of an account that has so many. */
  function makeRoom(own: number): boolean {
    if (isStopped || own >= maxPerAccount) return false;
    if (count < maxConcurrent) return true;
    const [most] = [...open.values()].sort((a, b) => b.size - a.size);
    const last = [...(most ?? [])].at(-1);
    if (most === undefined || last === undefined || most.size <= own + 1) return false;
    last();
    return true;
  }

  return {
    enter(accountId, onBound) {
      if (!makeRoom(open.get(accountId)?.size ?? 0)) {
        onBound();
        return () => {};
      }
      const those = open.get(accountId) ?? new Set();
      const timer = setTimeout(cut, maxMs);
      open.set(accountId, those.add(cut));
      count += 1;
      return leave;

      function leave(): void {
        clearTimeout(timer);
        if (!those.delete(cut)) return;
        count -= 1;
        if (those.size === 0) open.delete(accountId);
      }
      function cut(): void {
        leave();
        onBound();
      }
    },
    stop() {
      isStopped = true;
      for (const those of [...open.values()]) for (const cut of [...those]) cut();
    },
  };
}
