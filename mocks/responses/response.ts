/** What a mock responds, before it is sent; and event streams, which are sent event by event. */
import type { ErrorContent } from '../../contract/error-envelopes.ts';

/** A response that an example, a scenario or the schema gives. */
export interface MockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent on responses without content. A string where the media type is not JSON. */
  readonly body?: unknown;
}

/** A request that the mock refuses. Its body is the error in the envelope of the API that was called. */
export interface Refusal extends ErrorContent {
  readonly headers?: Readonly<Record<string, string>>;
}

/** The response header with which the mock marks an error that the contract does not document, or that chaos chose. */
export const MOCK_HEADER = 'x-rigkit-mock';

export const EVENT_STREAM = 'text/event-stream';

/** The body as text; undefined where there is none. */
export function bodyText({ body, headers }: MockResponse): string | undefined {
  if (body === undefined) return undefined;
  const isText = typeof body === 'string' && !/[/+]json\b/.test(headers['content-type'] ?? '');
  return isText ? body : JSON.stringify(body);
}

/**
 * The media types to look for in the chosen response, best first. A stream is asked for as in the real APIs: by
 * `stream: true` in the body (OpenAI, Anthropic), by `alt=sse` in the query (Gemini), or else by the Accept header.
 */
export function wantedMediaTypes(query: URLSearchParams, accept: string | null | undefined, body: unknown): string[] {
  const isAskedInBody = typeof body === 'object' && body !== null && 'stream' in body && body.stream === true;
  const wantsStream = isAskedInBody || query.get('alt') === 'sse' || accept?.includes(EVENT_STREAM) === true;
  return wantsStream ? [EVENT_STREAM, 'application/json'] : ['application/json'];
}

/** How fast a mocked event stream comes, and whether it comes whole. Bodies that are no streams are not affected. */
export interface Pace {
  /** Time to the first event, after the headers. Default: none. */
  readonly firstTokenMs?: number;
  /** Default: all events at once. */
  readonly eventsPerSecond?: number;
  /** Break the connection after so many events. Default: the stream comes to its end. */
  readonly cutAfterEvents?: number;
}

export interface PacedStream {
  readonly events: readonly {
    /** How long to wait before it, after the event before. */
    readonly afterMs: number;
    readonly text: string;
  }[];
  /** Whether the connection breaks after the last of the events. */
  readonly isCut: boolean;
}

/** The events of a stream, each with the blank line that makes a client dispatch it, and when they are due. */
export function pacedStream(stream: string, { firstTokenMs = 0, eventsPerSecond, cutAfterEvents }: Pace): PacedStream {
  const stepMs = eventsPerSecond === undefined ? 0 : 1000 / eventsPerSecond;
  const events = stream
    .trimEnd()
    .split(/\n\n+/)
    .map((text, index) => ({ afterMs: index === 0 ? firstTokenMs : stepMs, text: `${text}\n\n` }));
  return { events: events.slice(0, cutAfterEvents), isCut: cutAfterEvents !== undefined };
}
