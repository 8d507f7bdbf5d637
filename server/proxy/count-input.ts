/** Counts of tokens that providers make free of charge, and the rate at which accounts may cause calls that cost nothing. */
import { isCountable } from '../money/bounds.ts';
import { isCount } from './apis/wire-values.ts';
import type { CountCall } from './count-call.ts';
import type { ForwardTools } from './forwarding.ts';
import { requestHeaders, requestQuery, urlBelow } from './headers.ts';
import type { ProxyLogger } from './options.ts';
import type { Quote } from './quote.ts';
import { type Refusal, refusal } from './refusals.ts';
import { type RequestContext, timed } from './request-context.ts';
import { collect, dispatch } from './upstream.ts';

const COUNT_LIMIT_BYTES = 64 * 1024;

/** The count, and how to give it up. Undefined where the provider does not say. */
export function askForCount(
  call: CountCall,
  { context, quote }: { readonly context: RequestContext; readonly quote: Quote },
  tools: Pick<ForwardTools, 'agent' | 'addressFor' | 'timeouts'>,
): { readonly tokens: Promise<number | undefined>; abandon(): void } {
  const address = tools.addressFor(urlBelow(quote.baseUrl, call.endpoint.path));
  const { opened, abandon } = dispatch(tools.agent, {
    origin: address.origin,
    path: address.path + requestQuery(context.url, call),
    method: 'POST',
    headers: requestHeaders(context.request, quote.provider, call.endpoint, quote.providerKey),
    body: call.body,
    firstByteMs: tools.timeouts.firstByteMs,
    idleMs: tools.timeouts.idleMs,
  });
  const read = async () => {
    const response = await opened;
    if (response.kind !== 'opened') return undefined;
    const collected = await collect(response, COUNT_LIMIT_BYTES);
    if (collected.kind === 'broken' || response.status !== 200) return undefined;
    return call.readTokens(collected.bytes.toString('utf8'));
  };
  return { tokens: read(), abandon };
}

interface Counting {
  readonly context: RequestContext;
  readonly accountId: string;
  readonly quote: Quote;
}

export interface CountTools extends Pick<ForwardTools, 'agent' | 'addressFor' | 'timeouts'> {
  /** Milliseconds until the account may make another call that costs nothing; undefined where this one is within its rate. */
  readonly countFreeCall: (accountId: string) => Promise<number | undefined>;
  readonly logger: ProxyLogger;
}

/**
 * Asks the provider how many tokens the input of a call is. Undefined where it cannot count them, does not within the time, or
 * counts none, where the account has caused too many calls that cost nothing, and where the caller leaves.
 */
export async function countInput(
  { context, accountId, quote }: Counting,
  tools: CountTools,
): Promise<number | undefined> {
  const { countInputMs } = tools.timeouts;
  if (countInputMs === 0 || quote.price === undefined || !isCountable(quote.extent)) return undefined;
  const call = quote.inputCountCall();
  if (call === undefined || (await countFreeCall(tools, accountId)) !== undefined) return undefined;
  const asked = askForCount(call, { context, quote }, tools);
  const { promise: givenUp, resolve } = Promise.withResolvers<undefined>();
  const giveUp = () => {
    asked.abandon();
    resolve(undefined);
  };
  const timer = setTimeout(giveUp, countInputMs);
  context.caller.onGone(giveUp);
  const tokens = await timed(context.record, 'upstreamMs', Promise.race([asked.tokens, givenUp]));
  clearTimeout(timer);
  // A prompt of no tokens is none.
  return isCount(tokens) && tokens > 0 ? tokens : undefined;
}

/** The refusal of a call that costs nothing, where the account has made too many of them; undefined where it has not. */
export async function countFreeCall(
  { countFreeCall, logger }: Pick<CountTools, 'countFreeCall' | 'logger'>,
  accountId: string,
): Promise<Refusal | undefined> {
  try {
    const waitMs = await countFreeCall(accountId);
    if (waitMs === undefined) return undefined;
    return refusal('rate_limited', { headers: { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) } });
  } catch (error) {
    logger.error({ err: error }, 'a call that costs nothing could not be counted');
    return refusal('metering_unavailable');
  }
}
