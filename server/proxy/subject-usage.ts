import type { MeteringStore } from '../ledger/port.ts';
import { microAsCredits, microAsInteger } from '../money/microcredits.ts';
import type { ProxyLogger } from './options.ts';
import { type Refusal, refusal } from './refusals.ts';
import { parseWindow, subjectName } from './subject.ts';

const DEFAULT_WINDOW = '86400';

export type SubjectUsageAnswer = { readonly kind: 'answer'; readonly body: object } | Refusal;

/** `GET /rig/v1/usage?subject=&window=` (contract section 4): what a subject of the caller's account used. */
export async function readSubjectUsage(
  query: URLSearchParams,
  call: { readonly accountId: string; readonly at: number },
  store: MeteringStore,
  logger: ProxyLogger,
): Promise<SubjectUsageAnswer> {
  const fault = queryFault(query);
  if (fault !== undefined) return refusal('invalid_request', fault);
  const subject = subjectName(query.get('subject'));
  if (subject === undefined) {
    return refusal('invalid_request', { message: 'The query must name a subject.', param: 'subject' });
  }
  const windowSeconds = parseWindow(query.get('window') ?? DEFAULT_WINDOW);
  if (windowSeconds === undefined) {
    const message = 'The window must be seconds, or look like 30s, 15m, 5h or 7d.';
    return refusal('invalid_request', { message, param: 'window' });
  }
  try {
    const usage = await store.subjectUsage(call.accountId, subject, windowSeconds, call.at);
    const body = {
      subject,
      window_seconds: windowSeconds,
      credits: microAsCredits(usage.costMicro),
      credits_micro: microAsInteger(usage.costMicro),
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      requests: usage.requests,
    };
    return { kind: 'answer', body };
  } catch (error) {
    logger.error({ err: error }, 'the store did not tell the usage of a subject');
    return refusal('metering_unavailable');
  }
}

const PARAMETERS = ['subject', 'window'];

/** A parameter that does not exist, or stands there twice: which of the two counts would be a guess. */
function queryFault(query: URLSearchParams): { readonly message: string; readonly param: string | null } | undefined {
  const names = [...query.keys()];
  if (names.some((name) => !PARAMETERS.includes(name))) return { message: 'Unknown query parameter.', param: null };
  const twice = PARAMETERS.find((name) => query.getAll(name).length > 1);
  return twice === undefined ? undefined : { message: 'May be given only once.', param: twice };
}
