import type { IncomingMessage } from 'node:http';
import type { Caller } from './caller.ts';
import type { CallOutcome } from './options.ts';
import type { Envelope, ErrorContent } from './providers/envelope.ts';
import { type Refusal, refusals } from './refusals.ts';

/** What is learnt about a call on its way, for the one line that reports it. */
export type CallRecord = { -readonly [Field in keyof CallOutcome]?: CallOutcome[Field] };

/** One request and its answer. */
export interface Exchange {
  readonly requestId: string;
  readonly request: IncomingMessage;
  /** The path and query below the place where the proxy is mounted. */
  readonly url: string;
  readonly envelope: Envelope;
  readonly caller: Caller;
  readonly record: CallRecord;
}

/** Answers with a refusal or failure of the proxy's own, in the envelope of the API that was called. */
export function answerRefusal(
  exchange: Exchange,
  refusal: Refusal,
  status: number = refusals[refusal.code].status,
): void {
  exchange.record.code = refusal.code;
  exchange.record.status = status;
  const body = Buffer.from(JSON.stringify(exchange.envelope.body(contentOf(exchange, refusal, status))));
  exchange.caller.answer(status, { ...refusal.headers, 'content-type': 'application/json' }, body);
}

/** The event that ends a stream which failed in its middle. */
export function errorFrame(exchange: Exchange, refusal: Refusal): string {
  exchange.record.code = refusal.code;
  return exchange.envelope.frame(contentOf(exchange, refusal, refusals[refusal.code].status));
}

function contentOf(exchange: Exchange, { code, message, param, details }: Refusal, status: number): ErrorContent {
  return { status, code, message, param, details, requestId: exchange.requestId };
}
