import { type HttpHandler, http } from 'msw';
import type { ApiDocument } from '../../contract/document.ts';
import type { Operation } from '../../contract/operation.ts';
import { createRouteTable } from '../../contract/route-table.ts';
import controlPlane from '../../generated/control-plane.json' with { type: 'json' };
import managedProxy from '../../generated/managed-proxy.json' with { type: 'json' };
import { type ScenarioName, scenarios } from '../../generated/scenarios.ts';
import { type ChaosOptions, createChaos } from '../responses/chaos.ts';
import type { Pace } from '../responses/response.ts';
import { type OperationId, type Override, readOverride, type Timing } from './override.ts';
import { type ApiMock, pathBelow, respond } from './respond.ts';

export interface RigkitHandlersOptions extends Pace {
  /**
   * Base URL of the control plane that the page calls; a path, such as `/api/v1`, is matched on any origin. Default: the
   * sandbox's, `http://127.0.0.1:8080/api/v1`.
   */
  readonly controlPlaneUrl?: string;
  /** Base URL of the managed proxy that the page calls. Default: the sandbox's, `http://127.0.0.1:9090`. */
  readonly proxyUrl?: string;
  /** The state that the account is in. Default: the contract's first examples. */
  readonly scenario?: ScenarioName;
  /** Wait so long before each response. Default: not at all. */
  readonly delayMs?: number;
  /** Fail some requests with one of their documented errors. Default: none. */
  readonly chaos?: ChaosOptions;
}

/** Handlers for both APIs, and what makes others to lay over them with `server.use` or `worker.use`. */
export interface RigkitMocks {
  readonly handlers: readonly HttpHandler[];
  /** All operations, as if the account were in that state. */
  inScenario(scenario: ScenarioName): HttpHandler[];
  /** One operation, with another response; over everything that the request prefers. */
  override<Id extends OperationId>(operationId: Id, response: Override<Id>): HttpHandler;
  /**
   * For `start` and `listen`: fails requests below the two base URLs that no operation answers, such as one with a
   * misspelt path, and lets pages, scripts and other hosts pass.
   */
  onUnhandledFrame(unhandled: UnhandledFrame): void;
}

/** What Mock Service Worker tells of a request that no handler answers. */
export interface UnhandledFrame {
  readonly frame: { readonly data: unknown };
  readonly defaults: { error(): void };
}

interface Route {
  readonly operation: Operation;
  readonly mock: ApiMock;
}

/**
 * Mocks of every operation of both APIs, for `setupWorker` in a browser and `setupServer` in Node. Each responds with an
 * example of the contract; requests choose others as with the mock server (`Prefer: code=402`, `?__scenario=byok`).
 * Unlike that one they do not validate requests.
 */
export function rigkitMocks(options: RigkitHandlersOptions = {}): RigkitMocks {
  const { controlPlaneUrl, proxyUrl, chaos, ...defaults } = options;
  const common = { scenarios, defaults, chaos: chaos && createChaos(chaos) };
  const mocks: ApiMock[] = [
    mockApi('control-plane', controlPlane, controlPlaneUrl ?? 'http://127.0.0.1:8080/api/v1', common),
    mockApi('managed-proxy', managedProxy, proxyUrl ?? 'http://127.0.0.1:9090', common),
  ];
  const routes = mocks.flatMap((mock) => mock.table.operations.map((operation) => ({ operation, mock })));
  const createHandlers = (override?: Timing) => routes.map((route) => createHandler(route, override));
  return {
    handlers: createHandlers(),
    inScenario: (scenario) => createHandlers({ scenario } as Timing),
    override: (operationId, response) => {
      const route = routes.find(({ operation }) => operation.operationId === operationId);
      if (route === undefined) throw new RangeError(`there is no operation ${operationId}`);
      return createHandler(route, response);
    },
    onUnhandledFrame({ frame: { data }, defaults: { error } }) {
      const { request } = { ...(data as { request?: unknown }) };
      if (request instanceof Request && mocks.some((mock) => pathBelow(mock.base, request.url))) error();
    },
  };
}

/** The handlers of {@link rigkitMocks}, where nothing is laid over them. */
export function rigkitHandlers(options: RigkitHandlersOptions = {}): HttpHandler[] {
  return [...rigkitMocks(options).handlers];
}

function mockApi(
  name: ApiMock['name'],
  document: ApiDocument,
  url: string,
  common: Pick<ApiMock, 'scenarios' | 'defaults' | 'chaos'>,
): ApiMock {
  // The document's own base path gives way to the one that the page calls.
  const table = createRouteTable({ ...document, servers: [] });
  return { ...common, name, table, base: url.replace(/\/+$/, '') };
}

function createHandler({ operation, mock }: Route, timing?: Timing): HttpHandler {
  const override = timing && readOverride(timing);
  const method = METHOD_NAMES[operation.method];
  return http[method](
    ({ request }) => {
      const path = pathBelow(mock.base, request.url);
      const match = path === undefined ? undefined : mock.table.match(request.method, path);
      return match?.kind === 'found' && match.operation === operation;
    },
    ({ request }) => respond(mock, operation, request, override),
    { once: timing?.once === true },
  );
}

const METHOD_NAMES = { GET: 'get', PUT: 'put', POST: 'post', DELETE: 'delete', PATCH: 'patch' } as const;
