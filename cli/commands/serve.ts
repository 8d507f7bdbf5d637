import cluster from 'node:cluster';
import type { Command } from 'commander';
import { type Config, ConfigError, loadConfig } from '../../server/config.ts';
import { isPostgresUrl } from '../../server/database/database.ts';
import { createLogger } from '../../server/http/log.ts';
import { createPlatform, type PlatformUrls } from '../../server/index.ts';
import { addSettings, type FlagValues, readSettings, runUntilStopped } from '../command-line.ts';
import { dashboardPages, prepareDashboard } from '../dashboard/pages.ts';
import { serveWithWorkers } from '../workers/serve-with-workers.ts';
import { work } from '../workers/worker.ts';
import { WorkerFailed } from '../workers/worker-pool.ts';

export function addServe(program: Command): void {
  addSettings(program.command('serve'))
    .description('run the reference platform: no demo data, no stub')
    .action(async (values: FlagValues) => {
      const config = productionConfig(values);
      if (config.workers === 1) return serveAlone(config);
      return cluster.isWorker ? serveAsWorker(config) : serveTogether(config);
    });
}

function productionConfig(values: FlagValues): Config {
  const config = loadConfig(process.env, readSettings(values));
  if (config.secretKey === undefined) {
    throw new ConfigError('RIGKIT_SECRET_KEY: not set; make one with `openssl rand -base64 32` and keep it safe');
  }
  if (!Object.values(config.providers).some((provider) => provider.apiKey !== undefined)) {
    throw new ConfigError(
      'no provider: set at least one of RIGKIT_OPENAI_API_KEY, _ANTHROPIC_, _GOOGLE_, _OPENROUTER_',
    );
  }
  if (config.workers > 1 && !isPostgresUrl(config.databaseUrl)) {
    throw new ConfigError(
      'RIGKIT_WORKERS: SQLite lets one process write at a time, so more workers would only wait for each other; ' +
        'set RIGKIT_DATABASE_URL=postgres://..., or RIGKIT_WORKERS=1',
    );
  }
  return config;
}

function serveAlone(config: Config): Promise<void> {
  return runUntilStopped(async () => {
    const platform = await createPlatform(config, { mounts: [dashboardPages()] });
    return { urls: await platform.listen(), close: platform.close };
  }, announcement);
}

function serveAsWorker(config: Config): Promise<void> {
  const logger = createLogger({ level: config.logLevel }).child({ workerPid: process.pid });
  const mounts = [dashboardPages()];
  return work(config.freeCallsPerMinute, (rateCounter) =>
    createPlatform(config, { logger, mounts, shared: { rateCounter } }),
  );
}

async function serveTogether(config: Config): Promise<void> {
  try {
    await runUntilStopped(() => serveWithWorkers(config), announcement);
  } catch (error) {
    if (!(error instanceof WorkerFailed)) throw error;
    process.exitCode = error.exitCode;
  }
}

function announcement({ urls }: { readonly urls: PlatformUrls }): string {
  prepareDashboard();
  const operator = urls.operator === undefined ? '' : `, operator ${urls.operator}`;
  return `ready: control plane ${urls.controlPlane}, proxy ${urls.proxy}${operator}`;
}
