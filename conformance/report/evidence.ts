import { curlLine } from '../http/curl.ts';
import { eventTexts } from '../http/event-texts.ts';
import type { Answer, Exchange, Header } from '../http/http-call.ts';
import type { Secrets } from '../http/secrets.ts';
import type { Evidence } from './report.ts';
import { examine, shorten } from './shorten.ts';

const SHOWN_CHARACTERS = 4_000;

/** An exchange as a report may show it. */
export function evidenceOf({ request, answer }: Exchange, secrets: Secrets): Evidence {
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
      answer === undefined
        ? null
        : {
            status: answer.status,
            headers: headers(answer.headers),
            body: bodyOf(answer, secrets),
            durationMs: Math.round(answer.durationMs),
          },
    curl: curlLine(shortBody(request), secrets),
  };
}

/** A body of megabytes helps nobody on a command line. */
function shortBody(request: Exchange['request']): Exchange['request'] {
  if (request.body === undefined || request.body.length <= SHOWN_CHARACTERS) return request;
  return { ...request, body: `(${request.body.length} characters)` };
}

function bodyOf(answer: Answer, secrets: Secrets): string {
  const examined = examine(answer.text, secrets);
  const spellsOut = [...eventTexts(examined.hidden)].some((text) => secrets.redact(text) !== text);
  if (spellsOut) return '[redacted: the events of this stream spell out a secret]';
  return shorten(examined, SHOWN_CHARACTERS);
}
