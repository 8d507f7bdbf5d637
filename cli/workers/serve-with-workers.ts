import { AggregatorRegistry } from 'prom-client';
import type { Config } from '../../server/config.ts';
import { createApp } from '../../server/http/app.ts';
import { listen } from '../../server/http/listen.ts';
import { createLogger } from '../../server/http/log.ts';
import type { PlatformUrls } from '../../server/index.ts';
import { type OperatorPages, operatorPages, type Readiness } from '../../server/operator/index.ts';
import { startWorkerPool, type WorkerPool } from './worker-pool.ts';

/** The platform in as many processes as the configuration says. This one serves the operator's port, for all of them. */
export async function serveWithWorkers(config: Config): Promise<{ urls: PlatformUrls; close(): Promise<void> }> {
  const { host, operatorPort } = config;
  const logger = createLogger({ level: config.logLevel });
  const pool = await startWorkerPool(config.workers, logger);
  if (operatorPort === undefined) return { urls: pool.urls, close: pool.stop };
  try {
    const pages = createApp({ logger, mounts: [poolPages(pool)], accessLog: false });
    const operator = await listen(pages, { host, port: operatorPort });
    return {
      urls: { ...pool.urls, operator: operator.url },
      // The operator's port is closed last, so that a scrape still sees the workers end.
      close: () => pool.stop().then(() => operator.close()),
    };
  } catch (error) {
    await pool.stop();
    throw error;
  }
}

/** The operator's pages of all workers: what they counted, added up; ready while any of them is. */
function poolPages(pool: WorkerPool): OperatorPages {
  const registry = new AggregatorRegistry();
  const scrape = () => registry.clusterMetrics();
  async function readiness(): Promise<Readiness> {
    if (pool.isStopping()) return 'closing';
    const metrics = await scrape().catch(() => '');
    return /^rigkit_workers_ready [1-9]/m.test(metrics) ? 'ready' : 'the store does not answer';
  }
  return operatorPages({ metrics: { scrape, contentType: registry.contentType }, readiness });
}
