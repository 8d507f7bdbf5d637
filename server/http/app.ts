import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';
import { ApiError, refusal } from './errors.ts';
import { exchangeOf, openExchange } from './exchange.ts';
import type { Logger } from './log.ts';
import { sendJson } from './send-json.ts';

/**
 * Answers a request, or hands it on to what is mounted behind it. A rejection, or what `next` is given, is answered by the
 * frame. Express routers can use one as it is; `inExpress` makes one of what needs Express.
 */
export type Mount = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void | Promise<void>;

export interface AppOptions {
  readonly logger: Logger;
  /** Asked in this order; a request that none of them answers is a 404. */
  readonly mounts: readonly Mount[];
  /** Write a line for every request. Default true; false where what is mounted keeps a log of its own. */
  readonly accessLog?: boolean;
}

/**
 * The frame around everything that is served: request id and access log, security headers, and the contract's envelope
 * for whatever goes wrong. Nothing leaves it as HTML or with a stack. Without Express, which alone takes longer than the
 * control plane does for most of its answers.
 */
export function createApp({ logger, mounts, accessLog = true }: AppOptions): RequestListener {
  return (request, response) => {
    request.url = request.url?.replace(ORIGIN, '');
    openExchange(request, response, { logger, accessLog });
    for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value);
    void serve(mounts, request, response);
  };
}

/** A request target may have it, and what is mounted wants to know the path (RFC 9112 section 3.2.2). */
const ORIGIN = /^https?:\/\/[^/?]*/i;

/** Asks the mounts from `place` on. Never rejects. */
async function serve(
  mounts: readonly Mount[],
  request: IncomingMessage,
  response: ServerResponse,
  place = 0,
): Promise<void> {
  const mount = mounts[place];
  try {
    if (mount === undefined) throw new ApiError('not_found');
    await mount(request, response, (error) => {
      if (error) answerError(error, request, response);
      else void serve(mounts, request, response, place + 1);
    });
  } catch (error) {
    answerError(error, request, response);
  }
}

/**
 * Helmet's own, but for the one that has browsers ask for pages by https: whether there is any is not for us to know. Read
 * once, because they are the same in every answer.
 */
const SECURITY_HEADERS = headersSetBy(
  helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }),
);

function headersSetBy(middleware: ReturnType<typeof helmet>): readonly [string, string][] {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  middleware(request, response, () => {});
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}

function answerError(error: unknown, request: IncomingMessage, response: ServerResponse) {
  const { log, requestId } = exchangeOf(request);
  // The caller has left, which is what failed: nobody is there to hear of it, and nothing is wrong here.
  if (response.destroyed) return log().debug({ err: error }, 'the caller left');
  if (response.headersSent) {
    log().error({ err: error }, 'failed in the middle of an answer');
    return void request.socket.destroy();
  }
  if (error instanceof ApiError) {
    const { status, body } = refusal(error.code, error);
    for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
    return sendJson(response, status, body);
  }
  if (isClientError(error)) return sendJson(response, ...answerOf('not_found'));
  log().error({ err: error }, 'unexpected error');
  return sendJson(response, ...answerOf('internal_error', { request_id: requestId }));
}

function answerOf(code: 'not_found' | 'internal_error', details?: unknown): [number, unknown] {
  const { status, body } = refusal(code, { details });
  return [status, body];
}

/** What a mounted file server throws at a path it does not like. */
function isClientError(error: unknown): boolean {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500;
}
