import { type Answer, textOf } from '../answers/answer.ts';
import type { Chaos } from '../answers/chaos.ts';
import type { Situation } from '../answers/choose.ts';
import { decide } from '../answers/decide.ts';
import { dialectOf } from '../answers/dialect.ts';
import type { DocumentedOperation } from '../answers/documented.ts';
import { type Dialect, envelope, type Refusal } from '../answers/envelopes.ts';
import { EVENT_STREAM, wantedMediaTypes } from '../answers/event-stream.ts';
import { type Pace, type PacedStream, pacedStream } from '../answers/pace.ts';
import { type Preference, parsePreference } from '../answers/preferences.ts';
import type { Forced } from './override.ts';

/** What the handlers of one API have in common. */
export interface Ground {
  readonly api: 'control-plane' | 'managed-proxy';
  readonly basePath: string;
  readonly scenarios: Situation['scenarios'];
  /** What holds where a request prefers nothing else. */
  readonly defaults: Preference;
  readonly chaos?: Chaos | undefined;
}

/** The response to an intercepted request, and what stands over its preferences. */
export async function respond(
  ground: Ground,
  operation: DocumentedOperation,
  request: Request,
  forced?: Forced,
): Promise<Response> {
  const { pathname, searchParams: query } = new URL(request.url);
  const path = pathname.slice(ground.basePath.length);
  const dialect =
    ground.api === 'control-plane' ? 'control-plane' : dialectOf(path, (name) => request.headers.has(name));
  const parsed = parsePreference(request.headers.get('prefer'), query);
  if (parsed.kind === 'refused') return refusalResponse(parsed.refusal, dialect, request);
  const preference = { ...ground.defaults, ...parsed.preference, ...forced?.preference };
  await pause(preference.delayMs ?? 0);
  if (forced?.networkError) return Response.error();

  const mediaTypes = wantedMediaTypes(query, request.headers.get('accept'), await jsonOf(request));
  const situation = { preference, mediaTypes, dialect, path, query, scenarios: ground.scenarios };
  const choice = decide(operation, situation, forced ? undefined : ground.chaos);
  switch (choice.kind) {
    case 'answer':
      return answerResponse(withBody(choice.answer, forced), preference);
    case 'refused':
      return refusalResponse(choice.refusal, dialect, request);
    case 'made_up':
      return refusalResponse(NOT_HERE, dialect, request);
  }
}

const NOT_HERE: Refusal = {
  status: 404,
  code: 'example_not_found',
  message: 'There is no such example, and only the mock server makes bodies up.',
};

function withBody(answer: Answer, forced?: Forced): Answer {
  return forced?.body === undefined ? answer : { ...answer, body: forced.body };
}

function answerResponse(answer: Answer, pace: Pace): Response {
  const { status, headers } = answer;
  const text = textOf(answer);
  if (text === undefined || headers['content-type'] !== EVENT_STREAM)
    return new Response(text ?? null, { status, headers });
  return new Response(streamed(pacedStream(text, pace)), { status, headers });
}

/** An error overtakes what is still on its way to the page. */
const BEFORE_THE_CUT_MS = 10;

function streamed({ events, isCut }: PacedStream): ReadableStream<Uint8Array> {
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
      await pause(BEFORE_THE_CUT_MS);
      controller.error(new TypeError('the mock cut the stream'));
    },
  });
}

function refusalResponse(refusal: Refusal, dialect: Dialect, { headers }: Request): Response {
  const body = envelope(dialect, refusal, headers.get('x-request-id') ?? 'req_mock');
  return Response.json(body, { status: refusal.status, headers: { ...refusal.headers } });
}

async function jsonOf(request: Request): Promise<unknown> {
  if (request.body === null) return undefined;
  return request
    .clone()
    .json()
    .catch(() => undefined);
}

function pause(delayMs: number): Promise<void> {
  return delayMs > 0 ? new Promise((resolve) => setTimeout(resolve, delayMs)) : Promise.resolve();
}
