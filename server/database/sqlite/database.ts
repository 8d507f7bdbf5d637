import type { Database as Connection, Statement } from 'better-sqlite3';
import type { AnyQuery, Database, Script, Step } from '../database.ts';
import { Parameter, type Value } from '../query.ts';

interface Prepared {
  readonly statement: Statement<unknown[]>;
  bind(values: object): readonly unknown[];
}

/** Runs statements and scripts on the one connection. What reads does not wait for what is written, and is not waited for. */
export function createSqliteDatabase(connection: Connection, group: GroupCommit): Database {
  const known = new Map<AnyQuery, Prepared>();
  const reading = connection.transaction((script: () => Script<unknown>) => drive(script()));

  function prepared(query: AnyQuery): Prepared {
    const before = known.get(query);
    if (before !== undefined) return before;
    const { text, parameters } = query.compiledFor('sqlite');
    const made = {
      statement: connection.prepare<unknown[]>(text),
      bind: (values: object) => parameters.map((parameter) => storable(parameter, values as Record<string, Value>)),
    };
    known.set(query, made);
    return made;
  }

  function first(query: AnyQuery, values: object): unknown {
    const { statement, bind } = prepared(query);
    return statement.get(...bind(values));
  }

  function all(query: AnyQuery, values: object): unknown[] {
    const { statement, bind } = prepared(query);
    return statement.all(...bind(values));
  }

  function perform(step: Step): unknown {
    if (step.kind === 'native') return step.run(connection as never);
    if (step.kind === 'first') return first(step.query, step.values);
    if (step.kind === 'all') return all(step.query, step.values);
    const { statement, bind } = prepared(step.query);
    if (step.kind === 'run') return statement.run(...bind(step.values));
    for (const row of statement.iterate(...bind(step.values))) step.tell(row);
    return undefined;
  }

  function drive<T>(script: Script<T>): T {
    let next = script.next();
    while (next.done !== true) next = script.next(perform(next.value));
    return next.value;
  }

  return {
    all: async (query, values) => all(query, values) as never,
    first: async (query, values) => first(query, values) as never,
    writeOne: (query, values) => group.run(() => first(query, values) as never),
    write: (script) => group.run(() => drive(script())),
    snapshot: async (script) => reading(script) as never,
  };
}

/** A list is one parameter, which `json_each` takes apart. */
function storable(parameter: Value | Parameter, values: Readonly<Record<string, Value>>): unknown {
  const value = parameter instanceof Parameter ? (values[parameter.name] ?? null) : parameter;
  return Array.isArray(value) ? JSON.stringify(value) : value;
}

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

export function createGroupCommit(db: Connection): GroupCommit {
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
