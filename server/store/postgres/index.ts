import type { Store } from '../../domain/store.ts';
import { accountStore } from './accounts.ts';
import { apiKeyStore } from './api-keys.ts';
import { ledgerAudit } from './audit.ts';
import { connect } from './connection.ts';
import { createConnections } from './database.ts';
import { createLeases, noLeases } from './leases.ts';
import { meteringStore } from './metering.ts';
import type { PostgresOptions } from './options.ts';
import { reconciliationStore } from './reconciliations.ts';
import { usageStore } from './usage.ts';
import { workspaceStore } from './workspaces.ts';

export { SchemaVersionError } from '../schema-version.ts';
export type { PostgresOptions } from './options.ts';

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
