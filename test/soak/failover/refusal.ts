import { isDeepStrictEqual } from 'node:util';
import type { CallResult } from '../../harness/caller.ts';
import type { Maker } from '../prices/price-book.ts';

type Body = Readonly<Record<string, unknown>>;

const code = 'metering_unavailable';
const message = 'Calls cannot be metered at the moment. Nothing was forwarded.';
const info = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: code, domain: 'rigbox' };

/** The error body that each API's own SDK shows its user as a sentence. */
const BODIES: Readonly<Record<Maker, Body>> = {
  openai: { error: { message, type: 'rigbox_gateway_error', param: null, code } },
  anthropic: { type: 'error', error: { type: 'api_error', message, code }, message },
  google: { error: { code: 503, message, status: 'UNAVAILABLE', details: [info] } },
};

/** Throws unless this is a 503 which says, as the called API says such things, that calls cannot be metered. */
export function requireReadable(maker: Maker, { status, body }: CallResult): void {
  const { request_id: _, ...said } = JSON.parse(body.toString()) as Body;
  if (status === 503 && isDeepStrictEqual(said, BODIES[maker])) return;
  throw new Error(`a call of ${maker}'s API was answered ${status} ${body}`);
}
