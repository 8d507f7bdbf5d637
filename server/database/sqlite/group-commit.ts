import type { Database } from 'better-sqlite3';

/**
 * Gathers the writes that arrive in one turn of the event loop into one transaction, so that they share the one wait
 * for the disk. There is no timer: a write that comes alone is committed at once.
 */
export interface GroupCommit {
  /**
   * Runs `write` inside the next commit. Resolves once that is durable. A write that throws is undone by itself, and
   * refuses only itself; a commit that fails undoes and refuses every write in it. Where another write throws, `write` is
   * undone and run again: what it does depends on the database alone.
   */
  run<T>(write: () => T): Promise<T>;
  /** Commits what is waiting; then refuses everything. */
  close(): void;
}

interface Waiting {
  /** Runs the write, and returns what tells its caller once the commit is durable. */
  readonly attempt: () => () => void;
  readonly refuse: (error: unknown) => void;
}

export function createGroupCommit(db: Database): GroupCommit {
  let waiting: Waiting[] = [];
  let closed = false;
  /** Set where a write threw, and not the transaction around it. */
  let isWriteAtFault = false;
  const inTransaction = db.transaction((group: readonly Waiting[]) => group.map((entry) => entry.attempt()));
  /** Inside a transaction, better-sqlite3 makes a savepoint of a transaction. */
  const inSavepoint = db.transaction((attempt: () => () => void) => attempt());
  const inSavepoints = db.transaction((group: readonly Waiting[]) => group.map(attemptApart));

  function commit(): void {
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    try {
      for (const answer of write(group)) answer();
    } catch (error) {
      for (const entry of group) entry.refuse(error);
    }
  }

  /**
   * Without savepoints first, which cost as much again as the writes: it is seldom that one throws. Then all are undone, and
   * done again with a savepoint each.
   */
  function write(group: readonly Waiting[]): readonly (() => void)[] {
    isWriteAtFault = false;
    try {
      return inTransaction.immediate(group);
    } catch (error) {
      if (!isWriteAtFault) throw error;
      return inSavepoints.immediate(group);
    }
  }

  function attempt<T>(write: () => T, resolve: (value: T) => void): () => void {
    try {
      const value = write();
      return () => resolve(value);
    } catch (error) {
      isWriteAtFault = true;
      throw error;
    }
  }

  function attemptApart({ attempt, refuse }: Waiting): () => void {
    try {
      return inSavepoint(attempt);
    } catch (error) {
      // Some failures (a full disk) end the whole transaction, and with it what the others wrote.
      if (!db.inTransaction) throw error;
      return () => refuse(error);
    }
  }

  return {
    run(write) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new Error('the store is closed'));
        if (waiting.length === 0) setImmediate(commit);
        waiting.push({ attempt: () => attempt(write, resolve), refuse: reject });
      });
    },
    close() {
      commit();
      closed = true;
    },
  };
}
