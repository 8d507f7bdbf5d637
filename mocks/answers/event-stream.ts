export const EVENT_STREAM = 'text/event-stream';

/**
 * The media types to look for in the chosen response, best first. A stream is asked for as in the real APIs: by
 * `stream: true` in the body (OpenAI, Anthropic), by `alt=sse` in the query (Gemini), or else by the Accept header.
 */
export function wantedMediaTypes(query: URLSearchParams, accept: string | null | undefined, body: unknown): string[] {
  const wanted = asksInBody(body) || query.get('alt') === 'sse' || accept?.includes(EVENT_STREAM) === true;
  return wanted ? [EVENT_STREAM, 'application/json'] : ['application/json'];
}

function asksInBody(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'stream' in body && body.stream === true;
}
