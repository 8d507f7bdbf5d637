import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RequestHandler } from 'express';
import { controlPlaneDocument } from '../generated/bundles.ts';
import { type Config, ConfigError } from './config.ts';
import { createControlPlane } from './control-plane/index.ts';
import type { Store } from './domain/store.ts';
import { createApp } from './http/app.ts';
import { type Listening, listen } from './http/listen.ts';
import { createLogger, type Logger } from './http/log.ts';
import { meteringProxy } from './proxy/index.ts';
import { createPriceSource, PriceFileError, type PriceSource, parsePriceOverrides } from './proxy/prices/index.ts';
import { createWorkspaceResolver } from './resolve-workspace.ts';
import { openSqliteStore } from './store/sqlite/index.ts';
import { authenticate, mintKey, previewKey } from './vault/credentials.ts';
import { newApiKeyId, newRequestId, newWorkspaceId } from './vault/ids.ts';
import { createVault, sealingSecret } from './vault/sealing.ts';

export interface PlatformOptions {
  /** Default: structured lines on standard output, at the configured level. */
  readonly logger?: Logger;
  /** Hold every control-plane answer against the contract: for tests and development. Default false. */
  readonly validateResponses?: boolean;
  /** Served on the control plane's port beside the API: a page, a reference. */
  readonly mounts?: readonly RequestHandler[];
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: () => number;
}

export interface Platform {
  readonly store: Store;
  readonly prices: PriceSource;
  /** Starts both listeners; answers the control plane's URL with its base path, and the proxy's origin. */
  listen(): Promise<{ readonly controlPlane: string; readonly proxy: string }>;
  /** Lets requests and streams under way finish, within a bound, then closes everything. Idempotent. */
  close(): Promise<void>;
}

/** The node that the reference platform pretends to run its workspaces on. */
const LOCAL_NODE = { id: 'node-local', room: 1000 } as const;

/**
 * The reference platform: control plane and metering proxy over one store. Throws a ConfigError without a secret key
 * or with a prices file that cannot be read, and what the store throws when it cannot be opened.
 */
export async function createPlatform(config: Config, options: PlatformOptions = {}): Promise<Platform> {
  if (config.secretKey === undefined) throw new ConfigError('RIGKIT_SECRET_KEY: not set');
  const prices = readPrices(config.pricesFile);
  const logger = options.logger ?? createLogger({ level: config.logLevel });
  const clock = options.clock ?? Date.now;
  const vault = createVault({
    current: sealingSecret(config.secretKey),
    previous: config.previousSecretKeys.map(sealingSecret),
  });
  mkdirSync(dirname(config.databasePath), { recursive: true });
  const store = await openSqliteStore({ path: config.databasePath });

  const controlPlane = await createControlPlane({
    document: controlPlaneDocument,
    rateLimits: config.rateLimits ?? true,
    validateResponses: options.validateResponses ?? false,
    store,
    vault,
    keys: {
      mint: mintKey,
      preview: previewKey,
      recognise: (presented) => authenticate(store, presented),
    },
    clock,
    newIds: { workspace: newWorkspaceId, apiKey: newApiKeyId },
    node: LOCAL_NODE,
  });
  const proxy = meteringProxy({
    resolveWorkspace: createWorkspaceResolver(store, vault),
    store,
    providers: config.providers,
    prices,
    timeouts: config.upstreamTimeouts,
    identifyByAddress: config.trustSourceAddress,
    clock,
    newRequestId,
    logger,
  });

  const listeners: Listening[] = [];
  let closing: Promise<void> | undefined;
  const close = async () => {
    await Promise.all(listeners.map((listener) => listener.close()));
    await proxy.close();
    await store.close();
  };
  return {
    store,
    prices,
    async listen() {
      const { host } = config;
      const apps = [
        [createApp({ logger, mounts: [controlPlane, ...(options.mounts ?? [])] }), config.port],
        [createApp({ logger, mounts: [proxy], accessLog: false }), config.proxyPort],
      ] as const;
      for (const [app, port] of apps) listeners.push(await listen(app, { host, port }));
      const [first, second] = listeners.map((listener) => listener.url);
      return { controlPlane: `${first}${controlPlaneDocument.servers[0]?.url ?? ''}`, proxy: `${second}` };
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function readPrices(file: string | undefined): PriceSource {
  if (file === undefined) return createPriceSource();
  try {
    return createPriceSource({ overrides: parsePriceOverrides(readFileSync(file, 'utf8')) });
  } catch (error) {
    const reason = error instanceof PriceFileError ? error.message : 'the file cannot be read';
    throw new ConfigError(`RIGKIT_PRICES_FILE: ${reason}`);
  }
}
