import { NO_USAGE } from '../money/usage.ts';
import type { Reported } from './apis/operation.ts';
import { askForCount } from './count-input.ts';
import { type ForwardCall, type Forwarded, type Forwarding, type ForwardTools, lost } from './forwarding.ts';
import { isEncoded, requestHeaders, requestQuery, urlBelow } from './headers.ts';
import { refusal } from './refusals.ts';
import { relayDocument, relayError } from './relay-document.ts';
import { relayStream } from './relay-stream.ts';
import { sendRefusal } from './request-context.ts';
import { dispatch, type Opened } from './upstream.ts';

/** Sends the call to its provider and relays the response, up to the end that waits for settlement. */
export async function forward(call: ForwardCall, tools: ForwardTools): Promise<Forwarded> {
  const { context, quote, operation } = call;
  if (context.caller.isGone()) return { kind: 'unspent', reason: 'caller_gone', deliver: async () => {} };
  const address = tools.addressFor(urlBelow(quote.baseUrl, quote.endpoint.path));
  const upstream = dispatch(tools.agent, {
    origin: address.origin,
    path: address.path + requestQuery(context.url, operation),
    method: operation.method,
    headers: requestHeaders(context.request, quote.provider, quote.endpoint, quote.providerKey),
    body: quote.body,
    firstByteMs: tools.timeouts.firstByteMs,
    idleMs: tools.timeouts.idleMs,
  });
  let isRelayed = false;
  let leaveDrain = () => {};
  context.caller.onGone(() => {
    // The response is read on to its usage, within bounds; what comes after that, or costs nothing, is not worth reading.
    if (isRelayed || operation.charge === 'free') upstream.abandon();
    else leaveDrain = tools.drains.enter(context.record.accountId ?? '', upstream.abandon);
  });
  try {
    const forwarding = { ...call, scrubber: tools.scrubberFor(quote.providerKey) };
    const forwarded = await relay(forwarding, await upstream.opened);
    if (operation.usageCounting === undefined || forwarded.kind !== 'complete' || forwarded.reported !== undefined) {
      return forwarded;
    }
    return { ...forwarded, reported: await countUsage(forwarding, tools) };
  } finally {
    isRelayed = true;
    leaveDrain();
  }
}

function relay(forwarding: Forwarding, opened: Opened): Promise<Forwarded> | Forwarded {
  const { context } = forwarding;
  if (opened.kind === 'not_dispatched') {
    const deliver = async () => sendRefusal(context, refusal('provider_unreachable'));
    return { kind: 'unspent', reason: `not_dispatched: ${opened.reason}`, deliver };
  }
  if (opened.kind === 'lost') return lost(forwarding, opened.reason);
  context.record.upstreamStatus = opened.status;
  if (opened.status >= 300) return relayError(forwarding, opened);
  if (isEncoded(opened.headers)) {
    // It was asked for plain bytes. What cannot be read can be neither metered nor searched for the provider's key.
    opened.abandon();
    return lost(forwarding, 'malformed');
  }
  const isStream = /^text\/event-stream\b/i.test(String(opened.headers['content-type'] ?? ''));
  return isStream ? relayStream(forwarding, opened) : relayDocument(forwarding, opened);
}

/**
 * Asks the provider how many tokens the request was, where its response does not say (Gemini's embeddings). Counting is
 * free. Undefined where the provider does not say that either.
 */
async function countUsage(forwarding: Forwarding, tools: ForwardTools): Promise<Reported | undefined> {
  const { operation, quote, parts, request } = forwarding;
  const counting = operation.usageCounting;
  if (counting === undefined || request === undefined) return undefined;
  const { readTokens } = counting;
  const endpoint = counting.endpoint(quote.model, parts);
  const body = Buffer.from(counting.body(request));
  const inputTokens = await askForCount({ endpoint, queryParameters: [], body, readTokens }, forwarding, tools).tokens;
  return inputTokens === undefined ? undefined : { consumption: { ...NO_USAGE, inputTokens }, costUsd: undefined };
}
