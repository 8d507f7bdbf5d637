import { type EnvelopeName, errorBody } from '../../contract/error-envelopes.ts';
import type { Operation } from '../../contract/operation.ts';
import type { RouteTable } from '../../contract/route-table.ts';
import type { Chaos } from '../responses/chaos.ts';
import { chooseResponse, type MockRequest, selectEnvelope } from '../responses/choose.ts';
import { type Preference, parsePreference } from '../responses/preferences.ts';
import {
  bodyText,
  EVENT_STREAM,
  type MockResponse,
  type Pace,
  type PacedStream,
  pacedStream,
  type Refusal,
  wantedMediaTypes,
} from '../responses/response.ts';
import type { ParsedOverride } from './override.ts';

/** What the handlers of one API have in common. */
export interface ApiMock {
  readonly name: 'control-plane' | 'managed-proxy';
  /** Base URL that the page calls, or a base path, without a slash at the end. */
  readonly base: string;
  /** Paths below `base`. */
  readonly table: RouteTable;
  readonly scenarios: MockRequest['scenarios'];
  /** What holds where a request prefers nothing else. */
  readonly defaults: Preference;
  readonly chaos?: Chaos | undefined;
}

/** The response to an intercepted request. What the override says stands over what the request prefers. */
export async function respond(
  mock: ApiMock,
  operation: Operation,
  request: Request,
  override?: ParsedOverride,
): Promise<Response> {
  const path = pathBelow(mock.base, request.url) ?? '';
  const query = new URL(request.url).searchParams;
  const envelope =
    mock.name === 'control-plane' ? 'control-plane' : selectEnvelope(path, (name) => request.headers.has(name));
  const parsed = parsePreference(request.headers.get('prefer'), query);
  if (parsed.kind === 'refused') return refusalResponse(parsed.refusal, envelope, request);
  const preference = { ...mock.defaults, ...parsed.preference, ...override?.preference };
  await pause(preference.delayMs ?? 0);
  if (override?.networkError) return Response.error();

  const mediaTypes = wantedMediaTypes(query, request.headers.get('accept'), await readJson(request));
  const mockRequest = { preference, mediaTypes, envelope, path, query, scenarios: mock.scenarios };
  const choice = chooseResponse(operation, mockRequest, override ? undefined : mock.chaos);
  switch (choice.kind) {
    case 'response':
      return createResponse(
        { ...choice.response, ...(override?.body !== undefined && { body: override.body }) },
        preference,
      );
    case 'refused':
      return refusalResponse(choice.refusal, envelope, request);
    case 'made_up':
      return refusalResponse(NO_EXAMPLE, envelope, request);
  }
}

const NO_EXAMPLE: Refusal = {
  status: 404,
  code: 'example_not_found',
  message: 'There is no such example, and only the mock server makes bodies up.',
};

function createResponse(mocked: MockResponse, pace: Pace): Response {
  const { status, headers } = mocked;
  const text = bodyText(mocked);
  const isStream = text !== undefined && headers['content-type'] === EVENT_STREAM;
  return new Response(isStream ? streamEvents(pacedStream(text, pace)) : (text ?? null), { status, headers });
}

/** An error overtakes what is still on its way to the page. */
const BEFORE_CUT_MS = 10;

function streamEvents({ events, isCut }: PacedStream): ReadableStream<Uint8Array> {
  const waiting = [...events];
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const event = waiting.shift();
      if (event !== undefined) {
        await pause(event.afterMs);
        controller.enqueue(encoder.encode(event.text));
        return;
      }
      if (!isCut) return controller.close();
      await pause(BEFORE_CUT_MS);
      controller.error(new TypeError('the mock cut the stream'));
    },
  });
}

function refusalResponse(refusal: Refusal, envelope: EnvelopeName, { headers }: Request): Response {
  const body = errorBody(envelope, { ...refusal, requestId: headers.get('x-request-id') ?? 'req_mock' });
  return Response.json(body, { status: refusal.status, headers: { ...refusal.headers } });
}

async function readJson(request: Request): Promise<unknown> {
  if (request.body === null) return undefined;
  return request
    .clone()
    .json()
    .catch(() => undefined);
}

function pause(delayMs: number): Promise<void> {
  return delayMs > 0 ? new Promise((resolve) => setTimeout(resolve, delayMs)) : Promise.resolve();
}

/** The path of a URL below a base URL, or below a base path on any origin; undefined where it is not below it. */
export function pathBelow(base: string, url: string): string | undefined {
  const { origin, pathname } = new URL(url);
  const found = base.startsWith('/') || base === '' ? pathname : origin + pathname;
  return found.startsWith(`${base}/`) ? found.slice(base.length) : undefined;
}
