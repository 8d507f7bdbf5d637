import type { IncomingMessage } from 'node:http';
import type { MeteringStore } from '../ledger/port.ts';
import type { Micro } from '../money/microcredits.ts';
import type { ProxyLogger, ProxyWorkspace } from './options.ts';
import type { Quote } from './quote.ts';
import { type Refusal, refusal } from './refusals.ts';
import type { RequestContext } from './request-context.ts';
import { readSubject, subjectRefusal } from './subjects.ts';

/** What is reserved for a call that may be forwarded. */
export interface Hold {
  readonly kind: 'hold';
  readonly holdId: string;
  readonly amountMicro: Micro;
}

interface Admitting {
  readonly context: RequestContext;
  readonly workspace: ProxyWorkspace;
  readonly quote: Quote;
  readonly at: number;
}

const MAX_IDEMPOTENCY_KEY_CHARACTERS = 255;

/**
 * Reserves the most that the call can cost, against account, workspace and subject at once. Where the store cannot decide,
 * the call is not forwarded.
 */
export async function admit(call: Admitting, store: MeteringStore, logger: ProxyLogger): Promise<Hold | Refusal> {
  const { workspace, quote, at } = call;
  const { request, requestId } = call.context;
  const reading = readSubject(request, quote.facts.user);
  if (reading.kind === 'refused') return reading;
  const { subject } = reading;
  const idempotency = readIdempotencyKey(request);
  if (idempotency.kind === 'refused') return idempotency;
  let outcome: Awaited<ReturnType<MeteringStore['admit']>>;
  try {
    outcome = await store.admit({
      holdId: requestId,
      accountId: workspace.accountId,
      workspaceId: workspace.workspaceId,
      mode: workspace.mode,
      amountMicro: quote.holdMicro,
      provider: quote.provider,
      model: quote.model,
      ...(idempotency.key !== undefined && { idempotencyKey: idempotency.key }),
      ...(subject !== undefined && { subject }),
      at,
    });
  } catch (error) {
    logger.error({ err: error, requestId }, 'the store did not admit a call');
    return refusal('metering_unavailable');
  }
  switch (outcome.kind) {
    case 'admitted':
      return { kind: 'hold', holdId: requestId, amountMicro: quote.holdMicro };
    case 'insufficient_credits':
      return refusal('insufficient_credits');
    case 'subject_refused':
      return subjectRefusal(subject?.name ?? '', outcome.refusal, at);
    case 'duplicate_request':
      return refusal('duplicate_request', { headers: { 'x-should-retry': 'false' } });
    case 'unknown_workspace':
      return refusal('unauthorized', { headers: { 'x-should-retry': 'false' } });
  }
}

function readIdempotencyKey(
  request: IncomingMessage,
): { readonly kind: 'key'; readonly key: string | undefined } | Refusal {
  const [key, ...others] = request.headersDistinct['idempotency-key'] ?? [];
  if (others.length > 0 || key === '' || (key?.length ?? 0) > MAX_IDEMPOTENCY_KEY_CHARACTERS) {
    return refusal('invalid_request', { message: 'Idempotency-Key must be sent once, with 1 to 255 characters.' });
  }
  return { kind: 'key', key };
}
