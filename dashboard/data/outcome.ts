import type { controlPlane } from '../../client/index.ts';

/** How a call to the platform ended. Nothing of it is thrown: every one of them is a state of the screen. */
export type Outcome<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  /** The platform asked us to wait. */
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number }
  /** No response: no network, no platform, or another origin that does not allow reading it. */
  | { readonly kind: 'offline' }
  | { readonly kind: 'unauthorized' }
  /** Anything else the platform said no with, in its own words. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly message: string };

export type Failure = Exclude<Outcome<never>, { kind: 'ok' }>;

/** The wait where a 429 does not name one that we can read. */
const RETRY_AFTER_MS = 15_000;

interface ClientResult<Body> {
  readonly data?: Body;
  readonly error?: unknown;
  readonly response: Response;
}

/** Waits for a call of the client and returns its outcome. `read` converts a good body for the page. */
export async function settleCall<Body, Value>(
  call: Promise<ClientResult<Body>>,
  read: (body: Body) => Value,
): Promise<Outcome<Value>> {
  let answered: ClientResult<Body>;
  try {
    answered = await call;
  } catch {
    return { kind: 'offline' };
  }
  const { data, error, response } = answered;
  if (response.ok && data !== undefined) return readable(data, read);
  if (response.status === 401) return { kind: 'unauthorized' };
  if (response.status === 429) return { kind: 'rate_limited', retryAfterMs: retryAfterMs(response.headers) };
  return { kind: 'refused', status: response.status, ...readErrorBody(error, response.status) };
}

function readable<Body, Value>(body: Body, read: (body: Body) => Value): Outcome<Value> {
  try {
    return { kind: 'ok', value: read(body) };
  } catch {
    return { kind: 'refused', status: 200, code: 'unreadable', message: 'The platform sent an unexpected response.' };
  }
}

/** RFC 9110: seconds, or a date. */
function retryAfterMs(headers: Headers): number {
  const value = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value) - Date.now();
  return Number.isNaN(until) ? RETRY_AFTER_MS : Math.max(0, until);
}

function readErrorBody(error: unknown, status: number): { code: string; message: string } {
  const { code, message } = (error as Partial<controlPlane.ApiErrorBody> | undefined)?.error ?? {};
  return { code: code ?? 'unknown', message: message ?? `The platform responded with ${status}.` };
}
