import { type Database, databaseFile, isPostgresUrl } from './database/database.ts';
import { connect as connectPostgres } from './database/postgres/connection.ts';
import { createConnections } from './database/postgres/connections.ts';
import { createPostgresDatabase } from './database/postgres/database.ts';
import type { PostgresDatabaseOptions } from './database/postgres/options.ts';
import { connect as connectSqlite } from './database/sqlite/connection.ts';
import { createGroupCommit, createSqliteDatabase } from './database/sqlite/database.ts';
import type { SqliteDatabaseOptions } from './database/sqlite/options.ts';
import type { LedgerEngine } from './ledger/engine.ts';
import { applyPolicy, createLedger, type Ledger } from './ledger/ledger.ts';
import { openPostgresLedger } from './ledger/postgres/index.ts';
import type { LeaseOptions } from './ledger/rules/leases.ts';
import type { UncertainPolicy } from './ledger/rules/uncertain-policy.ts';
import { openSqliteLedger } from './ledger/sqlite/index.ts';
import { type ResourceData, resourceData } from './resources/data.ts';

export { SchemaVersionError } from './database/schema-version.ts';

/** Everything that a platform keeps, for tools and tests. A part of the server is given only the port that it needs. */
export interface Store extends Ledger, ResourceData {
  /** Waits for what is under way, then closes. What is still held becomes uncertain. Idempotent. */
  close(): Promise<void>;
}

export interface LedgerOptions extends LeaseOptions {
  /** Default: holds stay uncertain until an operator decides about each. It is looked at with every heartbeat. */
  readonly uncertainHolds?: UncertainPolicy | undefined;
}

export interface SqliteOptions extends SqliteDatabaseOptions, LedgerOptions {}

export interface PostgresOptions extends PostgresDatabaseOptions, LedgerOptions {}

/** Where the data stands, and how it is opened; each engine takes the options that it knows. */
export interface StoreOptions extends Omit<SqliteOptions, 'path'>, PostgresOptions {
  /** `file:PATH`, an SQLite database, or `postgres://...`, which is a secret: no error and no log shows it. */
  readonly url: string;
}

/** The store at a URL. Throws what its engine throws when it cannot be opened. */
export async function openStore({ url, ...options }: StoreOptions): Promise<Store> {
  const path = databaseFile(url);
  if (path !== undefined) return openSqliteStore({ ...options, path });
  if (isPostgresUrl(url)) return openPostgresStore({ ...options, url });
  throw new Error('not the URL of a database: expected file:PATH or postgres://...');
}

/**
 * The embedded store: one SQLite file, for one machine. Several processes may share the file, and stay exact; they wait for
 * one another at every commit. Holds whose process is gone become uncertain, before this resolves and later on. Throws a
 * SchemaVersionError where the file was written by a newer version.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  const connection = await connectSqlite(options);
  const group = createGroupCommit(connection);
  const ledger = await openSqliteLedger(connection, group, options);
  return {
    ...parts(createSqliteDatabase(connection, group), ledger, options),
    async close() {
      ledger.end();
      group.close();
      connection.close();
    },
  };
}

/**
 * The store of any number of processes: a PostgreSQL database, or one that speaks its protocol. Holds whose process is gone
 * become uncertain, before this resolves and later on. Throws a SchemaVersionError where the schema was written by a newer
 * version.
 */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const connections = createConnections(await connectPostgres(options));
  const ledger = await openPostgresLedger(connections, options);
  let closing: Promise<void> | undefined;
  return {
    ...parts(createPostgresDatabase(connections), ledger, options),
    close() {
      closing ??= ledger.close();
      return closing;
    },
  };
}

function parts(database: Database, engine: LedgerEngine, options: LedgerOptions): Ledger & ResourceData {
  const { uncertainHolds, leaseClock = Date.now } = options;
  const ledger = createLedger(database, engine);
  if (uncertainHolds !== undefined) {
    engine.onBeat(() => applyPolicy(database, ledger, uncertainHolds, leaseClock()));
  }
  return { ...ledger, ...resourceData(database, engine) };
}
