import type { Store } from '../../domain/store.ts';
import { accountStore } from './accounts.ts';
import { apiKeyStore } from './api-keys.ts';
import { ledgerAudit } from './audit.ts';
import { createBalances } from './balances.ts';
import { connect, type SqliteOptions } from './connection.ts';
import { createGroupCommit } from './group-commit.ts';
import { meteringStore } from './metering.ts';
import { usageStore } from './usage.ts';
import { workspaceStore } from './workspaces.ts';

export type { SqliteOptions } from './connection.ts';
export { SchemaVersionError } from './migrate.ts';

/**
 * The embedded store: one SQLite file, for one machine. Several processes may share the file, and stay exact; they wait
 * for one another at every commit. Throws a SchemaVersionError where the file was written by a newer version.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  const db = await connect(options);
  const group = createGroupCommit(db);
  const balances = createBalances(db);
  return {
    ...accountStore(db, group, balances),
    ...workspaceStore(db, group),
    ...apiKeyStore(db, group),
    ...usageStore(db),
    ...meteringStore(db, group, balances),
    ...ledgerAudit(db),
    async close() {
      group.close();
      db.close();
    },
  };
}
