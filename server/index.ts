/** The reference platform, to run from code: `createPlatform(loadConfig(process.env))`; and its parts, for platforms of your own. */
export { type Config, ConfigError, loadConfig } from './config.ts';
export { createMetrics, type Metrics, type MetricsOptions } from './operator/index.ts';
export { createPlatform, type Platform, type PlatformOptions, type PlatformUrls } from './platform.ts';
export type { Store } from './store.ts';
export {
  openPostgresStore,
  openSqliteStore,
  openStore,
  type PostgresOptions,
  SchemaVersionError,
  type SqliteOptions,
  type StoreOptions,
} from './store.ts';
