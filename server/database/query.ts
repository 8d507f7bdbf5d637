import {
  type ColumnType,
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  type SelectQueryBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';

/**
 * Statements that are written once and run on both engines. Kysely builds and compiles them, once for each engine and
 * process, and does not run them: compiling on every request would take longer than the statement itself.
 */

export type EngineName = 'sqlite' | 'postgres';

/** What can be bound to a parameter. A list is for {@link Dialect.isAmong}. */
export type Value = string | number | bigint | null | Uint8Array | readonly (string | number | bigint)[];

/** A column of integers: read as bigint, so that an amount never passes through a float. */
export type Int = ColumnType<bigint, bigint | number, bigint | number>;
export type IntOrNull = ColumnType<bigint | null, bigint | number | null, bigint | number | null>;

/** What differs between the engines, for the few statements that it matters to. */
export interface Dialect {
  readonly engine: EngineName;
  /** Puts rows in the order in which they were written, where all else is equal. */
  written(table: string): RawBuilder<unknown>;
  /** The rows stay as they are until the transaction ends. In SQLite, a transaction that writes is alone anyway. */
  locked<DB, TB extends keyof DB, O>(select: SelectQueryBuilder<DB, TB, O>): SelectQueryBuilder<DB, TB, O>;
  /**
   * The sum of a column, zero without rows. As `bigint`; beyond its ends, the end: a sum that is too large for its type
   * must not break what reads it.
   */
  sum(column: string): RawBuilder<bigint>;
  /** The number of rows. */
  count(): RawBuilder<bigint>;
  /** Whether a row is behind a position in the order of (created_at, id): where a page of a list begins. */
  isBehind(position: { readonly createdAt: number; readonly id: string }): RawBuilder<boolean>;
  /** Whether a text column has one of the values of a parameter that is a list of texts. */
  isAmong(column: string, values: readonly string[]): RawBuilder<boolean>;
  /** A parameter that is a list of texts, as rows with the one column `value`. */
  listed(values: readonly string[]): RawBuilder<unknown>;
  /**
   * A parameter in the condition of a join. As a bare `?`, SQLite would plan the statement anew at each execution, because the
   * value may decide which index is best (`SQLITE_ENABLE_STAT4`). That takes four times as long as the reading, and one
   * plan is best for all values here.
   */
  plannedOnce<T>(value: T): RawBuilder<T>;
  /** The day in UTC, `YYYY-MM-DD`, of a column with milliseconds since the epoch. */
  day(column: string): RawBuilder<string>;
}

/** A statement with named parameters. It is compiled when it is first used. */
export interface Query<Values, Row> {
  compiledFor(engine: EngineName): CompiledQuery;
  /** For the type checker only. */
  readonly types?: (values: Values) => Row;
}

export interface CompiledQuery {
  readonly text: string;
  /** In their order in the text: a name to be bound at each execution, or a value that is always the same. */
  readonly parameters: readonly (Parameter | Value)[];
}

type Built<Row> = Compilable<Row> | RawBuilder<Row>;

/** The builder of statements on some tables. The parameters of a statement are typed where its function names them. */
export function queriesOn<Tables>() {
  return function query<Values, Row>(
    build: (db: Kysely<Tables>, values: Values, dialect: Dialect) => Built<Row>,
  ): Query<Values, Row> {
    const compiled = new Map<EngineName, CompiledQuery>();
    return {
      compiledFor(engine) {
        const known = compiled.get(engine);
        if (known !== undefined) return known;
        const made = compile(engine, build as unknown as Parameters<typeof compile>[1]);
        compiled.set(engine, made);
        return made;
      },
    };
  };
}

/** Stands for the value of a parameter until the statement is executed. */
export class Parameter {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const parameters = new Proxy({}, { get: (_, name) => new Parameter(String(name)) });

function compile(
  engine: EngineName,
  build: (db: Kysely<object>, values: object, dialect: Dialect) => Built<unknown>,
): CompiledQuery {
  const db = builders[engine];
  const { sql: text, parameters: bound } = build(db, parameters, dialects[engine]).compile(db);
  return { text, parameters: bound as readonly (Parameter | Value)[] };
}

const builders: Readonly<Record<EngineName, Kysely<object>>> = {
  sqlite: new Kysely({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  postgres: new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
};

const common = {
  count: () => sql<bigint>`count(*)`,
  isBehind: ({ createdAt, id }: { readonly createdAt: number; readonly id: string }) =>
    sql<boolean>`(created_at, id) > (${createdAt}, ${id})`,
};

const dialects: Readonly<Record<EngineName, Dialect>> = {
  sqlite: {
    ...common,
    engine: 'sqlite',
    // In halves, so that their sums fit. Where the sum of both does not, SQLite goes on with a float, which becomes the largest integer.
    sum(column) {
      const half = (of: RawBuilder<unknown>) => sql`coalesce(sum(${sql.ref(column)} ${of}), 0)`;
      return sql`cast(${half(sql`>> 32`)} * 4294967296 + ${half(sql`& 4294967295`)} as bigint)`;
    },
    written: (table) => sql.ref(`${table}.rowid`),
    locked: (select) => select,
    isAmong: (column, values) => sql`${sql.ref(column)} in (select value from json_each(${values}))`,
    listed: (values) => sql`json_each(${values})`,
    plannedOnce: (value) => sql`(select ${value})`,
    day: (column) => sql`date(${sql.ref(column)} / 1000, 'unixepoch')`,
  },
  postgres: {
    ...common,
    engine: 'postgres',
    sum: (column) => sql`cast(
      greatest(least(coalesce(sum(${sql.ref(column)}), 0), 9223372036854775807), -9223372036854775808) as bigint)`,
    written: (table) => sql.ref(`${table}.written_at`),
    locked: (select) => select.forUpdate(),
    isAmong: (column, values) => sql`${sql.ref(column)} = any (${values}::text[])`,
    listed: (values) => sql`unnest(${values}::text[]) as listed(value)`,
    plannedOnce: (value) => sql`${value}`,
    day: (column) => sql`to_char(to_timestamp(${sql.ref(column)} / 1000) at time zone 'UTC', 'YYYY-MM-DD')`,
  },
};
