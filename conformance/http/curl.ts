import type { SentRequest } from './http-call.ts';
import type { Secrets } from './secrets.ts';

/** Set by the connection itself: repeated on a command line they would be wrong. */
const CONNECTION_HEADERS = new Set(['host', 'content-length', 'connection', 'transfer-encoding']);

/** A command line that sends the request again. A secret is shown as the environment variable that holds it. */
export function curlLine(request: SentRequest, secrets: Secrets): string {
  const quote = (text: string) => shellQuote(text, secrets);
  const headers = request.headers
    .filter(([name]) => !CONNECTION_HEADERS.has(name.toLowerCase()))
    .map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`);
  const body = request.body === undefined ? [] : [`--data-raw ${quote(request.body)}`];
  return ['curl -sS -i', `-X ${request.method}`, quote(request.url), ...headers, ...body].join(' ');
}

/**
 * Single quotes around plain text, double quotes around a variable: `'Authorization: Bearer '"$STAGING_KEY"`. An
 * encoded secret is written as its variable too: the line then sends it unencoded, which is the nearest that is safe.
 */
function shellQuote(text: string, secrets: Secrets): string {
  const pieces = secrets.split(text);
  if (pieces.length === 0) return "''";
  return pieces
    .map((piece) => (piece.kind === 'secret' ? `"$${piece.name}"` : `'${piece.text.replaceAll("'", `'\\''`)}'`))
    .join('');
}
