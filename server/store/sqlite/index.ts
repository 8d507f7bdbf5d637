import type { Store } from '../../domain/store.ts';
import { accountStore } from './accounts.ts';
import { apiKeyStore } from './api-keys.ts';
import { ledgerAudit } from './audit.ts';
import { createBalances } from './balances.ts';
import { connect } from './connection.ts';
import { createGroupCommit } from './group-commit.ts';
import { createHoldTransitions } from './hold-transitions.ts';
import { createLeases, noLeases } from './leases.ts';
import { meteringStore } from './metering.ts';
import type { SqliteOptions } from './options.ts';
import { reconciliationStore } from './reconciliations.ts';
import { usageStore } from './usage.ts';
import { workspaceStore } from './workspaces.ts';

// The types that users see are apart from better-sqlite3, which brings none of its own.
export { SchemaVersionError } from '../schema-version.ts';
export type { SqliteOptions } from './options.ts';

/**
 * The embedded store: one SQLite file, for one machine. Several processes may share the file, and stay exact; they wait
 * for one another at every commit. Holds whose
 * process is gone become uncertain, before this resolves and later on. Throws a SchemaVersionError where the file was written by a newer version.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  const db = await connect(options);
  const group = createGroupCommit(db);
  const balances = createBalances(db);
  const transitions = createHoldTransitions(db, balances);
  const leases = options.readonly ? noLeases : createLeases(db, group, options);
  await leases.sweep();
  return {
    ...accountStore(db, group, balances),
    ...workspaceStore(db, group),
    ...apiKeyStore(db, group),
    ...usageStore(db),
    ...meteringStore(db, group, balances, transitions, leases),
    ...ledgerAudit(db),
    ...reconciliationStore(db, group, balances, transitions),
    async close() {
      leases.end();
      group.close();
      db.close();
    },
  };
}
