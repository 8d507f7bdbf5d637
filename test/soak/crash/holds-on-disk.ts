import Database from 'better-sqlite3';
import { Client } from 'pg';
import { databaseFile } from '../../../server/database/database.ts';

/** A hold as it stands in the database, with what the ledger says about it. */
export interface HoldOnDisk {
  readonly id: string;
  readonly subject: string;
  readonly state: 'held' | 'uncertain' | 'settled' | 'released';
  readonly entries: bigint;
  readonly chargedMicro: bigint;
}

/** The holds of subjects that begin with `prefix`: read past the store, which does not list closed ones. */
export async function readHolds(databaseUrl: string, prefix: string): Promise<readonly HoldOnDisk[]> {
  const path = databaseFile(databaseUrl);
  const all = path === undefined ? await readPostgres(databaseUrl) : readSqlite(path);
  return all
    .map((row) => ({
      ...row,
      subject: row.subject ?? '',
      entries: BigInt(row.entries),
      chargedMicro: BigInt(row.chargedMicro),
    }))
    .filter(({ subject }) => subject.startsWith(prefix));
}

const SELECT = `SELECT id, subject, state,
  (SELECT count(*) FROM ledger_entries WHERE hold_id = holds.id) AS entries,
  (SELECT coalesce(-sum(amount_micro), 0) FROM ledger_entries WHERE hold_id = holds.id) AS "chargedMicro"
  FROM holds`;

type Row = Omit<HoldOnDisk, 'subject' | 'entries' | 'chargedMicro'> & {
  readonly subject: string | null;
  readonly entries: bigint | string;
  readonly chargedMicro: bigint | string;
};

function readSqlite(path: string): readonly Row[] {
  const db = new Database(path, { readonly: true });
  try {
    return db.defaultSafeIntegers(true).prepare<[], Row>(SELECT).all();
  } finally {
    db.close();
  }
}

async function readPostgres(url: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(SELECT)).rows;
  } finally {
    await client.end();
  }
}
