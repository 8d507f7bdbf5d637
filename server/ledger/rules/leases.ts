import type { OpenHold } from '../audit.ts';

/**
 * Who holds what. A handle on a store that places holds takes a lease, and renews it with every heartbeat; its holds carry
 * the lease. A hold that is `held` therefore has a process at work on it: once the lease is gone, it is `uncertain`.
 */
export interface LeaseOptions {
  /** Milliseconds since the epoch, for leases alone: they go by the machine's time. Default `Date.now`. */
  readonly leaseClock?: () => number;
  /** How often a lease is renewed and others are looked at, in milliseconds. Default 10,000. */
  readonly heartbeatMs?: number;
  /** Told of the holds that were found without a process, now uncertain: before the store is open, and later. */
  readonly onOrphans?: (holds: readonly OpenHold[]) => void;
}

export const HEARTBEAT_MS = 10_000;
/** A process that misses so many heartbeats counts as gone: more than any stall of a process that works. */
const HEARTBEATS_IN_A_LEASE = 6;

/** Why a hold is uncertain whose process is gone, and one whose process could not close it. */
export const PROCESS_ENDED = 'process ended';
export const NOT_CLOSED = 'the store did not take its end';

export interface Lease {
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Where process ids are told apart: one machine, or one container. */
  readonly place: string;
  readonly pid: number;
}

/** What a process knows when it checks whether the holder of a lease still runs. */
export interface Witness {
  readonly now: number;
  readonly place: string;
  /** Whether this place has a process with that id. */
  readonly isRunning: (pid: number) => boolean;
}

export function leaseEnd(now: number, heartbeatMs: number): number {
  return now + HEARTBEATS_IN_A_LEASE * heartbeatMs;
}

/**
 * Whether the holder is gone: for certain where its process can be looked for, else when it has shown no life for long. A
 * process that wakes up after all still settles its holds, because uncertain ones can be settled.
 */
export function isGone(lease: Lease, { now, place, isRunning }: Witness): boolean {
  if (now >= lease.expiresAt) return true;
  return lease.place === place && !isRunning(lease.pid);
}
