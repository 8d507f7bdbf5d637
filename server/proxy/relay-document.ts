/** Relays a response that comes in one piece, an error or not. Its cost stands in the headers, so it waits as a whole. */
import type { Micro } from '../money/microcredits.ts';
import { isFailure } from './apis/failures.ts';
import type { Envelope } from './apis/operation.ts';
import { asObject, isObject, parseJson } from './apis/wire-values.ts';
import { type Forwarded, type Forwarding, lost } from './forwarding.ts';
import { responseHeaders } from './headers.ts';
import { editJson, scanJson } from './json-text.ts';
import { type Refusal, type RefusalCode, refusal } from './refusals.ts';
import { sendRefusal } from './request-context.ts';
import { costEdits, costHeaders } from './settle.ts';
import { collect, type UpstreamResponse } from './upstream.ts';

/** The largest response in one piece. A larger one counts as broken, because it cannot be read. */
const RESPONSE_LIMIT_BYTES = 64 * 1024 * 1024;

export async function relayDocument(forwarding: Forwarding, response: UpstreamResponse): Promise<Forwarded> {
  const { context, operation, quote, scrubber, responseShare } = forwarding;
  const collected = await collect(response, RESPONSE_LIMIT_BYTES, responseShare.take);
  if (collected.kind === 'broken') return lost(forwarding, collected.reason);
  const text = collected.bytes.toString('utf8');
  const reported = operation.readResponse(text, quote.provider);
  if (operation.charge === 'metered' && reported === undefined && parseJson(text) === undefined) {
    return lost(forwarding, 'malformed');
  }
  const headers = responseHeaders(response.headers, forwarding.isOwnKey, scrubber.carries);
  const deliver = async (cost?: Micro) => {
    const edits = costEdits(operation.costPath, cost);
    const body = edits.length === 0 ? collected.bytes : editJson(scanJson(collected.bytes), edits);
    context.caller.respond(response.status, { ...headers, ...costHeaders(cost) }, scrubber.scrub(body));
  };
  if (reported === undefined && isFailure(text)) {
    return { kind: 'unspent', reason: 'failed_before_output', deliver: () => deliver() };
  }
  return { kind: 'complete', reported, deliver };
}

const ERROR_LIMIT_BYTES = 1024 * 1024;
/** Names of the platform's account that providers put into their messages. */
const ACCOUNT_NAMES = /\b(?:org|proj|user|wrkspc)[-_][A-Za-z0-9]{6,}/g;

/**
 * Relays a response with an error status. It cost nothing, unless it reports what it used. The provider's own body passes,
 * so that its SDK shows it, with two exceptions: what concerns the key or the account is between platform and provider,
 * and what is not an error body of this API is put into one.
 */
export async function relayError(forwarding: Forwarding, response: UpstreamResponse): Promise<Forwarded> {
  const { context, operation, quote, isOwnKey, scrubber } = forwarding;
  const { status } = response;
  const collected = await collect(response, ERROR_LIMIT_BYTES);
  const text = collected.kind === 'whole' ? collected.bytes.toString('utf8') : '';
  const own = replacement(forwarding, status, text);
  const deliver = async (cost?: bigint) => {
    if (own !== undefined) return sendRefusal(context, own.refusal, own.status);
    const headers = responseHeaders(response.headers, isOwnKey, scrubber.carries);
    context.caller.respond(status, { ...headers, ...costHeaders(cost) }, Buffer.from(clean(forwarding, text)));
  };
  const reported = operation.readResponse(text, quote.provider);
  if (reported !== undefined) return { kind: 'complete', reported, deliver };
  return { kind: 'unspent', reason: `provider_status_${status}`, deliver: () => deliver() };
}

interface Replacement {
  readonly refusal: Refusal;
  readonly status?: number;
}

/** The proxy's own error for a provider's, where the provider's must not or cannot be shown. */
function replacement(forwarding: Forwarding, status: number, text: string): Replacement | undefined {
  const keyProblem = keyRefusal(forwarding.isOwnKey, status, text);
  // Another attempt would not help.
  if (keyProblem !== undefined) return { refusal: refusal(keyProblem, { headers: { 'x-should-retry': 'false' } }) };
  if (status < 400) return { refusal: refusal('provider_error') };
  const message = readErrorMessage(text, forwarding.context.envelope.reads);
  if (message === 'as it is') return undefined;
  const shown = message === undefined ? `The provider answered with status ${status}.` : clean(forwarding, message);
  return { refusal: refusal('provider_error', { message: shown }), status };
}

/** What concerns the key or the account of the one who pays the provider. A 402 of the platform's is not the workspace's. */
function keyRefusal(isOwnKey: boolean, status: number, text: string): RefusalCode | undefined {
  const isKeyRefused = status === 401 || text.includes('API_KEY_INVALID');
  if (isOwnKey) return isKeyRefused ? 'provider_key_refused' : undefined;
  const isAccountRefused = status === 402 || status === 403 || text.includes('insufficient_quota');
  return isKeyRefused || isAccountRefused ? 'provider_error' : undefined;
}

/**
 * `as it is` for a body `{error: {...}}` that the caller's SDK reads; the message of a body that has it elsewhere; undefined
 * where there is none.
 */
function readErrorMessage(text: string, reads: Envelope['reads']): string | undefined {
  const body = parseJson(text);
  // Google's imitation of OpenAI puts its error into a list.
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const { error, message } = asObject(first);
  const isPlain = first === body && isObject(error) && typeof error.message === 'string';
  if (isPlain && (reads === undefined || reads(error))) return 'as it is';
  const found = asObject(error).message ?? message ?? error;
  return typeof found === 'string' ? found : undefined;
}

function clean({ scrubber, isOwnKey }: Forwarding, text: string): string {
  const scrubbed = scrubber.scrub(Buffer.from(text)).toString('utf8');
  return isOwnKey ? scrubbed : scrubbed.replace(ACCOUNT_NAMES, '***');
}
