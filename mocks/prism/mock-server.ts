import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlPlaneDocument, managedProxyDocument } from '../../generated/bundles.ts';
import { type ScenarioName, scenarios } from '../../generated/scenarios.ts';
import type { ChaosOptions } from '../responses/chaos.ts';
import type { Pace } from '../responses/response.ts';
import { withEngine } from './missing-engine.ts';
import type { Documents, MockBehaviour, MockSource } from './mock-source.ts';

/** What the mock tells about a request: never its headers, query or body, where credentials stand. */
export interface MockLogger {
  info(fields: { method: string; path: string; status: number; durationMs: number }, message: string): void;
}

/** How fast event streams come is part of it: {@link Pace}. */
export interface MockOptions extends Pace {
  /** Address to listen on. Default `127.0.0.1`: this machine alone. */
  readonly host?: string;
  /** Port to listen on. Default 0: a free one. */
  readonly port?: number;
  /** Gets a line for each request; a pino logger fits. Default: silence. */
  readonly logger?: MockLogger;
  /** The state that the account is in, for requests that name none. Default: the contract's first examples. */
  readonly scenario?: ScenarioName | undefined;
  /** Wait so long before each response. Default: not at all. */
  readonly delayMs?: number | undefined;
  /** Fail some requests with one of their documented errors. Default: none. */
  readonly chaos?: ChaosOptions | undefined;
  /** Seed of the bodies that `Prefer: dynamic=true` asks for. Default: other ones every time. */
  readonly seed?: string | undefined;
}

export interface Mock {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  /** The control plane's base URL, with the base path of the contract's `servers`. */
  readonly controlPlaneUrl: string;
  /** The managed proxy's base URL. */
  readonly proxyUrl: string;
  /** Responds from this contract from now on. Rejects, and goes on with the present one, where it cannot be read. */
  reload(source: MockSource): Promise<void>;
  /** Stops listening and cuts open connections. Idempotent. */
  close(): Promise<void>;
}

/** The contract as it was generated, and its scenarios. */
const CONTRACT: MockSource = {
  documents: { 'control-plane': controlPlaneDocument, 'managed-proxy': managedProxyDocument },
  scenarios,
};

/**
 * Starts the stateless mock of both APIs on one port: requests are validated against the contract, responses are its
 * examples. The `Prefer` header chooses another one: `code=402`, `example=byok`, `scenario=busy-month`. Rejects when
 * the address cannot be bound, and with a `MissingEngine` where Prism's engine is not installed.
 */
export function startMock(options: MockOptions = {}): Promise<Mock> {
  return serve(CONTRACT, options);
}

/** {@link startMock} for other documents than the contract's own. */
export function serveDocuments(documents: Documents, options: MockOptions = {}): Promise<Mock> {
  return serve({ ...CONTRACT, documents }, options);
}

async function serve(source: MockSource, options: MockOptions): Promise<Mock> {
  // Prism takes most of a second to load: only those who start a mock wait for it.
  const { createListener } = await withEngine(import('./listener.ts'));
  const behaviour = readBehaviour(options);
  const { listener, basePaths } = await createListener(source, behaviour);
  let current = listener;
  const listen: RequestListener = (request, response) => current(request, response);
  const server = createServer(options.logger ? logged(listen, options.logger) : listen);
  const host = options.host ?? '127.0.0.1';
  await bind(server, host, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  let closing: Promise<void> | undefined;
  return {
    url,
    controlPlaneUrl: url + (basePaths['control-plane'] ?? ''),
    proxyUrl: url + (basePaths['managed-proxy'] ?? ''),
    reload: async (next) => {
      current = (await createListener(next, behaviour)).listener;
    },
    close: () => (closing ??= stop(server)),
  };
}

function readBehaviour({ scenario, delayMs, seed, chaos, ...options }: MockOptions): MockBehaviour {
  const { firstTokenMs, eventsPerSecond, cutAfterEvents } = options;
  const given = { scenario, delayMs, seed, firstTokenMs, eventsPerSecond, cutAfterEvents };
  const defaults = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { defaults, chaos };
}

function logged(listener: RequestListener, logger: MockLogger): RequestListener {
  return (request, response) => {
    const startMs = performance.now();
    const { method = '', url = '' } = request;
    response.once('finish', () => {
      const durationMs = Math.round(performance.now() - startMs);
      logger.info({ method, path: url.split('?', 1)[0] ?? '', status: response.statusCode, durationMs }, 'answered');
    });
    listener(request, response);
  };
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
