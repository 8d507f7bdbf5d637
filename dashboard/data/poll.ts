import type { Outcome } from './outcome.ts';

export interface Pace {
  /** Between the end of one turn and the next while all is well. */
  readonly everyMs: number;
  /** The longest wait that repeated failures lead to. */
  readonly slowestMs: number;
}

/** How long to wait for the next turn: doubled with every failure in a row, or as long as the platform asked for. */
export function waitAfter(outcome: Outcome<unknown>, failuresInRow: number, pace: Pace): number {
  if (outcome.kind === 'ok') return pace.everyMs;
  const backOffMs = Math.min(pace.everyMs * 2 ** failuresInRow, pace.slowestMs);
  return outcome.kind === 'rate_limited' ? Math.max(outcome.retryAfterMs, pace.everyMs) : backOffMs;
}

/** What a poller needs of a browser. */
export interface PollerSurroundings {
  isHidden(): boolean;
  /** Calls back when the page is shown or the network returns; answers how to stop that. */
  onWake(wake: () => void): () => void;
  setTimer(callback: () => void, delayMs: number): () => void;
}

export interface Poller {
  /** Takes a turn at once, unless one is under way or the platform asked us to wait. */
  nudge(): void;
  stop(): void;
}

/**
 * Takes a turn again and again, never two at once. Rests while the page is hidden and takes a turn when it is shown; a wait
 * that the platform asked for is not cut short by anything. `onWait` is called with how each turn ended and how long the wait is.
 */
export function startPoller(
  turn: () => Promise<Outcome<unknown>>,
  pace: Pace,
  surroundings: PollerSurroundings,
  onWait: (outcome: Outcome<unknown>, waitMs: number) => void = () => {},
): Poller {
  let failuresInRow = 0;
  let isBusy = false;
  let isStopped = false;
  let mayCutShort = true;
  let clearTimer = () => {};

  async function take(): Promise<void> {
    clearTimer();
    if (isStopped || isBusy) return;
    if (surroundings.isHidden()) {
      mayCutShort = true;
      return;
    }
    isBusy = true;
    const outcome = await turn();
    isBusy = false;
    if (isStopped) return;
    failuresInRow = outcome.kind === 'ok' ? 0 : failuresInRow + 1;
    mayCutShort = outcome.kind !== 'rate_limited';
    const waitMs = waitAfter(outcome, failuresInRow, pace);
    clearTimer = surroundings.setTimer(take, waitMs);
    onWait(outcome, waitMs);
  }

  const nudge = () => {
    if (mayCutShort) void take();
  };
  const unlisten = surroundings.onWake(nudge);
  void take();
  return {
    nudge,
    stop() {
      isStopped = true;
      clearTimer();
      unlisten();
    },
  };
}

/** The browser that the page is in. */
export const browserSurroundings: PollerSurroundings = {
  isHidden: () => document.visibilityState === 'hidden',
  onWake(wake) {
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('online', wake);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('online', wake);
    };
  },
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
