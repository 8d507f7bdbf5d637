/** The reference platform, to run from code: `createPlatform(loadConfig(process.env))`. */
export { type Config, ConfigError, loadConfig } from './config.ts';
export { createPlatform, type Platform, type PlatformOptions, type PlatformUrls } from './platform.ts';
