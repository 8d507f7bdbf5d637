import type { DeclaredResponse, Operation } from './operations.ts';

export type Choice =
  | { kind: 'chosen'; status: number; response: DeclaredResponse; mediaType?: string; body?: unknown }
  | { kind: 'undeclared'; message: string };

/**
 * The example that a request is answered with: that of its `Prefer: code=..., example=...`, else the first of the lowest
 * 2xx. Where one path serves several APIs, the example named after the caller's comes first.
 */
export async function choose(operation: Operation, request: Request): Promise<Choice> {
  const preferred = preferences(request.headers.get('prefer') ?? '');
  const code = preferred.get('code') ?? [...operation.responses.keys()].filter((key) => key.startsWith('2')).sort()[0];
  const response = operation.responses.get(code ?? '');
  if (!response) return undeclared(operation, `There is no response ${code}.`);
  const status = Number(code);
  const mediaType = (await wantsStream(request)) && response.contents.has(EVENT_STREAM) ? EVENT_STREAM : JSON_TYPE;
  const examples = response.contents.get(mediaType);
  if (!examples) return { kind: 'chosen', status, response };
  const name = preferred.get('example') ?? nameFor(request, [...examples.keys()]);
  if (name === undefined || !examples.has(name)) return undeclared(operation, `${code} has no example "${name}".`);
  return { kind: 'chosen', status, response, mediaType, body: examples.get(name) };
}

export const EVENT_STREAM = 'text/event-stream';
const JSON_TYPE = 'application/json';

/** RFC 7240: names are case-insensitive, and the first of several equal ones counts. */
function preferences(header: string): Map<string, string> {
  const pairs = [...header.matchAll(/(?:^|,)\s*([\w-]+)\s*=\s*(?:"([^"]*)"|([^",;\s]*))/g)];
  return new Map(pairs.reverse().map(([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? '']));
}

/** As in the real APIs: `alt=sse` for Gemini, `stream: true` in the body for the others. */
async function wantsStream(request: Request): Promise<boolean> {
  if (new URL(request.url).searchParams.get('alt') === 'sse') return true;
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => undefined);
  return typeof body === 'object' && body !== null && 'stream' in body && body.stream === true;
}

function nameFor({ headers }: Request, names: readonly string[]): string | undefined {
  const api = headers.has('anthropic-version') ? 'anthropic' : headers.has('x-goog-api-key') ? 'gemini' : 'openai';
  return names.find((name) => name === api || name.startsWith(`${api}-`)) ?? names[0];
}

function undeclared({ responses }: Operation, message: string): Choice {
  const listed = [...responses].map(([code, { contents }]) => {
    const names = [...contents.values()].flatMap((examples) => [...examples.keys()]);
    return names.length > 0 ? `${code} (${names.join(', ')})` : code;
  });
  return { kind: 'undeclared', message: `${message} Available: ${listed.join('; ')}.` };
}
