import { eventTexts } from '../http/event-stream.ts';
import type { Header, HttpCall, HttpRequest, HttpResponse } from '../http/http-call.ts';
import type { Secrets } from '../http/secrets.ts';
import type { Evidence } from './report.ts';

const SHOWN_CHARACTERS = 4_000;

/** An call as a report may show it. */
export function toEvidence({ request, response }: HttpCall, secrets: Secrets): Evidence {
  const headers = (list: readonly Header[]) =>
    list.map(([name, value]) => [secrets.redact(name), secrets.redact(value)] as const);
  return {
    request: {
      method: request.method,
      url: secrets.redact(request.url),
      headers: headers(request.headers),
      body: request.body === undefined ? null : shorten(examine(request.body, secrets), SHOWN_CHARACTERS),
    },
    response:
      response === undefined
        ? null
        : {
            status: response.status,
            headers: headers(response.headers),
            body: redactBody(response, secrets),
            durationMs: Math.round(response.durationMs),
          },
    curl: curlLine(shortBody(request), secrets),
  };
}

/** A body of megabytes is of no use on a command line. */
function shortBody(request: HttpCall['request']): HttpCall['request'] {
  if (request.body === undefined || request.body.length <= SHOWN_CHARACTERS) return request;
  return { ...request, body: `(${request.body.length} characters)` };
}

function redactBody(answer: HttpResponse, secrets: Secrets): string {
  const examined = examine(answer.text, secrets);
  const spellsOut = [...eventTexts(examined.hidden)].some((text) => secrets.redact(text) !== text);
  if (spellsOut) return '[redacted: the events of this stream spell out a secret]';
  return shorten(examined, SHOWN_CHARACTERS);
}

/** A text of the platform without its secrets. */
export interface Examined {
  readonly hidden: string;
  /** False: the text is longer than what was searched. */
  readonly whole: boolean;
}

/** A platform that answers megabytes must not hold up the report: what stands behind is neither searched nor shown. */
export const EXAMINED_CHARACTERS = 32_768;
/** Longer than any writing of a secret: one that is cut where the search ends is not found there. */
const UNCERTAIN_CHARACTERS = 2_048;

/** Hides the secrets of a text, as far as a report can need it. */
export function examine(text: string, secrets: Secrets): Examined {
  if (text.length <= EXAMINED_CHARACTERS) return { hidden: secrets.redact(text), whole: true };
  const hidden = secrets.redact(text.slice(0, EXAMINED_CHARACTERS));
  return { hidden: hidden.slice(0, -UNCERTAIN_CHARACTERS), whole: false };
}

/** A text that is not longer than it helps. Its secrets are hidden already: a cut through one would leave a part of it. */
export function shorten({ hidden, whole }: Examined, most: number): string {
  if (whole && hidden.length <= most) return hidden;
  return `${hidden.slice(0, most)}… (${whole ? hidden.length : `over ${EXAMINED_CHARACTERS}`} characters)`;
}

/** Set by the connection itself: repeated on a command line they would be wrong. */
const CONNECTION_HEADERS = new Set(['host', 'content-length', 'connection', 'transfer-encoding']);

/** A command line that sends the request again. A secret is shown as the environment variable that holds it. */
export function curlLine(request: HttpRequest, secrets: Secrets): string {
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
