import type { Database } from 'better-sqlite3';

/**
 * Gathers the writes that arrive in one turn of the event loop into one transaction, so that they share the one wait
 * for the disk. There is no timer: a write that comes alone is committed at once.
 */
export interface GroupCommit {
  /**
   * Runs `write` inside the next commit. Resolves once that is durable. A write that throws is undone by itself, and
   * refuses only itself; a commit that fails undoes and refuses every write in it.
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
  /** Inside a transaction, better-sqlite3 makes a savepoint of a transaction. */
  const inSavepoint = db.transaction((write: () => unknown) => write());
  const inOneTransaction = db.transaction((group: readonly Waiting[]) => group.map((entry) => entry.attempt()));

  function commit(): void {
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    try {
      const answers = inOneTransaction.immediate(group);
      for (const answer of answers) answer();
    } catch (error) {
      for (const entry of group) entry.refuse(error);
    }
  }

  function attempt<T>(write: () => T, resolve: (value: T) => void, reject: (error: unknown) => void): () => void {
    try {
      const value = inSavepoint(write) as T;
      return () => resolve(value);
    } catch (error) {
      // Some failures (a full disk) end the whole transaction, and with it what the others wrote.
      if (!db.inTransaction) throw error;
      return () => reject(error);
    }
  }

  return {
    run(write) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new Error('the store is closed'));
        if (waiting.length === 0) setImmediate(commit);
        waiting.push({ attempt: () => attempt(write, resolve, reject), refuse: reject });
      });
    },
    close() {
      commit();
      closed = true;
    },
  };
}
