import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Call, type Endpoint, type EnvelopeName, type Fault, stubId, type Transport } from './call.ts';
import { credentialOf, MISSING_CREDENTIAL_MESSAGE } from './credentials.ts';
import { deliver } from './delivery.ts';
import { faultBody, faultDocument } from './envelopes.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { type LaneScripts, splitLane } from './lanes.ts';
import { type Parcel, packDocument, packStream, withUsage } from './parcel.ts';
import type { OpenCall, Recorder } from './recorder.ts';
import { readBody } from './request-body.ts';
import { findEndpoint, ownerOf } from './routes.ts';
import type { ScriptQueue } from './script-queue.ts';

/** What every exchange of one stub shares. */
export interface Desk {
  readonly recorder: Recorder;
  readonly scripts: ScriptQueue;
  readonly laneScripts: LaneScripts;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly acceptsCredential: (endpoint: Endpoint, credential: string) => boolean;
}

/** One request to a provider and its answer: recorded, checked as the provider would, answered as scripted. */
export async function serveProviderCall(
  desk: Desk,
  request: IncomingMessage,
  url: URL,
  response: ServerResponse,
): Promise<void> {
  const receivedAtMs = desk.now();
  const { call, sequence } = desk.recorder.open(request, receivedAtMs);
  const departure = new AbortController();
  let sentInFull = false;
  response.once('finish', () => {
    sentInFull = true;
  });
  response.once('close', () => {
    if (sentInFull) return;
    call.outcome = 'aborted';
    departure.abort();
  });

  const body = await readBody(request);
  call.bodyText = body.text;
  if (body.kind === 'broken-off') return;
  const parcel = answer(desk, { call, sequence, url, tooLarge: body.kind === 'too-large', receivedAtMs });
  call.status = parcel.head?.status;
  try {
    await deliver(parcel, response, departure.signal, () => {
      call.outcome = 'finished';
      // A break that was scripted is the stub's own doing: the caller did not go away.
      if (parcel.ending === 'break') sentInFull = true;
    });
  } catch (error) {
    if (!departure.signal.aborted) throw error;
  }
}

interface Received {
  readonly call: OpenCall;
  readonly sequence: number;
  readonly url: URL;
  readonly tooLarge: boolean;
  readonly receivedAtMs: number;
}

/** Fills in what the record still lacks, and decides the answer. */
function answer(desk: Desk, received: Received): Parcel {
  const { call, sequence, url } = received;
  const { lane, pathname } = splitLane(url.pathname);
  const endpoint = findEndpoint(call.method, pathname);
  if (endpoint === undefined) return refuseUnknownPath(call, pathname, sequence);
  call.provider = endpoint.provider;
  call.operation = endpoint.operation;
  call.credential = credentialOf(endpoint, call.headers, url.searchParams);

  const body = parseObject(call);
  call.model = endpoint.pathModel ?? (typeof body?.model === 'string' ? body.model : undefined);
  const transport = endpoint.transport(body ?? {}, url.searchParams);
  call.streamed = transport !== 'document';
  const refuse = (status: number, message: string) =>
    packFault(endpoint.envelope, { status, message }, sequence, transport === 'json-array');

  if (call.credential === undefined) return refuse(401, MISSING_CREDENTIAL_MESSAGE[endpoint.provider]);
  if (!desk.acceptsCredential(endpoint, call.credential)) return refuse(401, 'The API key is not known.');
  if (received.tooLarge) return refuse(413, 'The request body is too large.');
  if (body === undefined) return refuse(400, 'The request body must be a JSON object.');
  const problem = endpoint.check(body);
  if (problem !== undefined) return refuse(400, problem);

  const { provider, operation } = endpoint;
  const subject = { provider, operation, model: call.model ?? '', bodyText: call.bodyText };
  const ofLane = lane === undefined ? undefined : desk.laneScripts.of(lane)?.take(subject);
  const respond = ofLane ?? desk.scripts.take(subject);
  call.scripted = respond !== undefined;
  return packAnswer(endpoint, {
    provider,
    operation,
    model: call.model ?? '',
    body,
    transport,
    sequence,
    createdSeconds: Math.floor(received.receivedAtMs / 1000),
    respond: respond ?? {},
  });
}

function packAnswer(endpoint: Endpoint, call: Call): Parcel {
  const { respond, sequence, transport } = call;
  const envelope = (fault: Fault) => faultBody(endpoint.envelope, fault, sequence);
  const reply = endpoint.answer(call);
  const fault = respond.error ?? (reply.kind === 'document' ? respond.errorMidStream : undefined);
  if (fault !== undefined) {
    const stated = { ...fault, status: fault.status ?? 500 };
    const body = withUsage(envelope(stated), reply, fault);
    const headers = { ...idHeaders(endpoint.envelope, sequence), ...('headers' in fault && fault.headers) };
    return packDocument(stated.status, headers, wrap(endpoint.envelope, body, transport), respond);
  }
  const headers = idHeaders(endpoint.envelope, sequence);
  return reply.kind === 'document'
    ? packDocument(200, headers, reply.body, respond)
    : packStream(reply, transport, headers, respond, envelope);
}

function wrap(envelope: EnvelopeName, body: JsonObject, transport: Transport): unknown {
  return faultDocument(envelope, body, transport === 'json-array');
}

function packFault(envelope: EnvelopeName, fault: Fault, sequence: number, streamsArray: boolean): Parcel {
  const body = faultDocument(envelope, faultBody(envelope, fault, sequence), streamsArray);
  return packDocument(fault.status, idHeaders(envelope, sequence), body);
}

function refuseUnknownPath(call: OpenCall, pathname: string, sequence: number): Parcel {
  const { provider, envelope } = ownerOf(pathname);
  call.provider = provider;
  const message = `Unknown request URL: ${call.method} ${pathname}. This stub has no such operation.`;
  return packFault(envelope, { status: 404, message }, sequence, false);
}

/** The request id where the provider's SDK looks for it. Google sends none. */
function idHeaders(envelope: EnvelopeName, sequence: number): Record<string, string> {
  if (envelope === 'openai' || envelope === 'openrouter') return { 'x-request-id': stubId('req', sequence) };
  return envelope === 'anthropic' ? { 'request-id': stubId('req', sequence) } : {};
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
