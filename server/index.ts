/** The reference platform, to run from code: `createPlatform(loadConfig(process.env))`; and its parts, for platforms of your own. */
export { type Config, ConfigError, loadConfig } from './config.ts';
export type { Store } from './domain/store.ts';
export { createMetrics, type Metrics, type MetricsOptions } from './operator/index.ts';
export { createPlatform, type Platform, type PlatformOptions, type PlatformUrls } from './platform.ts';
export { openStore, type StoreOptions } from './store/open-store.ts';
export { openPostgresStore, type PostgresOptions } from './store/postgres/index.ts';
export { openSqliteStore, SchemaVersionError, type SqliteOptions } from './store/sqlite/index.ts';
