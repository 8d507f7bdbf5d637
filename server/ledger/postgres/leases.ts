import { randomUUID } from 'node:crypto';
import { type Connections, type RetryingSession, statement } from '../../database/postgres/connections.ts';
import type { Admission } from '../port.ts';
import { isRunning, MACHINE } from '../process-place.ts';
import { type HoldRow, OPEN_HOLD_COLUMNS, toOpenHold } from '../rows.ts';
import { heldMicro } from '../rules/holds.ts';
import { HEARTBEAT_MS, isGone, type LeaseOptions, leaseEnd, NOT_CLOSED, PROCESS_ENDED } from '../rules/leases.ts';
import { markUncertain, release } from './hold-transitions.ts';

/** The lease of one handle, and its watch over the leases of all. */
export interface Leases {
  /** The lease that a hold of this handle carries: taken or renewed first, where that is due. Throws where it cannot be. */
  id(db: RetryingSession): Promise<string>;
  /** The end of this hold was not written, and does not come again: soon it is uncertain. */
  disown(holdId: string): void;
  /** It is unknown whether this hold was placed, or will be; its call was not forwarded. Soon it is released. */
  abandon(admission: Admission): void;
  /** Finds the holds whose process is gone, whatever became of its lease. */
  sweep(): Promise<void>;
  /** Ends the lease; what it holds becomes uncertain. */
  end(db: RetryingSession): Promise<void>;
  /** Has this done with every heartbeat, but not again before it is done. */
  onBeat(work: () => Promise<void>): void;
  /** The heart stops beating. */
  stop(): void;
}

interface LeaseRow {
  readonly id: string;
  readonly place: string;
  readonly pid: bigint;
  readonly expires_at: bigint;
}

/** For a store that is only read: PostgreSQL itself refuses what would be written. */
export const noLeases: Leases = {
  id: async () => '',
  disown() {},
  abandon() {},
  async sweep() {},
  async end() {},
  onBeat() {},
  stop() {},
};

const INSERT = statement('INSERT INTO leases (id, place, pid, expires_at) VALUES ($1, $2, $3, $4)');
const EXTEND = statement('UPDATE leases SET expires_at = $2 WHERE id = $1 RETURNING id');
const SELECT_ALL = statement('SELECT id, place, pid, expires_at FROM leases');
const REMOVE = statement('DELETE FROM leases WHERE id = ANY ($1::text[])');
/** The condition that lets PostgreSQL use its index of open holds. */
const MARK_ORPHANS = statement(`
  UPDATE holds SET state = 'uncertain', reason = $1, updated_at = $2
  WHERE state IN ('held', 'uncertain') AND state = 'held'
    AND NOT EXISTS (SELECT 1 FROM leases WHERE leases.id = lease_id)
  RETURNING ${OPEN_HOLD_COLUMNS.join(', ')}`);

/**
 * Takes the id of a hold of which it is unknown whether it was placed, as released, so that it cannot be placed later. While it may still be
 * committed (which waits for a synchronous standby as long as that is away), this waits for it.
 */
const BAR = statement(`
  INSERT INTO holds (id, account_id, workspace_id, lease_id, mode, state, amount_micro, provider, model, reason,
    created_at, updated_at)
  VALUES ($1, $2, $3, '', $4, 'released', $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING RETURNING id`);

const NEVER_FORWARDED = 'never forwarded';

export function createLeases(connections: Connections, options: LeaseOptions): Leases {
  const { leaseClock = Date.now, heartbeatMs = HEARTBEAT_MS, onOrphans } = options;
  let lease: { readonly id: string; readonly expiresAt: number } | undefined;
  let renewal: Promise<void> | undefined;
  const disowned = new Set<string>();
  const abandoned = new Set<Admission>();

  async function take(db: RetryingSession): Promise<void> {
    const expiresAt = leaseEnd(leaseClock(), heartbeatMs);
    // A lease that was thought gone has been removed: then this is a new one.
    const isExtended = lease !== undefined && (await db.query(EXTEND, [lease.id, expiresAt])).length > 0;
    const id = lease !== undefined && isExtended ? lease.id : randomUUID();
    if (!isExtended) await db.query(INSERT, [id, MACHINE, process.pid, expiresAt]);
    lease = { id, expiresAt };
  }

  function renew(db: RetryingSession): Promise<void> {
    renewal ??= take(db).finally(() => {
      renewal = undefined;
    });
    return renewal;
  }

  async function removeGone(db: RetryingSession): Promise<void> {
    const witness = { now: leaseClock(), place: MACHINE, isRunning };
    const gone = (await db.query<LeaseRow>(SELECT_ALL)).filter(
      ({ id, place, pid, expires_at }) =>
        id !== lease?.id && isGone({ place, pid: Number(pid), expiresAt: Number(expires_at) }, witness),
    );
    if (gone.length > 0) await db.query(REMOVE, [gone.map(({ id }) => id)]);
  }

  async function markOrphaned(db: RetryingSession): Promise<void> {
    await removeGone(db);
    const orphans = (await db.query<HoldRow>(MARK_ORPHANS, [PROCESS_ENDED, leaseClock()])).map(toOpenHold);
    if (orphans.length > 0) onOrphans?.(orphans.toSorted((a, b) => a.createdAt - b.createdAt));
  }

  async function markDisowned(db: RetryingSession): Promise<void> {
    for (const holdId of disowned) {
      await markUncertain(db, holdId, NOT_CLOSED, leaseClock());
      disowned.delete(holdId);
    }
  }

  async function releaseAbandoned(db: RetryingSession): Promise<void> {
    for (const admission of abandoned) {
      const { holdId, accountId, workspaceId, mode, amountMicro, provider, model, at } = admission;
      const values = [holdId, accountId, workspaceId, mode, heldMicro(mode, amountMicro), provider, model];
      const barred = await db.query(BAR, [...values, NEVER_FORWARDED, at, leaseClock()]);
      if (barred.length === 0) await release(db, holdId, NEVER_FORWARDED, leaseClock());
      abandoned.delete(admission);
    }
  }

  let isBeating = false;
  let work = async () => {};
  /** What fails now is tried again with the next beat; a lease that ran out is renewed before anything is held again. */
  function beat(): void {
    if (isBeating) return;
    isBeating = true;
    connections
      .run((db) => Promise.allSettled([lease && renew(db), markDisowned(db), releaseAbandoned(db), markOrphaned(db)]))
      .then(() => work())
      .catch(() => {})
      .finally(() => {
        isBeating = false;
      });
  }
  const heart = setInterval(beat, heartbeatMs).unref();

  return {
    async id(db) {
      if (lease === undefined || leaseClock() >= lease.expiresAt) await renew(db);
      if (lease === undefined) throw new Error('this process could not take a lease');
      return lease.id;
    },
    disown: (holdId) => void disowned.add(holdId),
    abandon: (admission) => void abandoned.add(admission),
    sweep: () => connections.run(markOrphaned),
    async end(db) {
      if (lease === undefined) return;
      const { id } = lease;
      // A lease that cannot be ended now runs out.
      const ended = db.query(REMOVE, [[id]]).then(() => db.query(MARK_ORPHANS, [PROCESS_ENDED, leaseClock()]));
      await ended.catch(() => {});
    },
    onBeat(wanted) {
      work = wanted;
    },
    stop: () => clearInterval(heart),
  };
}
