import type { ByteBounds } from './read-body.ts';

/** Memory for one response that is read to its end before any of it is sent. */
export interface ResponseShare {
  /** Undefined where there is room for so many bytes more; else a promise of it. The first 64 KiB do not count. */
  take(bytes: number): Promise<void> | undefined;
  /** Gives everything back. */
  release(): void;
}

/** Opens a share of the budget for a call of an account. */
export type ResponseBudget = (accountId: string) => ResponseShare;

const UNCOUNTED_BYTES = 64 * 1024;

interface Holder {
  readonly accountId: string;
  bytes: number;
  waiting: { readonly bytes: number; readonly goOn: () => void } | undefined;
}

/**
 * Bounds what responses take in memory, in all and for each account. A response is paid for already, so it is never given up:
 * its provider is held back until others have ended. The oldest of all goes on in any case, and the oldest of its account
 * wherever there is room in all: so there is always one that comes to its end.
 */
export function createResponseBudget({ totalBytes, accountBytes }: ByteBounds): ResponseBudget {
  /** In the order in which they came beyond what does not count. */
  const holders = new Set<Holder>();
  let inAll = 0;

  function hasRoom(holder: Holder, bytes: number): boolean {
    const [oldest] = holders;
    if (oldest === holder) return true;
    if (inAll + bytes > totalBytes) return false;
    const own = [...holders].filter(({ accountId }) => accountId === holder.accountId);
    return own[0] === holder || own.reduce((sum, one) => sum + one.bytes, bytes) <= accountBytes;
  }

  function add(holder: Holder, bytes: number): void {
    holder.bytes += bytes;
    inAll += bytes;
  }

  function admitWaiting(): void {
    for (const holder of holders) {
      const { waiting } = holder;
      if (waiting === undefined || !hasRoom(holder, waiting.bytes)) continue;
      holder.waiting = undefined;
      add(holder, waiting.bytes);
      waiting.goOn();
    }
  }

  return (accountId) => {
    const holder: Holder = { accountId, bytes: 0, waiting: undefined };
    let seenBytes = 0;
    return {
      take(bytes) {
        seenBytes += bytes;
        const counted = Math.min(bytes, seenBytes - UNCOUNTED_BYTES);
        if (counted <= 0) return undefined;
        holders.add(holder);
        if (hasRoom(holder, counted)) return void add(holder, counted);
        return new Promise((resolve) => {
          holder.waiting = { bytes: counted, goOn: resolve };
        });
      },
      release() {
        if (!holders.delete(holder)) return;
        inAll -= holder.bytes;
        admitWaiting();
      },
    };
  };
}
