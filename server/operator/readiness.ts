import { inTime, STORE_DEADLINE_MS } from './deadline.ts';

/** `ready`, or the one thing that stands in the way. */
export type Readiness = 'ready' | 'closing' | 'the store does not answer';

export interface ReadinessOptions {
  /** Rejects where the store cannot be asked. */
  readonly probeStore: () => Promise<unknown>;
  /** How long that may take. Default 2,000. */
  readonly storeTimeoutMs?: number;
  /** Whether the platform takes no new work any more. */
  readonly isClosing: () => boolean;
}

/** Whether a process wants work. */
export async function readinessOf(options: ReadinessOptions): Promise<Readiness> {
  const { isClosing, probeStore, storeTimeoutMs = STORE_DEADLINE_MS } = options;
  if (isClosing()) return 'closing';
  try {
    await inTime(probeStore(), storeTimeoutMs);
    return 'ready';
  } catch {
    return 'the store does not answer';
  }
}
