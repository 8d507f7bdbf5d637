import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ErrorContent } from '../../contract/error-envelopes.ts';
import type { Envelope } from './apis/operation.ts';
import type { Caller } from './caller.ts';
import type { CallOutcome } from './options.ts';
import { type Refusal, refusals } from './refusals.ts';

/** What is learnt about a call on its way, for the one line that reports it. */
export type CallRecord = { -readonly [Field in keyof CallOutcome]?: CallOutcome[Field] };

/** Adds up how long the steps of a kind take, on a clock that is never set. */
export async function timed<T>(record: CallRecord, field: 'bodyMs' | 'upstreamMs', step: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    return await step;
  } finally {
    record[field] = (record[field] ?? 0) + performance.now() - startedAt;
  }
}

/** What is known of a request while it is served. */
export interface RequestContext {
  readonly requestId: string;
  readonly request: IncomingMessage;
  /** The path and query below the place where the proxy is mounted. */
  readonly url: string;
  readonly envelope: Envelope;
  readonly caller: Caller;
  readonly record: CallRecord;
}

/**
 * `req_` and a UUID of version 7 (RFC 9562): first the time, then 74 random bits. In time order, because holds and ledger
 * entries are found by it: new ones stand at the end of an index, and not each on a page of its own.
 */
export function newRequestId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `req_${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice('xxxxxxxx-xxxx-4'.length)}`;
}

/** Responds with a refusal or failure of the proxy's own, in the envelope of the API that was called. */
export function sendRefusal(
  context: RequestContext,
  refusal: Refusal,
  status: number = refusals[refusal.code].status,
): void {
  context.record.code = refusal.code;
  context.record.status = status;
  const body = Buffer.from(JSON.stringify(context.envelope.body(toErrorContent(context, refusal, status))));
  context.caller.respond(status, { ...refusal.headers, 'content-type': 'application/json' }, body);
}

/** The event that ends a stream which failed in its middle. */
export function errorFrame(context: RequestContext, refusal: Refusal): string {
  context.record.code = refusal.code;
  return context.envelope.frame(toErrorContent(context, refusal, refusals[refusal.code].status));
}

function toErrorContent(
  { requestId }: RequestContext,
  { code, message, param, details }: Refusal,
  status: number,
): ErrorContent {
  return { status, code, message, param, details, requestId };
}
