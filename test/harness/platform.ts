import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StubProviders, startStubProviders } from '../../mocks/providers/index.ts';
import { loadConfig } from '../../server/config.ts';
import { createLogger, type LogLevel } from '../../server/http/log.ts';
import { createPlatform } from '../../server/index.ts';
import type { Store } from '../../server/store.ts';

/** The reference platform in this process, on real sockets and a file of its own, with a stub in every provider's place. */
export interface Site {
  readonly stub: StubProviders;
  readonly store: Store;
  /** With its base path. */
  readonly controlPlane: string;
  /** The origin. */
  readonly proxy: string;
  /** The origin of the metrics. */
  readonly operator: string | undefined;
  readonly dataDir: string;
  /** Every line logged so far. */
  readonly log: readonly string[];
  /** Ends the platform and the stub; what they left on disk is still there. */
  stop(): Promise<void>;
  /** The same, and removes it. */
  close(): Promise<void>;
}

export interface SiteOptions {
  /** More settings, or other ones, by their variables. */
  readonly settings?: (stub: StubProviders) => Readonly<Record<string, string>>;
  /** Runs when the stub stands, before the settings are asked for. */
  readonly beforePlatform?: (stub: StubProviders) => Promise<void>;
  /** JSON of a prices file. */
  readonly prices?: string;
  /** Milliseconds since the epoch, for everything that the platform books. Default `Date.now`. */
  readonly clock?: () => number;
  /** Default `info`. */
  readonly logLevel?: LogLevel;
  /** Replaces methods of the store, under the platform's feet: to see whether a defect would be noticed. */
  readonly sabotage?: (store: Store) => Partial<Store>;
}

/** The settings by which a platform calls the stub; the keys are invented. */
export function stubSettings(stub: StubProviders): Record<string, string> {
  return {
    RIGKIT_PORT: '0',
    RIGKIT_PROXY_PORT: '0',
    RIGKIT_SECRET_KEY: randomBytes(32).toString('base64'),
    RIGKIT_RATE_LIMITS: 'off',
    RIGKIT_OPENAI_BASE_URL: stub.openaiBaseUrl,
    RIGKIT_OPENAI_API_KEY: 'sk-soak-openai',
    RIGKIT_ANTHROPIC_BASE_URL: stub.anthropicBaseUrl,
    RIGKIT_ANTHROPIC_API_KEY: 'sk-ant-soak',
    RIGKIT_GOOGLE_BASE_URL: stub.googleBaseUrl,
    RIGKIT_GOOGLE_API_KEY: 'AIza-soak',
  };
}

export async function openSite(options: SiteOptions = {}): Promise<Site> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rigkit-soak-'));
  const stub = await startStubProviders();
  await options.beforePlatform?.(stub);
  const settings: Record<string, string> = {
    ...stubSettings(stub),
    RIGKIT_DATA_DIR: dataDir,
    ...options.settings?.(stub),
  };
  if (options.prices !== undefined) {
    settings.RIGKIT_PRICES_FILE = join(dataDir, 'prices.json');
    writeFileSync(settings.RIGKIT_PRICES_FILE, options.prices);
  }
  const log: string[] = [];
  const destination = { write: (line: string) => void log.push(line) };
  const logger = createLogger({ level: options.logLevel ?? 'info', destination });
  const platform = await createPlatform(loadConfig({}, settings), {
    logger,
    ...(options.clock && { clock: options.clock }),
  });
  if (options.sabotage !== undefined) Object.assign(platform.store, options.sabotage({ ...platform.store }));
  const urls = await platform.listen();
  async function stop(): Promise<void> {
    await platform.close();
    await stub.close();
  }
  return {
    stub,
    store: platform.store,
    ...urls,
    dataDir,
    log,
    stop,
    async close() {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
