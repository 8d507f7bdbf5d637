import type { Config } from '../../server/config.ts';
import { createApp } from '../../server/http/app.ts';
import { listen } from '../../server/http/listen.ts';
import { createLogger } from '../../server/http/log.ts';
import type { PlatformUrls } from '../../server/index.ts';
import { startCrew } from './crew.ts';
import { overviewOf } from './overview.ts';

/** The platform in as many processes as the configuration says; the operator's port is served by this one, for all of them. */
export async function serveWithWorkers(config: Config): Promise<{ urls: PlatformUrls; close(): Promise<void> }> {
  const { host, operatorPort } = config;
  const logger = createLogger({ level: config.logLevel });
  const crew = await startCrew(config.workers, logger);
  if (operatorPort === undefined) return { urls: crew.urls, close: crew.stop };
  try {
    const pages = createApp({ logger, mounts: [overviewOf(crew)], accessLog: false });
    const operator = await listen(pages, { host, port: operatorPort });
    return {
      urls: { ...crew.urls, operator: operator.url },
      // The operator's is the last: whoever watches sees the end of the others.
      close: () => crew.stop().then(() => operator.close()),
    };
  } catch (error) {
    await crew.stop();
    throw error;
  }
}
