/** Names are as sent in requests, and in lower case in answers. */
export type Header = readonly [name: string, value: string];

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body: string | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** As received, repeated names included; names in lower case. */
  readonly headers: readonly Header[];
  /** The body as UTF-8 text; empty when there was none. */
  readonly text: string;
  readonly durationMs: number;
}

/** One request and what came back: the evidence of a verdict. No answer: the connection failed or the time was up. */
export interface HttpCall {
  readonly request: HttpRequest;
  readonly response: HttpResponse | undefined;
}

/** An call that was answered. */
export interface AnsweredCall extends HttpCall {
  readonly response: HttpResponse;
}

/** The first value of a header, by its case-insensitive name. */
export function readHeader(call: HttpCall, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return call.response?.headers.find(([header]) => header === wanted)?.[1];
}

/** The body as JSON, or undefined where it is none. */
export function parseBody(call: HttpCall): unknown {
  return parseJson(call.response?.text);
}

/** A text as JSON, or undefined where it is none. */
export function parseJson(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One line that names the request: `PUT /workspaces/ws-1/ai-config`. */
export function describeCall({ request }: HttpCall): string {
  const url = new URL(request.url);
  return `${request.method} ${url.pathname}${url.search}`;
}

/** A value inside a JSON document, the whole itself included. */
export interface JsonValue {
  /** The keys that lead to it, joined by slashes. */
  readonly place: string;
  /** The last of them; an index as a decimal, empty for the whole. */
  readonly key: string;
  readonly value: unknown;
}

/** Every value of a document. Not by recursion: a platform may nest deeper than the stack of this process. */
export function* jsonValues(json: unknown): Iterable<JsonValue> {
  const waiting: JsonValue[] = [{ place: '', key: '', value: json }];
  for (let found = waiting.pop(); found !== undefined; found = waiting.pop()) {
    yield found;
    const { place, value } = found;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, item] of Object.entries(value)) waiting.push({ place: `${place}/${key}`, key, value: item });
  }
}
