/**
 * Turns of the one event loop, for work on large bodies. Accounts take turns, one piece of work each, and between two pieces
 * everything else that is ready goes first.
 */
export interface Turns {
  /** Does a piece of work when it is the account's turn. Rejects with what the piece throws. */
  take<T>(accountId: string, piece: () => T): Promise<T>;
}

/** A piece that took longer is felt by others: its account waits so many times as long for its next turn. */
const FELT_MS = 5;
const WAITS = 9;

interface Queue {
  readonly pieces: (() => void)[];
  /** On the clock of `performance.now`. */
  restsUntil: number;
}

export function createTurns(now = () => performance.now()): Turns {
  /** In the order of their turns. */
  const queues = new Map<string, Queue>();
  let isAwake = false;
  let rest: NodeJS.Timeout | undefined;

  function wake(): void {
    const at = now();
    for (const [accountId, queue] of queues) {
      if (queue.restsUntil > at) continue;
      const piece = queue.pieces.shift();
      queues.delete(accountId);
      if (piece === undefined) continue;
      piece();
      const tookMs = now() - at;
      if (tookMs > FELT_MS) queue.restsUntil = at + tookMs * (1 + WAITS);
      queues.set(accountId, queue);
      break;
    }
    schedule();
  }

  function schedule(): void {
    const waiting = [...queues.values()].filter(({ pieces }) => pieces.length > 0);
    const restMs = Math.min(...waiting.map(({ restsUntil }) => restsUntil)) - now();
    isAwake = waiting.length > 0 && restMs <= 0;
    if (isAwake) setImmediate(wake);
    else if (waiting.length > 0) rest = setTimeout(wake, Math.ceil(restMs));
  }

  return {
    take(accountId, piece) {
      return new Promise((resolve, reject) => {
        const queue = queues.get(accountId) ?? { pieces: [], restsUntil: 0 };
        queues.set(accountId, queue);
        queue.pieces.push(() => {
          try {
            resolve(piece());
          } catch (error) {
            reject(error);
          }
        });
        if (isAwake) return;
        isAwake = true;
        clearTimeout(rest);
        setImmediate(wake);
      });
    },
  };
}
