import type { RequestHandler } from 'express';
import { controlPlaneDocument } from '../generated/bundles.ts';
import { type Config, ConfigError } from './config.ts';
import { createControlPlane } from './control-plane.ts';
import { createApp } from './http/app.ts';
import { type Listening, listen } from './http/listen.ts';
import { createLogger, type Logger } from './http/log.ts';
import { createRateCounter, type RateCounter } from './http/rate-limits.ts';
import { createOperator, type Operator } from './operator/index.ts';
import { type KeptIds, meteringProxy } from './proxy/index.ts';
import type { PriceSource } from './proxy/prices/source.ts';
import { readPrices } from './read-prices.ts';
import { createWorkspaceResolver, type ProvidersOf } from './resolve-workspace.ts';
import type { Store } from './store.ts';
import { openStore } from './store.ts';
import { mintKey, previewKey } from './vault/credentials.ts';
import { newApiKeyId, newRequestId, newWorkspaceId } from './vault/ids.ts';
import { createVault, sealingSecret, type Vault } from './vault/sealing.ts';

export interface PlatformOptions {
  /** Default: structured lines on standard output, at the configured level. */
  readonly logger?: Logger;
  /** Hold every control-plane answer against the contract: for tests and development. Default false. */
  readonly validateResponses?: boolean;
  /** Served on the control plane's port beside the API: a page, a reference. */
  readonly mounts?: readonly RequestHandler[];
  /** Every request to either API passes it first. Default: none. */
  readonly before?: RequestHandler;
  /** Milliseconds since the epoch: as the account named has it, or the platform where none is. Default `Date.now` for all. */
  readonly clock?: (accountId?: string) => number;
  /** Puts something between the platform and its store. Default: nothing. */
  readonly around?: (store: Store) => Store;
  /** Serves the AI calls of some accounts otherwise. Default: the configured providers serve all. */
  readonly providersOf?: ProvidersOf;
  /** One of several processes that serve the same ports. Default: the only one. */
  readonly shared?: SharedDuties;
}

/** What the processes of one platform share. The process that started them opens the operator port. */
export interface SharedDuties {
  readonly rateCounter: RateCounter;
}

export interface Platform {
  readonly store: Store;
  readonly prices: PriceSource;
  /** What the operator's port shows; undefined where there is none. */
  readonly operator: Operator | undefined;
  /** Starts the listeners. */
  listen(): Promise<PlatformUrls>;
  /** Lets requests and streams under way finish, within a bound, then closes everything. Idempotent. */
  close(): Promise<void>;
}

export interface PlatformUrls {
  /** With the base path of the contract. */
  readonly controlPlane: string;
  /** The origin. */
  readonly proxy: string;
  /** The origin of `/metrics`, `/healthz` and `/readyz`; undefined without an operator port. */
  readonly operator: string | undefined;
}

/** The node that the reference platform pretends to run its workspaces on. */
const LOCAL_NODE = { id: 'node-local', room: 1000 } as const;

const ORPHANS_FOUND = 'holds of a process that ended are uncertain now: see `rigkit ledger holds`';

/**
 * The reference platform: control plane and metering proxy over one store. Throws a ConfigError without a secret key
 * or with a prices file that cannot be read, and what the store throws when it cannot be opened.
 */
export async function createPlatform(config: Config, options: PlatformOptions = {}): Promise<Platform> {
  if (config.secretKey === undefined) throw new ConfigError('RIGKIT_SECRET_KEY: not set');
  const { prices, charges } = readPrices(config);
  const logger = options.logger ?? createLogger({ level: config.logLevel });
  const clock = options.clock ?? Date.now;
  const vault = openVault(config.secretKey, config.previousSecretKeys);
  const store = await openPlatformStore(config, logger, options.around);

  const hasRateLimits = config.rateLimits ?? true;
  const rateCounter =
    options.shared?.rateCounter ?? createRateCounter({ freeCallsPerMinute: config.freeCallsPerMinute });

  const controlPlane = await createControlPlane({
    document: controlPlaneDocument,
    rateLimits: hasRateLimits,
    rateCounter,
    validateResponses: options.validateResponses ?? false,
    store,
    vault,
    keys: { mint: mintKey, preview: previewKey },
    clock,
    newIds: { workspace: newWorkspaceId, apiKey: newApiKeyId },
    node: { ...LOCAL_NODE, addresses: config.workspaceNetwork },
  });
  let closing: Promise<void> | undefined;
  const operator = config.operatorPort === undefined ? undefined : openOperator(store, () => closing !== undefined);
  const proxy = meteringProxy({
    resolveWorkspace: createWorkspaceResolver(store, vault, clock, options.providersOf),
    store,
    keptIds: keptIdsIn(store),
    providers: config.providers,
    prices,
    charges,
    timeouts: config.upstreamTimeouts,
    bodies: config.bodies,
    countFreeCall: async (accountId) => (hasRateLimits ? rateCounter('free-calls', accountId) : undefined),
    drain: config.drain,
    outputTokensPerSecond: config.outputTokensPerSecond,
    fitOutputCap: config.fitOutputCap,
    identifyByAddress: config.trustSourceAddress,
    clock,
    newRequestId,
    logger,
    ...(operator && { onOutcome: operator.record }),
  });

  const listeners: Listening[] = [];
  async function open(port: number, mounts: readonly RequestHandler[], accessLog: boolean): Promise<string> {
    const listening = await listen(createApp({ logger, mounts, accessLog }), { host: config.host, port });
    listeners.push(listening);
    return listening.url;
  }
  async function close(): Promise<void> {
    // The operator port closes last, so that it shows the end of the others.
    const [controlPlaneListener, proxyListener, operatorListener] = listeners;
    await Promise.all([controlPlaneListener?.close(), proxyListener?.close()]);
    await proxy.close();
    await operatorListener?.close();
    await store.close();
  }
  return {
    store,
    prices,
    operator,
    async listen() {
      try {
        const { before = [], mounts = [] } = options;
        const origin = await open(config.port, [before, controlPlane, mounts].flat(), true);
        return {
          controlPlane: `${origin}${controlPlaneDocument.servers[0]?.url ?? ''}`,
          proxy: await open(config.proxyPort, [before, proxy].flat(), false),
          operator: options.shared
            ? undefined
            : operator && (await open(config.operatorPort ?? 0, [operator.pages], false)),
        };
      } catch (error) {
        await closeOnce();
        throw error;
      }
    },
    close: closeOnce,
  };

  function closeOnce(): Promise<void> {
    closing ??= close();
    return closing;
  }
}

/** By method, so that what stands around the store stands around these too. */
function keptIdsIn(store: Store): KeptIds {
  return {
    keep: (kept) => store.keepProviderIds(kept),
    find: (api, ids) => store.findProviderIds(api, ids),
  };
}

function openVault(secretKey: Uint8Array, previous: readonly Uint8Array[]): Vault {
  return createVault({ current: sealingSecret(secretKey), previous: previous.map(sealingSecret) });
}

async function openPlatformStore(
  config: Config,
  logger: Logger,
  around: PlatformOptions['around'] = (store) => store,
): Promise<Store> {
  return around(
    await openStore({
      url: config.databaseUrl,
      poolSize: config.databasePoolSize,
      uncertainHolds: config.uncertainHolds,
      onOrphans: (holds) => logger.warn({ holds: holds.length }, ORPHANS_FOUND),
    }),
  );
}

function openOperator(store: Store, isClosing: () => boolean): Operator {
  return createOperator({
    openHoldTotals: () => store.openHoldTotals(),
    // Any read shows whether the store responds.
    probeStore: () => store.getAccount(''),
    isClosing,
  });
}
