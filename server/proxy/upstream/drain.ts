/** Answers that are read on although their caller is gone: bounded in time and number (metering property 8). */
export interface Drains {
  /** Starts one; `onBound` is called when its time is over, or at once when there are too many. Returns how it ends. */
  enter(onBound: () => void): () => void;
  /** Ends all of them now, and every one to come. */
  stop(): void;
}

export function createDrains(bounds: { readonly maxMs: number; readonly maxConcurrent: number }): Drains {
  const open = new Set<() => void>();
  let isStopped = false;
  return {
    enter(onBound) {
      if (isStopped || open.size >= bounds.maxConcurrent) {
        onBound();
        return () => {};
      }
      const timer = setTimeout(expire, bounds.maxMs);
      open.add(expire);
      return leave;

      function leave(): void {
        clearTimeout(timer);
        open.delete(expire);
      }
      function expire(): void {
        leave();
        onBound();
      }
    },
    stop() {
      isStopped = true;
      for (const expire of [...open]) expire();
    },
  };
}
