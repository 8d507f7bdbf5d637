import { NO_USAGE } from '../../money/usage.ts';
import type { Reported } from '../providers/operation.ts';
import { urlBelow } from '../upstream/address.ts';
import { dispatch } from '../upstream/dispatch.ts';
import { requestHeaders } from '../upstream/headers.ts';
import { collect } from './document.ts';
import type { Forwarding, ForwardTools } from './forwarded.ts';

const COUNT_LIMIT_BYTES = 64 * 1024;

/**
 * Asks the provider how many tokens the request was, where its answer does not say (Gemini's embeddings). Counting is
 * free. Undefined where it does not answer that either.
 */
export async function countInput(forwarding: Forwarding, tools: ForwardTools): Promise<Reported | undefined> {
  const { operation, quote, exchange, parts, request } = forwarding;
  if (operation.counting === undefined || request === undefined) return undefined;
  const endpoint = operation.counting.endpoint(quote.model, parts);
  const { opened } = dispatch(tools.agent, {
    ...tools.addressOf(urlBelow(quote.baseUrl, endpoint.path)),
    method: 'POST',
    headers: requestHeaders(exchange.request, quote.provider, endpoint, quote.providerKey),
    body: Buffer.from(operation.counting.body(request)),
    firstByteMs: tools.timeouts.firstByteMs,
    idleMs: tools.timeouts.idleMs,
  });
  const answer = await opened;
  if (answer.kind !== 'opened') return undefined;
  const collected = await collect(answer, COUNT_LIMIT_BYTES);
  if (collected.kind === 'broken' || answer.status !== 200) return undefined;
  const inputTokens = operation.counting.readTokens(collected.bytes.toString('utf8'));
  if (inputTokens === undefined) return undefined;
  return { consumption: { ...NO_USAGE, inputTokens }, costUsd: undefined };
}
