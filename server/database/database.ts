import type { Query } from './query.ts';

/**
 * The database of one platform, whichever engine it is. A single statement that only reads needs no transaction; what
 * writes is a {@link Script}, or one statement.
 */
export interface Database {
  /** Every row that a statement reads, as of one moment. */
  all<Values extends object, Row>(query: Query<Values, Row>, values: Values): Promise<readonly Row[]>;
  /** The first row that a statement reads, or undefined. */
  first<Values extends object, Row>(query: Query<Values, Row>, values: Values): Promise<Row | undefined>;
  /** Runs one statement that writes, and has a `returning`. Durable when it resolves, with the first row it changed. */
  writeOne<Values extends object, Row>(query: Query<Values, Row>, values: Values): Promise<Row | undefined>;
  /**
   * Runs a script in one transaction: it happens as a whole or not at all, and is durable when this resolves. The script
   * may be run anew, after everything it did was undone: what it does depends on the database alone.
   */
  write<T>(script: () => Script<T>): Promise<T>;
  /** Runs a script that only reads, as of one moment, for as long as it takes. */
  snapshot<T>(script: () => Script<T>): Promise<T>;
}

/**
 * What happens inside a transaction, written once for both engines: `const row = yield* first(QUERY, { id })`. SQLite runs
 * it without a pause, inside the one transaction that it shares with other writes; PostgreSQL waits at each step.
 */
export type Script<T> = Generator<Step, T, unknown>;

export type Step =
  | { readonly kind: 'all'; readonly query: AnyQuery; readonly values: object }
  | { readonly kind: 'first'; readonly query: AnyQuery; readonly values: object }
  | { readonly kind: 'run'; readonly query: AnyQuery; readonly values: object }
  | {
      readonly kind: 'each';
      readonly query: AnyQuery;
      readonly values: object;
      readonly tell: (row: unknown) => void;
    }
  /** What is written for this engine: it gets the engine's own session. */
  | { readonly kind: 'native'; readonly run: (session: never) => unknown };

export type AnyQuery = Pick<Query<never, unknown>, 'compiledFor'>;

/** Every row of a statement. */
export function* all<Values extends object, Row>(query: Query<Values, Row>, values: Values): Script<readonly Row[]> {
  return (yield { kind: 'all', query, values }) as readonly Row[];
}

/** The first row of a statement, or undefined. */
export function* first<Values extends object, Row>(query: Query<Values, Row>, values: Values): Script<Row | undefined> {
  return (yield { kind: 'first', query, values }) as Row | undefined;
}

/** Runs a statement whose rows do not matter. */
export function* run<Values extends object>(query: Query<Values, unknown>, values: Values): Script<void> {
  yield { kind: 'run', query, values };
}

/** Tells one row after the other, so that any number of them fits in memory. */
export function* each<Values extends object, Row>(
  query: Query<Values, Row>,
  values: Values,
  tell: (row: Row) => void,
): Script<void> {
  yield { kind: 'each', query, values, tell: tell as (row: unknown) => void };
}

/** Runs what one engine does in its own way, inside the same transaction. */
export function* native<Session, T>(run: (session: Session) => T | Promise<T>): Script<T> {
  return (yield { kind: 'native', run: run as (session: never) => unknown }) as T;
}

/** The SQLite database at a URL; undefined where it is no file. */
export function databaseFile(url: string): string | undefined {
  return url.startsWith('file:') ? url.slice('file:'.length) : undefined;
}

export function isPostgresUrl(url: string): boolean {
  return /^postgres(ql)?:\/\//.test(url) && URL.canParse(url);
}
