import { Agent, type Dispatcher, request as send } from 'undici';
import { NoAnswer } from './errors.ts';
import type { AnsweredCall, Header, HttpCall, HttpRequest, HttpResponse } from './http-call.ts';

/** The suite's HTTP: records every call, follows no redirect, and waits for nothing without a limit. */
export interface Http {
  call(request: HttpRequest, limits: CallLimits): Promise<AnsweredCall>;
  close(): Promise<void>;
}

export interface CallLimits {
  /** From the first byte sent to the last byte received, milliseconds. */
  readonly timeoutMs: number;
  /** Ends the call from outside: the check's time is up, or the run was interrupted. Undefined: nothing does. */
  readonly signal: AbortSignal | undefined;
}

/** No answer of the contract comes near this; a platform that streams for ever must not fill the memory. */
const LARGEST_BODY_BYTES = 4 * 1024 * 1024;

export function createHttp(): Http {
  const agent = new Agent({ connections: 64, pipelining: 1, keepAliveTimeout: 4_000 });

  async function call(request: HttpRequest, limits: CallLimits): Promise<AnsweredCall> {
    const timeout = AbortSignal.timeout(limits.timeoutMs);
    const startedAt = performance.now();
    try {
      const received = await send(request.url, {
        dispatcher: agent,
        method: request.method as Dispatcher.HttpMethod,
        headers: request.headers.flat(),
        body: request.body ?? null,
        signal: limits.signal === undefined ? timeout : AbortSignal.any([timeout, limits.signal]),
        headersTimeout: limits.timeoutMs,
        bodyTimeout: limits.timeoutMs,
        responseHeaders: 'raw',
      });
      const body = await readBody(received.body);
      const response: HttpResponse = {
        status: received.statusCode,
        headers: readHeaders(received.headers),
        text: body.toString('utf8'),
        durationMs: performance.now() - startedAt,
      };
      return { request, response };
    } catch (error) {
      limits.signal?.throwIfAborted();
      throw noAnswer(error, { request, response: undefined }, limits.timeoutMs, timeout.aborted);
    }
  }

  return { call, close: () => agent.destroy() };
}

async function readBody(body: Dispatcher.ResponseData['body']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const data of body) {
    const bytes = Buffer.from(data);
    chunks.push(bytes);
    size += bytes.length;
    if (size > LARGEST_BODY_BYTES) throw new Error(`the answer is over ${LARGEST_BODY_BYTES} bytes`);
  }
  return Buffer.concat(chunks);
}

/** With `responseHeaders: 'raw'` undici answers a flat list, which its types do not say. */
function readHeaders(raw: unknown): readonly Header[] {
  const flat = (Array.isArray(raw) ? raw : Object.entries(raw as object).flat()).map(String);
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i]?.toLowerCase() ?? '', flat[2 * i + 1] ?? '']);
}

function noAnswer(error: unknown, call: HttpCall, timeoutMs: number, timedOut: boolean): NoAnswer {
  const code = errorCode(error);
  if (timedOut || /TIMEOUT/.test(code)) {
    return new NoAnswer('timeout', `no complete answer within ${timeoutMs / 1000} s`, call);
  }
  const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'];
  if (unreachable.includes(code)) return new NoAnswer('unreachable', `no connection (${code})`, call);
  const detail = error instanceof Error ? error.message : String(error);
  return new NoAnswer('broken', `the connection broke before a complete answer (${code || detail})`, call);
}

function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
