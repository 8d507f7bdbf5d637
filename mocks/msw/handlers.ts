import { type HttpHandler, http } from 'msw';
import type { OpenApiDocument } from '../../generated/bundles.ts';
import controlPlane from '../../generated/control-plane.json' with { type: 'json' };
import managedProxy from '../../generated/managed-proxy.json' with { type: 'json' };
import { type ScenarioName, scenarios } from '../../generated/scenarios.ts';
import { type ChaosOptions, createChaos } from '../answers/chaos.ts';
import { type DocumentedOperation, operationsOf } from '../answers/documented.ts';
import type { Pace } from '../answers/pace.ts';
import { forcedBy, type OperationId, type Override, type Timing } from './override.ts';
import { type Ground, respond } from './respond.ts';
import { failBelow, type UnhandledFrame } from './unhandled.ts';

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
  /** Wait so long before each answer. Default: not at all. */
  readonly delayMs?: number;
  /** Answer some requests with one of their documented errors. Default: none. */
  readonly chaos?: ChaosOptions;
}

/** Handlers for both APIs, and what makes others to lay over them with `server.use` or `worker.use`. */
export interface RigkitMocks {
  readonly handlers: readonly HttpHandler[];
  /** All operations, as if the account were in that state. */
  inScenario(scenario: ScenarioName): HttpHandler[];
  /** One operation, with another answer; over everything that the request prefers. */
  override<Id extends OperationId>(operationId: Id, answer: Override<Id>): HttpHandler;
  /** For `start` and `listen`: fails requests below the two base URLs that no operation answers, and only those. */
  onUnhandledFrame(unhandled: UnhandledFrame): void;
}

interface Place {
  readonly operation: DocumentedOperation;
  readonly base: string;
  readonly ground: Ground;
}

/**
 * Mocks of every operation of both APIs, for `setupWorker` in a browser and `setupServer` in Node. Each answers with an
 * example of the contract; requests choose others as with the mock server (`Prefer: code=402`, `?__scenario=byok`).
 * Unlike that one they do not validate requests.
 */
export function rigkitMocks(options: RigkitHandlersOptions = {}): RigkitMocks {
  const places = placesOf(options);
  const handlersOf = (force?: Timing) => places.map((place) => handlerOf(place, force));
  return {
    handlers: handlersOf(),
    onUnhandledFrame: failBelow([...new Set(places.map(({ base }) => base))]),
    inScenario: (scenario) => handlersOf({ scenario } as Timing),
    override: (operationId, answer) => {
      const place = places.find(({ operation }) => operation.operationId === operationId);
      if (place === undefined) throw new RangeError(`there is no operation ${operationId}`);
      return handlerOf(place, answer);
    },
  };
}

/** The handlers of {@link rigkitMocks}, for those who lay nothing over them. */
export function rigkitHandlers(options: RigkitHandlersOptions = {}): HttpHandler[] {
  return [...rigkitMocks(options).handlers];
}

function placesOf({ controlPlaneUrl, proxyUrl, chaos, ...defaults }: RigkitHandlersOptions): Place[] {
  const common = { scenarios, defaults, chaos: chaos && createChaos(chaos) };
  return [
    ...placesIn(controlPlane, controlPlaneUrl ?? 'http://127.0.0.1:8080/api/v1', { ...common, api: 'control-plane' }),
    ...placesIn(managedProxy, proxyUrl ?? 'http://127.0.0.1:9090', { ...common, api: 'managed-proxy' }),
  ];
}

function placesIn(document: OpenApiDocument, url: string, common: Omit<Ground, 'basePath'>): Place[] {
  const base = url.replace(/\/+$/, '');
  const basePath = new URL(base, 'http://any').pathname.replace(/\/$/, '');
  return operationsOf(document).map((operation) => ({ operation, base, ground: { ...common, basePath } }));
}

function handlerOf({ operation, base, ground }: Place, override?: Timing): HttpHandler {
  const forced = override && forcedBy(override);
  return http[operation.method](
    patternOf(base, operation.path),
    ({ request }) => respond(ground, operation, request, forced),
    { once: override?.once === true },
  );
}

/** A regular expression, because msw would read `:generateContent` as a parameter. */
function patternOf(base: string, path: string): RegExp {
  const parts = (base + path).split(/\{[^}]+\}/).map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${base.startsWith('/') || base === '' ? 'https?://[^/]+' : ''}${parts.join('[^/]+')}$`);
}
