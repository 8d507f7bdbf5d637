import type { Database } from 'better-sqlite3';
import type { GroupCommit } from '../../database/sqlite/database.ts';
import type { OpenHold } from '../audit.ts';
import { isRunning, MACHINE } from '../process-place.ts';
import { type HoldRow, OPEN_HOLD_COLUMNS, toOpenHold } from '../rows.ts';
import { HEARTBEAT_MS, isGone, type LeaseOptions, leaseEnd, NOT_CLOSED, PROCESS_ENDED } from '../rules/leases.ts';

/** The lease of one handle, and its watch over the leases of all. */
export interface Leases {
  /** To be called right before a hold is queued: the lease is taken or renewed in the same commit, where that is due. */
  prepare(): void;
  /** The lease that a hold of this handle carries; inside the transaction. Throws where there is none. */
  id(): bigint;
  /** The end of this hold was not written, and does not come again: soon it is uncertain. */
  disown(holdId: string): void;
  /** Finds the holds whose process is gone, whatever became of its lease. */
  sweep(): Promise<void>;
  /** Has this done with every heartbeat, but not again before it is done. */
  onBeat(work: () => Promise<void>): void;
  /** Queues the end of the lease; what it holds becomes uncertain. */
  end(): void;
}

interface Lease {
  readonly id: bigint;
  readonly expiresAt: number;
}

interface LeaseRow {
  readonly id: bigint;
  readonly place: string;
  readonly pid: bigint;
  readonly expires_at: bigint;
}

/** For a store that is only read: SQLite itself refuses what would be written. */
export const noLeases: Leases = {
  prepare() {},
  id: () => 0n,
  disown() {},
  async sweep() {},
  onBeat() {},
  end() {},
};

/** The condition that lets SQLite use its index of open holds. */
const ORPHANED = `state IN ('held', 'uncertain') AND state = 'held'
  AND NOT EXISTS (SELECT 1 FROM leases WHERE leases.id = lease_id)`;

export function createLeases(db: Database, group: GroupCommit, options: LeaseOptions): Leases {
  const { leaseClock = Date.now, heartbeatMs = HEARTBEAT_MS, onOrphans } = options;
  const insert = db.prepare<[string, number, number]>('INSERT INTO leases (place, pid, expires_at) VALUES (?, ?, ?)');
  const extend = db.prepare<[number, bigint]>('UPDATE leases SET expires_at = ? WHERE id = ?');
  const selectAll = db.prepare<[], LeaseRow>('SELECT id, place, pid, expires_at FROM leases');
  const remove = db.prepare<[bigint]>('DELETE FROM leases WHERE id = ?');
  const selectOrphan = db.prepare<[]>(`SELECT 1 FROM holds WHERE ${ORPHANED} LIMIT 1`);
  const markOrphans = db.prepare<[string, number], HoldRow>(
    `UPDATE holds SET state = 'uncertain', reason = ?, updated_at = ? WHERE ${ORPHANED} RETURNING ${OPEN_HOLD_COLUMNS.join(', ')}`,
  );
  const markOne = db.prepare<[string, number, string]>(
    "UPDATE holds SET state = 'uncertain', reason = ?, updated_at = ? WHERE id = ? AND state = 'held'",
  );

  let lease: Lease | undefined;
  let renewal: Promise<void> | undefined;
  const disowned = new Set<string>();

  function take(before: Lease | undefined): void {
    const expiresAt = leaseEnd(leaseClock(), heartbeatMs);
    // A lease that was thought gone has been removed: then this is a new one.
    const isExtended = before !== undefined && extend.run(expiresAt, before.id).changes > 0;
    const id = isExtended ? before.id : BigInt(insert.run(MACHINE, process.pid, expiresAt).lastInsertRowid);
    lease = { id, expiresAt };
  }

  /** What was not committed was not taken. */
  function renew(): Promise<void> {
    const before = lease;
    renewal ??= group
      .run(() => take(before))
      .catch((error: unknown) => {
        lease = before;
        throw error;
      })
      .finally(() => {
        renewal = undefined;
      });
    return renewal;
  }

  function goneLeases(): readonly bigint[] {
    const witness = { now: leaseClock(), place: MACHINE, isRunning };
    return selectAll.all().flatMap(({ id, place, pid, expires_at }) => {
      const isOther = id !== lease?.id;
      return isOther && isGone({ place, pid: Number(pid), expiresAt: Number(expires_at) }, witness) ? [id] : [];
    });
  }

  function markUncertain(): readonly OpenHold[] {
    for (const id of goneLeases()) remove.run(id);
    return markOrphans.all(PROCESS_ENDED, leaseClock()).map(toOpenHold);
  }

  function close(): void {
    if (lease !== undefined) remove.run(lease.id);
    markOrphans.run(PROCESS_ENDED, leaseClock());
  }

  async function markOrphaned(): Promise<void> {
    const orphans = await group.run(markUncertain);
    if (orphans.length > 0) onOrphans?.(orphans);
  }

  /** Looks first: most handles never have anything to write. */
  async function sweep(): Promise<void> {
    if (goneLeases().length > 0 || selectOrphan.get() !== undefined) await markOrphaned();
  }

  async function markDisowned(): Promise<void> {
    if (disowned.size === 0) return;
    const holdIds = [...disowned];
    await group.run(() => {
      for (const holdId of holdIds) markOne.run(NOT_CLOSED, leaseClock(), holdId);
    });
    for (const holdId of holdIds) disowned.delete(holdId);
  }

  /** A hold loses its process with its lease and never without: the leases are few, the open holds may be many. */
  async function beat(): Promise<void> {
    await Promise.all([lease && renew(), markDisowned(), goneLeases().length > 0 && markOrphaned()]);
  }
  let isBusy = false;
  let work = async () => {};
  async function workOn(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    await work().finally(() => {
      isBusy = false;
    });
  }
  // What fails now is tried again with the next beat; a lease that ran out is renewed before anything is held again.
  const heart = setInterval(() => {
    beat().catch(() => {});
    workOn().catch(() => {});
  }, heartbeatMs).unref();

  return {
    prepare() {
      if (lease === undefined || leaseClock() >= lease.expiresAt) renew().catch(() => {});
    },
    id() {
      if (lease === undefined) throw new Error('this process could not take a lease');
      return lease.id;
    },
    disown: (holdId) => void disowned.add(holdId),
    sweep,
    onBeat(wanted) {
      work = wanted;
    },
    end() {
      clearInterval(heart);
      if (lease === undefined && renewal === undefined) return;
      // Behind everything that is queued: an admission in the same commit may have taken the lease only then.
      group.run(close).catch(() => {});
    },
  };
}
