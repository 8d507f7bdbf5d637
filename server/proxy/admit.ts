import type { MeteringStore } from '../ledger/port.ts';
import type { Micro } from '../money/microcredits.ts';
import type { ProxyLogger, ProxyWorkspace } from './options.ts';
import type { Quote } from './quote.ts';
import { type Refusal, refusal } from './refusals.ts';
import { type Subject, subjectRefusal } from './subject.ts';

/** What is reserved for a call that may be forwarded. */
export interface Hold {
  readonly kind: 'hold';
  readonly holdId: string;
  readonly amountMicro: Micro;
}

interface Admitting {
  readonly requestId: string;
  readonly workspace: ProxyWorkspace;
  readonly quote: Quote;
  readonly idempotencyKey: string | undefined;
  readonly subject: Subject | undefined;
  readonly at: number;
}

/**
 * Reserves the most that the call can cost, against account, workspace and subject at once. Where the store cannot say,
 * the call is not forwarded (metering property 4).
 */
export async function admit(call: Admitting, store: MeteringStore, logger: ProxyLogger): Promise<Hold | Refusal> {
  const { requestId, workspace, quote, idempotencyKey, subject, at } = call;
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
      ...(idempotencyKey !== undefined && { idempotencyKey }),
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
      return refusal('unauthorized');
  }
}
