import { checks } from '../checks/index.ts';
import type { ConformanceConfig } from '../platform/config.ts';
import { type RegisterOptions, registerSuite } from './register-suite.ts';

export type { RegisterOptions };

/**
 * Registers the suite as vitest tests: a `describe` for each profile, a test for each requirement. To be called at the
 * top of a test file, with what `loadConfig` gives. A broken MUST fails with its evidence, and so does what the suite or
 * the network could not do. What decides nothing (unverified, not applicable, a broken SHOULD or MAY, a known failure)
 * is skipped with its reason, so that a green run proves no more than the tests that it shows as passed. Throws a
 * `ConfigError` when the configuration cannot be used.
 */
export function registerConformance(config: ConformanceConfig, options: RegisterOptions = {}): void {
  registerSuite(config, checks, options);
}
