import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Operation } from '../../contract/operation.ts';
import type {
  DownloadResponse,
  EmptyResponse,
  EventStreamResponse,
  JsonResponse,
  ServerSentEvent,
} from './handlers.ts';
import type { RequestContext } from './request-context.ts';

/** What a handler returns, whatever its operation. */
export type ApiResponse = { readonly headers?: Readonly<Record<string, string | number | boolean>> } & (
  | JsonResponse
  | EmptyResponse
  | EventStreamResponse<number, ServerSentEvent>
  | DownloadResponse
);

/**
 * Helmet's defaults, but for the one that has browsers ask for pages by https: there may be none. Read once, because they
 * are the same in every response.
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

export const setSecurityHeaders: RequestHandler = (_request, response, next) => {
  for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value);
  next();
};

/** Keeps proxies on the way from closing a stream that is silent. */
const KEEP_ALIVE_MS = 15_000;

/** Sends what a handler returned. For HEAD, the body is left out, and what would have made it is ended. */
export async function sendApiResponse(response: Response, given: ApiResponse, context: RequestContext): Promise<void> {
  response.status(given.status);
  for (const name in given.headers) response.setHeader(name, String(given.headers[name]));
  if ('events' in given) return sendEvents(response, given.events, context);
  if ('content' in given) return sendDownload(response, given, context);
  if (given.body !== undefined) return void response.json(given.body);
  forbidStoring(response);
  response.end();
}

/** In place of Express's method, which answers a conditional request with 304, and no operation documents that. */
export function json(this: Response, body: unknown): Response {
  sendJson(this, body);
  return this;
}

/** Sends JSON. Responses are about one caller at one moment, so they must not be stored. */
export function sendJson(response: ServerResponse, body: unknown): void {
  const text = JSON.stringify(body);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  forbidStoring(response);
  response.end(text);
}

function forbidStoring(response: ServerResponse): void {
  if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', 'no-store');
}

async function sendEvents(
  response: Response,
  events: AsyncIterable<ServerSentEvent>,
  context: RequestContext,
): Promise<void> {
  response.setHeader('Content-Type', 'text/event-stream');
  forbidStoring(response);
  if (context.method === 'HEAD') return endEarly(response, events);
  response.flushHeaders();
  const keepAlive = setInterval(() => {
    if (response.writableLength === 0) response.write(':\n\n');
  }, KEEP_ALIVE_MS);
  try {
    await sendStream(response, Readable.from(encodeEvents(events)), context);
  } finally {
    clearInterval(keepAlive);
  }
}

async function* encodeEvents(events: AsyncIterable<ServerSentEvent>): AsyncIterable<string> {
  for await (const { event, id, data } of events) {
    const lines = [event === undefined ? '' : `event: ${event}\n`, id === undefined ? '' : `id: ${id}\n`];
    yield `${lines.join('')}data: ${JSON.stringify(data)}\n\n`;
  }
}

async function sendDownload(
  response: Response,
  { contentType, content, filename }: DownloadResponse,
  context: RequestContext,
): Promise<void> {
  if (filename !== undefined) response.attachment(filename);
  response.setHeader('Content-Type', contentType);
  forbidStoring(response);
  if (content instanceof Uint8Array) {
    response.setHeader('Content-Length', content.byteLength);
    return void response.end(content);
  }
  if (context.method === 'HEAD') return endEarly(response, content);
  const source = content instanceof Readable ? content : Readable.from(content, { objectMode: false });
  await sendStream(response, source, context);
}

/** A caller who goes away destroys the source, which ends its iterator. A source that fails cuts the connection. */
async function sendStream(response: Response, source: Readable, context: RequestContext): Promise<void> {
  try {
    await pipeline(source, response);
  } catch (error) {
    const hasCallerLeft = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!hasCallerLeft) context.log().error({ err: error }, 'failed in the middle of a response');
  }
}

async function endEarly(response: Response, source: AsyncIterable<unknown>): Promise<void> {
  response.end();
  await source[Symbol.asyncIterator]().return?.();
}

/**
 * What a response breaks of the contract, as far as it can be seen without its schema: undefined where nothing. The schema
 * of JSON bodies is the validator's.
 */
export function findUndocumented({ responses }: Operation, given: ApiResponse): string | undefined {
  const documented = responses.get(String(given.status));
  if (documented === undefined) return `status ${given.status} is not documented`;
  const media = mediaTypeIn(given);
  const isKnown = media === undefined ? documented.content.size === 0 : documented.content.has(media);
  if (!isKnown) return `status ${given.status} is not documented with ${media ?? 'no body'}`;
  const sent = new Set(Object.keys(given.headers ?? {}).map((name) => name.toLowerCase()));
  const missing = [...documented.headers].find(([name, { required }]) => required && !sent.has(name.toLowerCase()));
  return missing && `status ${given.status} is documented with the header ${missing[0]}`;
}

function mediaTypeIn(given: ApiResponse): string | undefined {
  if ('events' in given) return 'text/event-stream';
  if ('content' in given) return given.contentType;
  return given.body === undefined ? undefined : 'application/json';
}
