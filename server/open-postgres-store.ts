import { connect } from './database/postgres/connection.ts';
import { createConnections } from './database/postgres/database.ts';
import type { PostgresDatabaseOptions } from './database/postgres/options.ts';
import { ledgerAudit } from './ledger/postgres/audit.ts';
import { createLeases, noLeases } from './ledger/postgres/leases.ts';
import { meteringStore } from './ledger/postgres/metering.ts';
import { reconciliationStore } from './ledger/postgres/reconciliations.ts';
import type { LeaseOptions } from './ledger/rules/leases.ts';
import { accountStore } from './resources/accounts/postgres.ts';
import { usageStore } from './resources/ai-usage/postgres.ts';
import { apiKeyStore } from './resources/api-keys/postgres.ts';
import { workspaceStore } from './resources/workspaces/postgres.ts';
import type { Store } from './store.ts';

export { SchemaVersionError } from './database/schema-version.ts';

export interface PostgresOptions extends PostgresDatabaseOptions, LeaseOptions {}

/**
 * The store of any number of processes: a PostgreSQL database, or one that speaks its protocol. Holds whose process is gone
 * become uncertain, before this resolves and later on. Throws a SchemaVersionError where the schema was written by a newer
 * version.
 */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const connections = createConnections(await connect(options));
  const leases = options.readonly ? noLeases : createLeases(connections, options);
  async function close(): Promise<void> {
    leases.stop();
    await connections.close(leases.end);
  }
  try {
    await leases.sweep();
  } catch (error) {
    await close();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    ...accountStore(connections),
    ...workspaceStore(connections),
    ...apiKeyStore(connections),
    ...usageStore(connections),
    ...meteringStore(connections, leases),
    ...ledgerAudit(connections),
    ...reconciliationStore(connections),
    close() {
      closing ??= close();
      return closing;
    },
  };
}
