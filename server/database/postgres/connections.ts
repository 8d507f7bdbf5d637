import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import type { Value } from '../query.ts';

/** SQL that every connection prepares once. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export function statement(text: string): Statement {
  return { name: hash('sha256', text).slice(0, 32), text };
}

export interface Session {
  /** Runs a statement and answers its rows. What is sent without waiting in between shares its round trip. */
  query<Row extends object>(statement: Statement, values?: readonly Value[]): Promise<readonly Row[]>;
}

/** Outside a transaction of its own, a statement is one. Conflicts with other transactions are retried. */
export interface RetryingSession extends Session {
  /** The rows of `last`, behind the rest of `first`, in one transaction and one round trip. */
  chain<Row extends object>(first: Call, last: Call): Promise<readonly Row[]>;
  /** Commits what `work` did; it may be run anew, after everything it did was undone. */
  transaction<T>(work: (tx: Session) => Promise<T>): Promise<T>;
  /** Reads as of one moment, for as long as it takes. */
  snapshot<T>(work: (tx: Session) => Promise<T>): Promise<T>;
}

export type Call = readonly [Statement, readonly Value[]];

/** The database of one store. */
export interface Connections {
  /** Everything a method of the store does, which closing waits for. Refused once it is closed. */
  run<T>(work: (db: RetryingSession) => Promise<T>): Promise<T>;
  /** Waits for what is under way; then refuses everything but `last`, and disconnects. */
  close(last: (db: RetryingSession) => Promise<void>): Promise<void>;
}

export function createConnections(pool: Pool): Connections {
  const underWay = new Set<Promise<unknown>>();
  const db = createSession(pool);
  let closed = false;
  return {
    async run(work) {
      if (closed) throw new Error('the store is closed');
      const working = work(db);
      const ended = working.catch(() => {}).finally(() => underWay.delete(ended));
      underWay.add(ended);
      return working;
    },
    async close(last) {
      closed = true;
      await Promise.all(underWay);
      await last(db).finally(() => pool.end());
    },
  };
}

function createSession(pool: Pool): RetryingSession {
  /** A connection whose state is not known is not used again. */
  async function connected<T>(use: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect().catch((cause: unknown) => {
      throw new UnreachableError('no connection to the database', { cause });
    });
    let isSound = true;
    try {
      return await use(client);
    } catch (error) {
      isSound = isAnswer(error) && !isReadonly(error) && client.getTransactionStatus() === 'I';
      throw error;
    } finally {
      client.release(!isSound);
    }
  }

  function inTransaction<T>(begin: string, work: (tx: Session) => Promise<T>, more = {}): Promise<T> {
    return connected(async (client) => {
      const begun = client.query(begin);
      begun.catch(() => {});
      try {
        const result = await work(sessionOn(client, more));
        await begun;
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {});
        throw error;
      }
    });
  }

  return {
    query: (statement, values) => retried(() => connected((client) => sessionOn(client).query(statement, values))),
    chain: <Row extends object>(first: Call, last: Call) =>
      retried(() =>
        connected(async (client) => {
          const { query } = sessionOn(client);
          const sent = [client.query('BEGIN'), query(...first), query<Row>(...last), client.query('COMMIT')] as const;
          // The first to fail says why; the others only that it did. The server has undone everything by then.
          const failure = (await Promise.allSettled(sent)).find((outcome) => outcome.status === 'rejected');
          if (failure !== undefined) throw failure.reason;
          return sent[2];
        }),
      ),
    transaction: (work) => retried(() => inTransaction('BEGIN', work)),
    snapshot: (work) =>
      inTransaction('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0', work, PATIENT),
  };
}

function sessionOn(client: PoolClient, more: object = {}): Session {
  return {
    async query<Row extends object>({ name, text }: Statement, values: readonly Value[] = []) {
      const { rows } = await client.query<Row>({ ...more, name, text, values: values.map(storable) });
      return rows;
    },
  };
}

/** PostgreSQL's text holds no NUL, which callers may write: it becomes what half a surrogate pair becomes, too. */
function storable(value: Value): Value {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}

/** A day: audits of large books take their time. */
const PATIENT = { query_timeout: 86_400_000 } as const;

const MOST_ATTEMPTS = 10;
const LONGEST_FIRST_WAIT_MS = 5;

/** Transactions that got in each other's way were undone: those that come later find the way free. */
async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (attempts === MOST_ATTEMPTS || !isConflict(error)) throw error;
      await sleep(Math.random() * LONGEST_FIRST_WAIT_MS * 2 ** attempts);
    }
  }
}

/** A serialisation failure, or a deadlock. */
function isConflict(error: unknown): boolean {
  return isAnswer(error) && (error.code === '40001' || error.code === '40P01');
}

/** The row that a statement wanted to add is there. */
export function isDuplicate(error: unknown): boolean {
  return isAnswer(error) && error.code === '23505';
}

/** By which a statement undoes itself. */
export function isDividedByZero(error: unknown): boolean {
  return isAnswer(error) && error.code === '22012';
}

/** This server takes no writes any more: there may be another behind the same address that does. */
function isReadonly({ code }: DatabaseError): boolean {
  return code === '25006';
}

/** No connection was to be had, so that nothing was sent. */
class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** Whether what failed certainly did not happen; else it may have, or may still. */
export function isUndone(error: unknown): boolean {
  return error instanceof UnreachableError || isAnswer(error);
}

/** Whether the server refused a statement, and did not just say that it ends, or that it does not know (40003). */
function isAnswer(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && !/^(08|57P|40003)/.test(error.code ?? '');
}
