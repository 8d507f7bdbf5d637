/** How a benchmark and the processes it measures talk: the child's side. */

export interface Ready {
  readonly kind: 'ready';
  readonly port: number;
  /** What a caller has to send beyond the question. */
  readonly headers: Readonly<Record<string, string>>;
  /** What a caller of another account sends; empty where there is none. */
  readonly attackerHeaders: Readonly<Record<string, string>>;
}

export interface Figures {
  readonly kind: 'figures';
  /** User and system time of the process since it started. */
  readonly cpuMicroseconds: number;
  /** Resident memory of the process: what its operator sees. */
  readonly residentBytes: number;
  /** What of its heap is in use, or not yet collected. */
  readonly heapBytes: number;
  /**
   * The CPU time that the thread took between two ticks of 5 ms, since it was asked last: of a hundred ticks, the one before
   * the last. What comes in between waits so long, whatever else the machine does. In milliseconds.
   */
  readonly stallMs: number;
  /** Calls that are charged by now; undefined for a participant that does not meter. */
  readonly settled: number | undefined;
}

interface Participant {
  readonly port: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly attackerHeaders?: Readonly<Record<string, string>>;
  readonly settled?: () => Promise<number>;
  readonly close?: () => Promise<void>;
}

/** Tells the benchmark where this process listens, answers its questions, and ends with it. */
export function takePart({ port, headers = {}, attackerHeaders = {}, settled, close }: Participant): void {
  const takeStallMs = watchStalls();
  const send = (message: Ready | Figures) => process.send?.(message);
  process.on('message', async () => {
    const { user, system } = process.cpuUsage();
    send({
      kind: 'figures',
      cpuMicroseconds: user + system,
      residentBytes: process.memoryUsage.rss(),
      heapBytes: process.memoryUsage().heapUsed,
      stallMs: takeStallMs(),
      settled: await settled?.(),
    });
  });
  process.once('disconnect', async () => {
    await close?.();
    process.exit();
  });
  send({ kind: 'ready', port, headers, attackerHeaders });
}

function watchStalls(): () => number {
  let stallsMs: number[] = [];
  let before = process.threadCpuUsage();
  setInterval(() => {
    const now = process.threadCpuUsage();
    stallsMs.push((now.user + now.system - before.user - before.system) / 1000);
    before = now;
  }, 5).unref();
  return () => {
    const sorted = stallsMs.toSorted((a, b) => a - b);
    stallsMs = [];
    return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
  };
}
