import { connect } from './database/sqlite/connection.ts';
import { createGroupCommit } from './database/sqlite/group-commit.ts';
import type { SqliteDatabaseOptions } from './database/sqlite/options.ts';
import type { LeaseOptions } from './ledger/rules/leases.ts';
import { ledgerAudit } from './ledger/sqlite/audit.ts';
import { createBalances } from './ledger/sqlite/balances.ts';
import { createHoldTransitions } from './ledger/sqlite/hold-transitions.ts';
import { createLeases, noLeases } from './ledger/sqlite/leases.ts';
import { meteringStore } from './ledger/sqlite/metering.ts';
import { reconciliationStore } from './ledger/sqlite/reconciliations.ts';
import { accountStore } from './resources/accounts/sqlite.ts';
import { usageStore } from './resources/ai-usage/sqlite.ts';
import { apiKeyStore } from './resources/api-keys/sqlite.ts';
import { workspaceStore } from './resources/workspaces/sqlite.ts';
import type { Store } from './store.ts';

// The types that users see are apart from better-sqlite3, which brings none of its own.
export { SchemaVersionError } from './database/schema-version.ts';

export interface SqliteOptions extends SqliteDatabaseOptions, LeaseOptions {}

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
