import type { IncomingMessage } from 'node:http';
import type { AdmissionOutcome, MeteringStore } from '../ledger/port.ts';
import { outputCovered } from '../money/bounds.ts';
import { creditsText, type Micro } from '../money/microcredits.ts';
import { limitNames } from './apis/operation.ts';
import { type CountTools, countInput } from './count-input.ts';
import type { ProxyWorkspace } from './options.ts';
import type { Quote } from './quote.ts';
import { type Refusal, refusal, refusals } from './refusals.ts';
import type { RequestContext } from './request-context.ts';
import { readSubject, subjectRefusal } from './subjects.ts';

/** What is reserved for a call that may be forwarded. */
export interface Hold {
  readonly kind: 'hold';
  readonly holdId: string;
  readonly amountMicro: Micro;
  /** The call as it is forwarded: its output limit may be lower than the one that was asked for. */
  readonly quote: Quote;
}

interface Admitting {
  readonly context: RequestContext;
  readonly workspace: ProxyWorkspace;
  readonly quote: Quote;
  readonly at: number;
}

const MAX_IDEMPOTENCY_KEY_CHARACTERS = 255;

/** An answer with less room is not worth its call. */
const LEAST_ANSWER_TOKENS = 1_024;
/** Other calls take from the same balance: a limit that fitted a moment ago may fit no more. */
const MOST_TRIES = 3;

interface AdmittingTools extends CountTools {
  readonly store: MeteringStore;
  readonly fitOutputCap: boolean;
}

/** The caller left; nothing is held. */
type Abandoned = { readonly kind: 'abandoned' };

/**
 * Reserves the most that the call can cost, against account, workspace and subject at once. Where that is more than what is
 * left, its provider is asked to count the input, and, if the operator wants it so, the call is given the output limit that is
 * covered. Where the store cannot decide, the call is not forwarded.
 */
export async function admit(call: Admitting, tools: AdmittingTools): Promise<Hold | Refusal | Abandoned> {
  const { workspace, at } = call;
  const { request, requestId, caller, record } = call.context;
  const reading = readSubject(request, call.quote.facts.user);
  if (reading.kind === 'refused') return reading;
  const { subject } = reading;
  const idempotency = readIdempotencyKey(request);
  if (idempotency.kind === 'refused') return idempotency;
  const reserve = (quote: Quote) =>
    tools.store.admit({
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
  let reserved: Reserved | Abandoned;
  try {
    reserved = await reserveLeast(call, reserve, tools);
  } catch (error) {
    tools.logger.error({ err: error, requestId }, 'the store did not admit a call');
    return refusal('metering_unavailable');
  }
  if (reserved.kind === 'abandoned') return reserved;
  const { outcome, quote, asked } = reserved;
  switch (outcome.kind) {
    case 'admitted':
      if (quote !== asked) {
        record.outputCap = quote.extent.outputTokens;
        caller.addHeaders({ 'x-rigbox-output-cap': String(record.outputCap) });
      }
      return { kind: 'hold', holdId: requestId, amountMicro: quote.holdMicro, quote };
    case 'insufficient_credits':
      return creditsRefusal(asked, outcome.remainingMicro);
    case 'subject_refused':
      return subjectRefusal(subject?.name ?? '', outcome.refusal, at);
    case 'duplicate_request':
      return refusal('duplicate_request', { headers: { 'x-should-retry': 'false' } });
    case 'unknown_workspace':
      return refusal('unauthorized', { headers: { 'x-should-retry': 'false' } });
  }
}

type Reserve = (quote: Quote) => Promise<AdmissionOutcome>;

interface Reserved {
  readonly kind: 'reserved';
  readonly outcome: AdmissionOutcome;
  /** The call that was tried last. */
  readonly quote: Quote;
  /** The same, with the output limit that the caller asked for. */
  readonly asked: Quote;
}

/** Reserves the hold of a call; where it is refused as too large, that of the call as its provider counts it. */
async function reserveLeast(
  { context, workspace, quote }: Admitting,
  reserve: Reserve,
  tools: AdmittingTools,
): Promise<Reserved | Abandoned> {
  const tries = tools.fitOutputCap ? MOST_TRIES : 1;
  const outcome = await reserve(quote);
  const coveredMicro = mostCovered(outcome);
  if (coveredMicro === undefined) return { kind: 'reserved', outcome, quote, asked: quote };
  const tokens = helps(quote, coveredMicro, tools.fitOutputCap)
    ? await countInput({ context, accountId: workspace.accountId, quote }, tools)
    : undefined;
  if (context.caller.isGone()) return { kind: 'abandoned' };
  if (tokens === undefined)
    return { kind: 'reserved', ...(await reserveFitting(quote, outcome, reserve, tries)), asked: quote };
  context.record.countedTokens = tokens;
  const asked = quote.counted(tokens);
  return { kind: 'reserved', ...(await reserveFitting(asked, await reserve(asked), reserve, tries)), asked };
}

/** What a hold may be at most, where one was refused as too large. */
function mostCovered(outcome: AdmissionOutcome): Micro | undefined {
  if (outcome.kind === 'insufficient_credits') return outcome.remainingMicro;
  if (outcome.kind !== 'subject_refused') return undefined;
  const { limit, used } = outcome.refusal;
  return limit.unit === 'credits' ? limit.amountMicro - used : undefined;
}

/** Whether a call that an amount does not cover may be covered if its input is counted. No other waits for a count. */
function helps(quote: Quote, amountMicro: Micro, fitOutputCap: boolean): boolean {
  const least = quote.counted(1);
  if (least.holdMicro <= amountMicro) return true;
  return fitOutputCap && fitted(quote, amountMicro) === undefined && fitted(least, amountMicro) !== undefined;
}

/** Tries a call that was refused with an output limit that is covered, in so many tries with the first one. */
async function reserveFitting(
  quote: Quote,
  outcome: AdmissionOutcome,
  reserve: Reserve,
  tries: number,
): Promise<Pick<Reserved, 'outcome' | 'quote'>> {
  if (outcome.kind !== 'insufficient_credits' || tries === 1) return { outcome, quote };
  const fitting = fitted(quote, outcome.remainingMicro);
  return fitting === undefined
    ? { outcome, quote }
    : reserveFitting(fitting, await reserve(fitting), reserve, tries - 1);
}

/** The call with the output limit that an amount covers, where that leaves room for an answer. */
function fitted(quote: Quote, amountMicro: Micro): Quote | undefined {
  const { price, extent, facts } = quote;
  if (price === undefined) return undefined;
  const tokens = outputCovered(price, extent, amountMicro);
  const isUseful = tokens >= LEAST_ANSWER_TOKENS && tokens > (facts.outputLimit.above ?? 0);
  return isUseful ? quote.capped(tokens) : undefined;
}

/** Says what the call needs, what is left, and what would fit: SDKs show nothing but the message. */
function creditsRefusal({ price, extent, facts, holdMicro }: Quote, remainingMicro: Micro): Refusal {
  const tokens = price === undefined ? 0 : outputCovered(price, extent, remainingMicro);
  const [name = ''] = limitNames(facts.outputLimit);
  const fits = tokens > (facts.outputLimit.above ?? 0) && name !== '';
  const message = [
    refusals.insufficient_credits.message,
    `It may cost up to ${creditsText(holdMicro)} credits, and ${creditsText(remainingMicro)} are left.`,
    ...(fits ? [`With ${name} of at most ${tokens} it would fit.`] : []),
  ].join(' ');
  return refusal('insufficient_credits', {
    message,
    // As text: an amount that nobody has may be beyond the numbers that JSON has exactly.
    details: {
      required_credits: creditsText(holdMicro),
      remaining_credits: creditsText(remainingMicro),
      ...(fits && { fitting_output_tokens: tokens }),
    },
  });
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
