import { answerRefusal } from './exchange.ts';
import { refusal } from './refusals.ts';
import { countInput } from './relay/count-input.ts';
import { relayDocument } from './relay/document.ts';
import { relayError } from './relay/error.ts';
import { type ForwardCall, type Forwarded, type Forwarding, type ForwardTools, lost } from './relay/forwarded.ts';
import { relayStream } from './relay/stream.ts';
import { urlBelow } from './upstream/address.ts';
import { dispatch, type Opened } from './upstream/dispatch.ts';
import { requestHeaders, requestQuery } from './upstream/headers.ts';

/** Sends the call to its provider and relays the answer, up to the end that waits for settlement. */
export async function forward(call: ForwardCall, tools: ForwardTools): Promise<Forwarded> {
  const { exchange, quote, operation } = call;
  const { agent, drains, timeouts } = tools;
  if (exchange.caller.isGone()) return { kind: 'unspent', reason: 'caller_gone', deliver: async () => {} };
  const address = tools.addressOf(urlBelow(quote.baseUrl, quote.endpoint.path));
  const upstream = dispatch(agent, {
    origin: address.origin,
    path: address.path + requestQuery(exchange.url, operation),
    method: operation.method,
    headers: requestHeaders(exchange.request, quote.provider, quote.endpoint, quote.providerKey),
    body: quote.body,
    firstByteMs: timeouts.firstByteMs,
    idleMs: timeouts.idleMs,
  });
  let isRelayed = false;
  let leaveDrain = () => {};
  exchange.caller.onGone(() => {
    // The answer is read on to its usage, within bounds; behind that nothing is worth reading.
    if (isRelayed) upstream.abandon();
    else leaveDrain = drains.enter(upstream.abandon);
  });
  try {
    const forwarding = { ...call, scrubber: tools.scrubberFor(quote.providerKey) };
    const forwarded = await relay(forwarding, await upstream.opened);
    if (forwarded.kind !== 'complete' || forwarded.reported !== undefined) return forwarded;
    return { ...forwarded, reported: await countInput(forwarding, tools) };
  } finally {
    isRelayed = true;
    leaveDrain();
  }
}

function relay(forwarding: Forwarding, opened: Opened): Promise<Forwarded> | Forwarded {
  const { exchange } = forwarding;
  if (opened.kind === 'not_dispatched') {
    const deliver = async () => answerRefusal(exchange, refusal('provider_unreachable'));
    return { kind: 'unspent', reason: `not_dispatched: ${opened.reason}`, deliver };
  }
  if (opened.kind === 'lost') return lost(forwarding, opened.reason);
  exchange.record.upstreamStatus = opened.status;
  if (opened.status >= 300) return relayError(forwarding, opened);
  if ((opened.headers['content-encoding'] ?? 'identity') !== 'identity') {
    // It was asked for plain bytes. What cannot be read can be neither metered nor searched for the provider's key.
    opened.abandon();
    return lost(forwarding, 'malformed');
  }
  const isStream = /^text\/event-stream\b/i.test(String(opened.headers['content-type'] ?? ''));
  return isStream ? relayStream(forwarding, opened) : relayDocument(forwarding, opened);
}
