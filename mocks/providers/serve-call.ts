import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type Endpoint,
  type ErrorFormat,
  isJsonObject,
  type JsonObject,
  type ProviderCall,
  type ScriptedFailure,
  stubId,
} from './api.ts';
import { errorBody, MISSING_CREDENTIAL_MESSAGE, wrapErrorBody } from './errors.ts';
import type { Provider } from './operations.ts';
import type { OpenCall, Recorder } from './recorder.ts';
import { findEndpoint, unknownPathFormat } from './routes.ts';
import type { ScriptQueue } from './script.ts';
import { type EncodedReply, encodeDocument, encodeStream, sendReply, withUsage } from './send-reply.ts';
import { type SessionScripts, splitSession } from './sessions.ts';

/** Above what any provider takes. Protects the process from a test that sends without end; no limit of the APIs. */
const LARGEST_BODY_BYTES = 64 * 1024 * 1024;

/** What all calls to one stub share. */
export interface StubState {
  readonly recorder: Recorder;
  readonly scripts: ScriptQueue;
  readonly sessionScripts: SessionScripts;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly acceptsCredential: (provider: Provider, credential: string) => boolean;
}

/** Records one request to a provider, checks it as the provider would, and replies as scripted. */
export async function serveCall(
  stub: StubState,
  request: IncomingMessage,
  url: URL,
  response: ServerResponse,
): Promise<void> {
  const receivedAtMs = stub.now();
  const { call, sequence } = stub.recorder.open(request, receivedAtMs);
  const callerLeft = new AbortController();
  let isSent = false;
  response.once('finish', () => {
    isSent = true;
  });
  response.once('close', () => {
    if (isSent) return;
    call.outcome = 'aborted';
    callerLeft.abort();
  });

  const body = await readBody(request);
  call.bodyText = body.text;
  if (body.kind === 'broken-off') return;
  const reply = decideReply(stub, { call, sequence, url, isTooLarge: body.kind === 'too-large', receivedAtMs });
  call.status = reply.head?.status;
  try {
    await sendReply(reply, response, callerLeft.signal, () => {
      call.outcome = 'finished';
      // The stub itself breaks a connection that a script says to break: the caller did not leave.
      if (reply.ending === 'break') isSent = true;
    });
  } catch (error) {
    if (!callerLeft.signal.aborted) throw error;
  }
}

/** `broken-off` when the caller left while sending; `text` is then what had arrived. */
export type RequestBody = { readonly kind: 'complete' | 'too-large' | 'broken-off'; readonly text: string };

export function readBody(request: IncomingMessage): Promise<RequestBody> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    const finish = (kind: RequestBody['kind']) => resolve({ kind, text: Buffer.concat(parts).toString('utf8') });
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length > LARGEST_BODY_BYTES) return finish('too-large');
      parts.push(part);
    });
    request.once('end', () => finish('complete'));
    request.once('error', () => finish('broken-off'));
    request.once('close', () => finish('broken-off'));
  });
}

interface ReceivedCall {
  readonly call: OpenCall;
  readonly sequence: number;
  readonly url: URL;
  readonly isTooLarge: boolean;
  readonly receivedAtMs: number;
}

/** Fills in what the record still lacks, and decides the reply. */
function decideReply(stub: StubState, { call, sequence, url, isTooLarge, receivedAtMs }: ReceivedCall): EncodedReply {
  const { session, pathname } = splitSession(url.pathname);
  const endpoint = findEndpoint(call.method, pathname);
  if (endpoint === undefined) return refuseUnknownPath(call, pathname, sequence);
  const { provider, operation, errorFormat } = endpoint;
  call.provider = provider;
  call.operation = operation;
  call.credential = findCredential(endpoint, call.headers, url.searchParams);

  const body = parseObject(call);
  const model = endpoint.pathModel ?? (typeof body?.model === 'string' ? body.model : undefined);
  call.model = model;
  const transport = endpoint.transport?.(body ?? {}, url.searchParams) ?? 'document';
  call.streamed = transport !== 'document';
  const refuse = (status: number, message: string) =>
    encodeFailure(errorFormat, { status, message }, sequence, transport === 'json-array');

  if (call.credential === undefined) return refuse(401, MISSING_CREDENTIAL_MESSAGE[provider]);
  if (!stub.acceptsCredential(provider, call.credential)) return refuse(401, 'The API key is not known.');
  if (isTooLarge) return refuse(413, 'The request body is too large.');
  if (body === undefined) return refuse(400, 'The request body must be a JSON object.');
  const problem = endpoint.check(body);
  if (problem !== undefined) return refuse(400, problem);

  const subject = { provider, operation, model: model ?? '', bodyText: call.bodyText };
  const ownScripts = session === undefined ? undefined : stub.sessionScripts.get(session);
  const respond = ownScripts?.take(subject) ?? stub.scripts.take(subject);
  call.scripted = respond !== undefined;
  return encodeReply(endpoint, {
    provider,
    operation,
    model: model ?? '',
    body,
    transport,
    sequence,
    createdSeconds: Math.floor(receivedAtMs / 1000),
    respond: respond ?? {},
  });
}

/**
 * The provider key that a call carries where its provider looks for one, or undefined when it is missing or blank. Where
 * several are sent, the provider's own header wins.
 */
function findCredential(
  { provider, errorFormat }: Endpoint,
  headers: Readonly<Record<string, string>>,
  query: URLSearchParams,
): string | undefined {
  const bearer = /^Bearer\s+(\S.*)$/i.exec(headers.authorization ?? '')?.[1];
  const candidates: Record<Provider, (string | null | undefined)[]> = {
    openai: [bearer],
    openrouter: [bearer],
    anthropic: [headers['x-api-key'], bearer],
    google: [headers['x-goog-api-key'], query.get('key'), errorFormat === 'google-compat' ? bearer : undefined],
  };
  return candidates[provider].map((value) => value?.trim()).find((value) => value !== undefined && value !== '');
}

/** The body as an object; an absent body of a `GET` is an empty one. Undefined for anything else. */
function parseObject(call: OpenCall): JsonObject | undefined {
  if (call.method === 'GET' && call.bodyText === '') return {};
  try {
    call.body = JSON.parse(call.bodyText);
  } catch {
    return undefined;
  }
  return isJsonObject(call.body) ? call.body : undefined;
}

function encodeReply({ errorFormat, reply: replyTo }: Endpoint, call: ProviderCall): EncodedReply {
  const { respond, sequence, transport } = call;
  const writeError = (failure: ScriptedFailure) => errorBody(errorFormat, failure, sequence);
  const reply = replyTo(call);
  const failure = respond.error ?? (reply.kind === 'document' ? respond.errorMidStream : undefined);
  if (failure !== undefined) {
    const stated = { ...failure, status: failure.status ?? 500 };
    const body = withUsage(writeError(stated), reply, failure);
    const headers = { ...idHeaders(errorFormat, sequence), ...('headers' in failure && failure.headers) };
    const wrapped = wrapErrorBody(errorFormat, body, transport === 'json-array');
    return encodeDocument(stated.status, headers, wrapped, respond);
  }
  const headers = idHeaders(errorFormat, sequence);
  return reply.kind === 'document'
    ? encodeDocument(200, headers, reply.body, respond)
    : encodeStream(reply, transport, headers, respond, writeError);
}

function encodeFailure(
  format: ErrorFormat,
  failure: ScriptedFailure,
  sequence: number,
  streamsArray: boolean,
): EncodedReply {
  const body = wrapErrorBody(format, errorBody(format, failure, sequence), streamsArray);
  return encodeDocument(failure.status, idHeaders(format, sequence), body);
}

function refuseUnknownPath(call: OpenCall, pathname: string, sequence: number): EncodedReply {
  const { provider, errorFormat } = unknownPathFormat(pathname);
  call.provider = provider;
  const message = `Unknown request URL: ${call.method} ${pathname}. This stub has no such operation.`;
  return encodeFailure(errorFormat, { status: 404, message }, sequence, false);
}

/** The request id where the provider's SDK looks for it. Google sends none. */
function idHeaders(format: ErrorFormat, sequence: number): Record<string, string> {
  if (format === 'openai' || format === 'openrouter') return { 'x-request-id': stubId('req', sequence) };
  return format === 'anthropic' ? { 'request-id': stubId('req', sequence) } : {};
}
