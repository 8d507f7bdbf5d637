import Database from 'better-sqlite3';

/** A hold as it stands in the database file, with what the ledger says about it. */
export interface HoldOnDisk {
  readonly id: string;
  readonly subject: string;
  readonly state: 'held' | 'uncertain' | 'settled' | 'released';
  readonly entries: bigint;
  readonly chargedMicro: bigint;
}

/** The holds of subjects that begin with `prefix`: read past the store, which does not list closed ones. */
export function readHolds(databasePath: string, prefix: string): readonly HoldOnDisk[] {
  const db = new Database(databasePath, { readonly: true });
  try {
    return db
      .defaultSafeIntegers(true)
      .prepare<{ prefix: string }, HoldOnDisk>(
        `SELECT id, subject, state,
           (SELECT count(*) FROM ledger_entries WHERE hold_id = holds.id) AS entries,
           (SELECT coalesce(-sum(amount_micro), 0) FROM ledger_entries WHERE hold_id = holds.id) AS chargedMicro
         FROM holds WHERE substr(subject, 1, length(@prefix)) = @prefix`,
      )
      .all({ prefix });
  } finally {
    db.close();
  }
}
