import Database from 'better-sqlite3';
import { Client } from 'pg';
import { accountToken, type Habit, namesFromToken } from './template.ts';

/** What a habit fills, what is referred to first. */
const GROWING_TABLES = [
  'accounts',
  'workspaces',
  'api_keys',
  'holds',
  'ledger_entries',
  'usage_days',
  'usage_minutes',
] as const;

type Table = (typeof GROWING_TABLES)[number];

interface Column {
  readonly name: string;
  readonly isText: boolean;
}

/** The first account of a habit again and again, in all that it has. */
export interface Copying {
  readonly habit: Habit;
  /** How many accounts there are to be, the first included. */
  readonly count: number;
}

/** Rows in each table by now. */
export type Rows = Readonly<Record<Table, number>>;

/** Into an SQLite file that no other process has open. It is written without syncs: a crash would break it. */
export function copyInSqlite(path: string, copyings: readonly Copying[]): Rows {
  const db = new Database(path, { fileMustExist: true });
  try {
    for (const setting of [
      'journal_mode = MEMORY',
      'synchronous = OFF',
      'foreign_keys = OFF',
      'cache_size = -200000',
    ]) {
      db.pragma(setting);
    }
    for (const copying of copyings) {
      for (const table of GROWING_TABLES) copyTable(db, table, copying);
    }
    const count = (table: Table) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
    return toRows(GROWING_TABLES.map((table) => [table, count(table)]));
  } finally {
    db.close();
  }
}

function copyTable(db: Database.Database, table: Table, copying: Copying): void {
  const described = db
    .prepare<[string], { name: string; type: string; pk: number }>('SELECT name, type, pk FROM pragma_table_info(?)')
    .all(table);
  const isNumbered = described.filter(({ pk }) => pk > 0).length === 1;
  const columns = described
    // SQLite itself numbers the rows.
    .filter(({ pk, type }) => !(isNumbered && pk === 1 && type === 'INTEGER'))
    .map(({ name, type }) => ({ name, isText: type === 'TEXT' }));
  const next = `'${copying.habit}' || substr('0000000' || n, -7)`;
  db.exec(`
    CREATE TEMP TABLE template AS ${selectTemplate(table, copying)};
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${copying.count - 1})
    INSERT INTO ${table} (${columns.map(({ name }) => name)})
    SELECT ${copied(columns, copying, next)} FROM numbers CROSS JOIN template WHERE n < ${copying.count};
    DROP TABLE template`);
}

/** Into a schema of PostgreSQL. Ends with what autovacuum does in its own time. */
export async function copyInPostgres(url: string, copyings: readonly Copying[]): Promise<Rows> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SET synchronous_commit = off');
    for (const copying of copyings) {
      for (const table of GROWING_TABLES) await copyPostgresTable(client, table, copying);
    }
    await client.query(`VACUUM (ANALYZE) ${GROWING_TABLES}`);
    const counted: [Table, number][] = [];
    for (const table of GROWING_TABLES) {
      const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
      counted.push([table, Number(rows[0]?.count)]);
    }
    return toRows(counted);
  } finally {
    await client.end();
  }
}

async function copyPostgresTable(client: Client, table: Table, copying: Copying): Promise<void> {
  const { rows: columns } = await client.query<Column>(
    `SELECT column_name AS name, data_type = 'text' AS "isText" FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = $1`,
    [table],
  );
  const next = `'${copying.habit}' || lpad(n::text, 7, '0')`;
  await client.query(`CREATE TEMP TABLE template AS ${selectTemplate(table, copying)}`);
  // OFFSET 0 keeps the planner from turning it inside out: account after account, as the indexes like it.
  await client.query(`
    INSERT INTO ${table} (${columns.map(({ name }) => name)})
    SELECT copy.* FROM generate_series(1, ${copying.count - 1}) AS n
      CROSS JOIN LATERAL (SELECT ${copied(columns, copying, next)} FROM template OFFSET 0) AS copy`);
  await client.query('DROP TABLE template');
}

function selectTemplate(table: Table, { habit }: Copying): string {
  const { accountId } = namesFromToken(accountToken(habit, 0));
  return `SELECT * FROM ${table} WHERE ${table === 'accounts' ? 'id' : 'account_id'} = '${accountId}'`;
}

/** Each column as it is, with the name of its account replaced. */
function copied(columns: readonly Column[], { habit }: Copying, next: string): string {
  const token = accountToken(habit, 0);
  return columns.map(({ name, isText }) => (isText ? `replace(${name}, '${token}', ${next})` : name)).join(', ');
}

function toRows(entries: readonly (readonly [Table, number])[]): Rows {
  return Object.fromEntries(entries) as Record<Table, number>;
}
