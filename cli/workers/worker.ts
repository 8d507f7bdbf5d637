import cluster from 'node:cluster';
import { AggregatorRegistry, Gauge } from 'prom-client';
import { RateLimiterCluster } from 'rate-limiter-flexible';
import { createRateCounter, type RateCounter } from '../../server/http/rate-limits.ts';
import type { Platform, PlatformUrls } from '../../server/index.ts';
import type { Operator } from '../../server/operator/index.ts';

/** What a worker sends to the process that started it, once. Rate limits and metrics have messages of their own libraries. */
export interface WorkerListens {
  readonly kind: 'listening';
  readonly urls: PlatformUrls;
}

/**
 * What a worker process does: serves the platform until SIGTERM or SIGINT, then finishes what is under way. Its process group
 * may get a Ctrl-C as well: a second signal changes nothing. Rate limits are counted by the process that started it.
 */
export async function work(
  freeCallsPerMinute: number,
  create: (rateCounter: RateCounter) => Promise<Platform>,
): Promise<void> {
  const stopped = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.resolve());
  // From here on a scrape waits for this worker.
  const registry = new AggregatorRegistry();
  try {
    const platform = await create(
      createRateCounter({ freeCallsPerMinute, createLimiter: (options) => new RateLimiterCluster(options) }),
    );
    AggregatorRegistry.setRegistries(platform.operator === undefined ? registry : countWorker(platform.operator));
    const message: WorkerListens = { kind: 'listening', urls: await platform.listen() };
    process.send?.(message);
    await stopped.promise;
    await platform.close();
  } finally {
    cluster.worker?.disconnect();
  }
}

/** The metrics of this worker, of which the process that started it shows the sum over all. */
function countWorker({ register, readiness }: Operator): Operator['register'] {
  const registers = [register];
  new Gauge({
    name: 'rigkit_workers',
    help: 'Worker processes that answered this scrape, of those that `--workers` asks for.',
    registers,
  }).set(1);
  new Gauge({
    name: 'rigkit_workers_ready',
    help: 'Of them, those whose store answers.',
    registers,
    async collect() {
      this.set((await readiness()) === 'ready' ? 1 : 0);
    },
  });
  return register;
}
