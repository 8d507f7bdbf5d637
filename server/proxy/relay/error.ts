import { answerRefusal } from '../exchange.ts';
import type { Envelope } from '../providers/envelope.ts';
import { isObject } from '../providers/json.ts';
import type { Reported } from '../providers/operation.ts';
import { type Refusal, type RefusalCode, refusal } from '../refusals.ts';
import { answerHeaders } from '../upstream/headers.ts';
import { costHeaders } from './cost-fields.ts';
import { collect } from './document.ts';
import type { Answer, Forwarded, Forwarding } from './forwarded.ts';

const ERROR_LIMIT_BYTES = 1024 * 1024;
/** Names of the platform's account that providers put into their messages. */
const ACCOUNT_NAMES = /\b(?:org|proj|user|wrkspc)[-_][A-Za-z0-9]{6,}/g;

/**
 * Relays an answer with an error status. It cost nothing, unless it reports what it used. The provider's own body passes,
 * so that its SDK shows it, with two exceptions: what concerns the key or the account is between platform and provider,
 * and what is no error body of this API is put into one.
 */
export async function relayError(forwarding: Forwarding, answer: Answer): Promise<Forwarded> {
  const { exchange, operation, quote } = forwarding;
  const collected = await collect(answer, ERROR_LIMIT_BYTES);
  const text = collected.kind === 'whole' ? collected.bytes.toString('utf8') : '';
  const own = replacement(forwarding, answer.status, text);
  const deliver = async (cost?: bigint) => {
    if (own !== undefined) return answerRefusal(exchange, own.refusal, own.status);
    const headers = answerHeaders(answer.headers, forwarding.isOwnKey, forwarding.scrubber.carries);
    exchange.caller.answer(answer.status, { ...headers, ...costHeaders(cost) }, Buffer.from(clean(forwarding, text)));
  };
  const reported: Reported | undefined = operation.readAnswer(text, quote.provider);
  if (reported !== undefined) return { kind: 'complete', reported, deliver };
  return { kind: 'unspent', reason: `provider_status_${answer.status}`, deliver: () => deliver() };
}

interface Replacement {
  readonly refusal: Refusal;
  readonly status?: number;
}

/** The proxy's own error for a provider's, where the provider's must not or cannot be shown. */
function replacement(forwarding: Forwarding, status: number, text: string): Replacement | undefined {
  const keyProblem = keyRefusal(forwarding.isOwnKey, status, text);
  // Not mended by trying again.
  if (keyProblem !== undefined) return { refusal: refusal(keyProblem, { headers: { 'x-should-retry': 'false' } }) };
  if (status < 400) return { refusal: refusal('provider_error') };
  const message = messageOf(text, forwarding.exchange.envelope.reads);
  if (message === 'as it is') return undefined;
  const shown = message === undefined ? `The provider answered with status ${status}.` : clean(forwarding, message);
  return { refusal: refusal('provider_error', { message: shown }), status };
}

/** What concerns the key or the account of whoever pays the provider: a 402 of the platform's is not the workspace's. */
function keyRefusal(isOwnKey: boolean, status: number, text: string): RefusalCode | undefined {
  const isKeyRefused = status === 401 || text.includes('API_KEY_INVALID');
  if (isOwnKey) return isKeyRefused ? 'provider_key_refused' : undefined;
  const isAccountRefused = status === 402 || status === 403 || text.includes('insufficient_quota');
  return isKeyRefused || isAccountRefused ? 'provider_error' : undefined;
}

/**
 * `as it is` for a body `{error: {...}}` that the caller's SDK reads; the message of a body that says it elsewhere;
 * undefined where none does.
 */
function messageOf(text: string, reads: Envelope['reads']): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  // Google's imitation of OpenAI puts its error into a list.
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const error = fieldOf(first, 'error');
  const message = fieldOf(error, 'message') ?? fieldOf(first, 'message') ?? error;
  const isPlain = first === body && isObject(error) && typeof error.message === 'string';
  if (isPlain && (reads === undefined || reads(error))) return 'as it is';
  return typeof message === 'string' ? message : undefined;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function clean({ scrubber, isOwnKey }: Forwarding, text: string): string {
  const scrubbed = scrubber.scrub(Buffer.from(text)).toString('utf8');
  return isOwnKey ? scrubbed : scrubbed.replace(ACCOUNT_NAMES, '***');
}
