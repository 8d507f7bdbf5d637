import { type HttpHandler, http } from 'msw';
import type { OpenApiDocument } from '../../generated/bundles.ts';
import controlPlane from '../../generated/control-plane.json' with { type: 'json' };
import managedProxy from '../../generated/managed-proxy.json' with { type: 'json' };
import { type Choice, choose, EVENT_STREAM } from './choice.ts';
import { type Operation, operationsOf } from './operations.ts';

const COST_MICRO = 'x-rigbox-cost-micro';
const COST_CREDITS = 'x-rigbox-cost-credits';

interface Spent {
  readonly cost_micro?: number;
  readonly cost_credits?: number;
}

export interface RigkitHandlersOptions {
  /** Base URL of the control plane that the page calls. Default: the sandbox's, `http://127.0.0.1:8080/api/v1`. */
  readonly controlPlaneUrl?: string;
  /** Base URL of the managed proxy that the page calls. Default: the sandbox's, `http://127.0.0.1:9090`. */
  readonly proxyUrl?: string;
}

/**
 * Request handlers for every operation of both APIs, for `setupWorker` in a browser and `setupServer` in Node. Each
 * answers with an example of the contract, which `Prefer: code=402, example=NAME` chooses. Unlike the mock server they
 * do not validate requests.
 */
export function rigkitHandlers({
  controlPlaneUrl = 'http://127.0.0.1:8080/api/v1',
  proxyUrl = 'http://127.0.0.1:9090',
}: RigkitHandlersOptions = {}): HttpHandler[] {
  return [...handlersFor(controlPlane, controlPlaneUrl), ...handlersFor(managedProxy, proxyUrl)];
}

function handlersFor(document: OpenApiDocument, baseUrl: string): HttpHandler[] {
  const base = baseUrl.replace(/\/+$/, '');
  return operationsOf(document).map((operation) =>
    http[operation.method](patternOf(base, operation.path), async ({ request }) => respond(operation, request)),
  );
}

async function respond(operation: Operation, request: Request): Promise<Response> {
  const choice = await choose(operation, request);
  if (choice.kind === 'chosen') return responseOf(choice);
  const error = { code: 'example_not_found', message: choice.message };
  return Response.json({ error }, { status: 404 });
}

function responseOf({ status, response, mediaType, body }: Extract<Choice, { kind: 'chosen' }>): Response {
  if (mediaType === undefined) return new Response(null, { status, headers: response.headers });
  const headers = costAsSpent(response.headers, mediaType, body);
  if (mediaType !== EVENT_STREAM) return new Response(JSON.stringify(body), { status, headers });
  return new Response(`${String(body).trimEnd()}\n\n`, { status, headers });
}

/** A declared header has one example for every body: the cost headers must repeat what this body tells. */
function costAsSpent(declared: Readonly<Record<string, string>>, mediaType: string, body: unknown): Headers {
  const headers = new Headers({ ...declared, 'content-type': mediaType });
  const { usage, usageMetadata } = { ...(body as { usage?: Spent; usageMetadata?: Spent }) };
  const spent = usage ?? usageMetadata;
  if (mediaType === EVENT_STREAM) {
    // The cost of a stream is known at its end only, and stands in its last chunk.
    headers.delete(COST_MICRO);
    headers.delete(COST_CREDITS);
  } else if (headers.has(COST_MICRO) && spent?.cost_micro !== undefined) {
    headers.set(COST_MICRO, String(spent.cost_micro));
    headers.set(COST_CREDITS, String(spent.cost_credits));
  }
  return headers;
}

/** A regular expression, because msw would read `:generateContent` as a parameter. */
function patternOf(base: string, path: string): RegExp {
  const parts = (base + path).split(/\{[^}]+\}/).map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]+')}$`);
}
