/**
 * Turns of the one event loop, for work on large bodies. Accounts take turns, one piece of work each, and between two pieces
 * everything else that is ready goes first.
 */
export interface Turns {
  /**
   * Does a piece of work when it is the account's turn. Rejects with what the piece throws. `knownMs`: what the work takes
   * that the piece sets off; default: what the piece itself takes.
   */
  take<T>(accountId: string, piece: () => T, knownMs?: number): Promise<T>;
}

/** Does a piece of work on one body. */
export type Piece = <T>(work: () => T) => Promise<T> | T;

/** Work on a larger body is done in turns. */
const LARGE_BYTES = 128 * 1024;

/** How work on a body of so many bytes is done: at once, or in turns. */
export function workOn(bytes: number, turns: Turns, accountId: string): Piece {
  return (work) => (bytes > LARGE_BYTES ? turns.take(accountId, work) : work());
}

/** A piece that took longer is felt by others. */
const FELT_MS = 5;
/** The time that an account pays for a millisecond of work: so it has a fifth of the loop for short pieces, 3 percent for felt ones. */
const PAYS_SHORT = 5;
const PAYS_FELT = 33;
/** What an account may owe before it waits: 150 ms of felt pieces, as two or three of the largest bodies are. */
const CREDIT_MS = 150 * PAYS_FELT;

/** All calls under way wait for a long piece, so the longer it is, the rarer it has to be. */
function price(tookMs: number): number {
  return tookMs * (tookMs > FELT_MS ? Math.max(PAYS_FELT, tookMs) : PAYS_SHORT);
}

interface Queue {
  readonly pieces: { readonly work: () => void; readonly knownMs: number | undefined }[];
  /** When its work so far is paid. On the clock of `performance.now`. */
  paidAt: number;
}

/** `cpuMs` is what the pieces took: on a machine that does other work too, an account pays for its own. */
export function createTurns(now = () => performance.now(), cpuMs = threadCpuMs): Turns {
  /** In the order of their turns. */
  const queues = new Map<string, Queue>();
  let isAwake = false;
  let rest: NodeJS.Timeout | undefined;

  function wake(): void {
    const at = now();
    for (const [accountId, queue] of queues) {
      if (queue.paidAt > at + CREDIT_MS) continue;
      const piece = queue.pieces.shift();
      if (piece === undefined) {
        if (queue.paidAt <= at) queues.delete(accountId);
        continue;
      }
      const startMs = cpuMs();
      piece.work();
      queue.paidAt = Math.max(queue.paidAt, at) + price(piece.knownMs ?? cpuMs() - startMs);
      queues.delete(accountId);
      queues.set(accountId, queue);
      break;
    }
    schedule();
  }

  function schedule(): void {
    const waiting = [...queues.values()].filter(({ pieces }) => pieces.length > 0);
    const restMs = Math.min(...waiting.map(({ paidAt }) => paidAt)) - CREDIT_MS - now();
    isAwake = waiting.length > 0 && restMs <= 0;
    if (isAwake) setImmediate(wake);
    else if (waiting.length > 0) rest = setTimeout(wake, Math.ceil(restMs));
  }

  return {
    take(accountId, piece, knownMs) {
      return new Promise((resolve, reject) => {
        const queue = queues.get(accountId) ?? { pieces: [], paidAt: 0 };
        queues.set(accountId, queue);
        const work = () => {
          try {
            resolve(piece());
          } catch (error) {
            reject(error);
          }
        };
        queue.pieces.push({ work, knownMs });
        if (isAwake) return;
        isAwake = true;
        clearTimeout(rest);
        setImmediate(wake);
      });
    },
  };
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
