import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject, Reply, ScriptedFailure, StreamReply, Transport } from './api.ts';
import type { Respond } from './script.ts';

type Chunking = NonNullable<Respond['chunking']>;

/** A reply ready to be sent: what is written when, and how it ends. All that a script changes about it is in it. */
export interface EncodedReply {
  readonly delayBeforeHeadersMs: number;
  /** Undefined: the connection breaks before the status line. */
  readonly head: { readonly status: number; readonly headers: Readonly<Record<string, string>> } | undefined;
  readonly steps: readonly Step[];
  /** `end` closes the message properly, `break` destroys the connection after the last write. */
  readonly ending: 'end' | 'break';
}

interface Step {
  readonly pauseMs: number;
  readonly writes: readonly Buffer[];
}

const CONTENT_TYPES: Readonly<Record<Transport, string>> = {
  document: 'application/json; charset=utf-8',
  sse: 'text/event-stream; charset=utf-8',
  'json-array': 'application/json; charset=utf-8',
};

/** A complete document with this status; sent in one piece unless the script says otherwise. */
export function encodeDocument(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  respond: Respond = {},
): EncodedReply {
  const text = JSON.stringify(body);
  const chunking = respond.chunking ?? 'event';
  const cutInHalf = respond.truncate !== undefined || breaksOff(respond);
  const sent = cutInHalf ? text.slice(0, Math.floor(text.length / 2)) : text;
  const writes = sliceForWriting(sent, chunking);
  // A length is promised only where the body keeps it or breaks it on purpose.
  const length = respond.truncate === undefined && writes.length <= 1 ? Buffer.byteLength(text) : undefined;
  return withEnding(respond, {
    status,
    headers: {
      'content-type': CONTENT_TYPES.document,
      ...(length !== undefined && { 'content-length': String(length) }),
      ...headers,
    },
    steps: [{ pauseMs: 0, writes }],
  });
}

/** A stream, with the scripted failure, cut or break where it belongs. `writeError` writes the failure's body. */
export function encodeStream(
  reply: StreamReply,
  transport: Transport,
  headers: Readonly<Record<string, string>>,
  respond: Respond,
  writeError: (failure: ScriptedFailure) => JsonObject,
): EncodedReply {
  const { opening, content, rest } = framesToSend(reply, respond, writeError);
  const frames = [...opening, ...content, ...rest];
  const chunking: Chunking = respond.chunking ?? 'event';
  const betweenMs = respond.delayMs?.betweenChunks ?? 0;
  const steps = frames.map((frame, index) => {
    const text = transport === 'sse' ? writeOddly(frame, chunking, index === frames.length - 1) : frame;
    const isLaterContent = index > opening.length && index <= opening.length + content.length;
    return { pauseMs: isLaterContent ? betweenMs : 0, writes: sliceForWriting(text, chunking) };
  });
  return withEnding(respond, {
    status: 200,
    headers: { 'content-type': CONTENT_TYPES[transport], 'cache-control': 'no-cache', ...headers },
    steps,
  });
}

/** The reply's usage, as a failure that reports usage carries it. */
export function withUsage(body: JsonObject, reply: Reply, failure: { readonly reportsUsage?: boolean | undefined }) {
  return failure.reportsUsage === true ? { ...body, ...reply.usage } : body;
}

interface Frames {
  readonly opening: readonly string[];
  readonly content: readonly string[];
  readonly rest: readonly string[];
}

function framesToSend(
  reply: StreamReply,
  respond: Respond,
  writeError: (failure: ScriptedFailure) => JsonObject,
): Frames {
  const { opening, closing, end } = reply;
  const { errorMidStream, disconnect, truncate } = respond;
  if (disconnect === 'before-end') return { opening, content: reply.content, rest: closing };
  const cut = errorMidStream ?? truncate ?? (typeof disconnect === 'object' ? disconnect : undefined);
  if (cut === undefined) return { opening, content: reply.content, rest: [...closing, ...end] };
  const content = reply.content.slice(0, cut.afterChunks);
  if (errorMidStream === undefined) return { opening, content, rest: [] };
  const failure = { ...errorMidStream, status: errorMidStream.status ?? 500 };
  return {
    opening,
    content,
    rest: reply.failure(failure, withUsage(writeError(failure), reply, failure), content.length),
  };
}

function withEnding(
  respond: Respond,
  sent: { status: number; headers: Readonly<Record<string, string>>; steps: readonly Step[] },
): EncodedReply {
  const delayBeforeHeadersMs = respond.delayMs?.beforeHeaders ?? 0;
  if (respond.disconnect === 'before-headers') {
    return { delayBeforeHeadersMs, head: undefined, steps: [], ending: 'break' };
  }
  return {
    delayBeforeHeadersMs,
    head: { status: sent.status, headers: sent.headers },
    steps: sent.steps,
    ending: breaksOff(respond) ? 'break' : 'end',
  };
}

function breaksOff(respond: Respond): boolean {
  return respond.disconnect !== undefined && respond.disconnect !== 'before-headers';
}

/**
 * Sends a reply, respecting back-pressure. `onLastByte` is called just before the end is sent, so that what it notes
 * is there before the caller can see the end. When `signal` aborts, sending stops at once, timers are cleared and
 * the promise rejects with an `AbortError`.
 */
export async function sendReply(
  reply: EncodedReply,
  response: ServerResponse,
  signal: AbortSignal,
  onLastByte: () => void,
): Promise<void> {
  await pause(reply.delayBeforeHeadersMs, signal);
  if (reply.head !== undefined) response.writeHead(reply.head.status, reply.head.headers);
  for (const step of reply.steps) {
    await pause(step.pauseMs, signal);
    for (const bytes of step.writes) {
      if (!response.write(bytes)) await once(response, 'drain', { signal });
    }
  }
  onLastByte();
  if (reply.ending === 'end') response.end();
  else breakOff(response, reply);
}

/** Ends the connection without ending the message, after what was written has left. */
function breakOff(response: ServerResponse, reply: EncodedReply): void {
  if (reply.head !== undefined) response.flushHeaders();
  response.socket?.destroySoon();
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (milliseconds > 0) await sleep(milliseconds, undefined, { signal });
}

/** An event as a provider with this oddity would write it; `isLast` marks the stream's final event. */
function writeOddly(frame: string, chunking: Chunking, isLast: boolean): string {
  if (chunking === 'crlf') return frame.replaceAll('\n', '\r\n');
  if (chunking === 'comments') return `: keep-alive\n\n${frame}`;
  if (chunking === 'no-final-newline' && isLast) return frame.trimEnd();
  return frame;
}

/** The writes in which a piece of the body leaves: one, or many of a fixed size in bytes. */
function sliceForWriting(text: string, chunking: Chunking): Buffer[] {
  const bytes = Buffer.from(text);
  const size = sliceSize(chunking);
  if (size === undefined) return [bytes];
  const slices: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += size) slices.push(bytes.subarray(from, from + size));
  return slices;
}

function sliceSize(chunking: Chunking): number | undefined {
  if (chunking === 'byte') return 1;
  return typeof chunking === 'object' ? chunking.bytes : undefined;
}
