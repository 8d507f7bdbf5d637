import type { Fault, Reply, StreamReply, Transport } from './call.ts';
import type { JsonObject } from './json.ts';
import type { Respond } from './script.ts';
import { type Chunking, dressFrame, sliceForWriting } from './sse.ts';

/** An answer ready to be sent: what is written when, and how it ends. Everything that a script can bend is bent here. */
export interface Parcel {
  readonly delayBeforeHeadersMs: number;
  /** Undefined: the connection breaks before the status line. */
  readonly head: { readonly status: number; readonly headers: Readonly<Record<string, string>> } | undefined;
  readonly steps: readonly Step[];
  /** `end` closes the message properly, `break` destroys the connection after the last write. */
  readonly ending: 'end' | 'break';
}

export interface Step {
  readonly pauseMs: number;
  readonly writes: readonly Buffer[];
}

const CONTENT_TYPES: Readonly<Record<Transport, string>> = {
  document: 'application/json; charset=utf-8',
  sse: 'text/event-stream; charset=utf-8',
  'json-array': 'application/json; charset=utf-8',
};

/** A complete document with this status, sent in one piece: what a fault that nothing was scripted for is answered with. */
export function packDocument(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  respond: Respond = {},
): Parcel {
  const text = JSON.stringify(body);
  const chunking = respond.chunking ?? 'event';
  const cutInHalf = respond.truncate !== undefined || breaksOff(respond);
  const sent = cutInHalf ? text.slice(0, Math.floor(text.length / 2)) : text;
  const writes = sliceForWriting(sent, chunking);
  // A length is promised only where the body keeps it or breaks it on purpose.
  const length = respond.truncate === undefined && writes.length <= 1 ? Buffer.byteLength(text) : undefined;
  return parcel(respond, {
    status,
    headers: {
      'content-type': CONTENT_TYPES.document,
      ...(length !== undefined && { 'content-length': String(length) }),
      ...headers,
    },
    steps: [{ pauseMs: 0, writes }],
  });
}

/** A stream, with the scripted fault, cut or break where it belongs. `faultEnvelope` is the mid-stream fault's body. */
export function packStream(
  reply: StreamReply,
  transport: Transport,
  headers: Readonly<Record<string, string>>,
  respond: Respond,
  faultEnvelope: (fault: Fault) => JsonObject,
): Parcel {
  const { opening, content, rest } = framesToSend(reply, respond, faultEnvelope);
  const frames = [...opening, ...content, ...rest];
  const chunking: Chunking = respond.chunking ?? 'event';
  const betweenMs = respond.delayMs?.betweenChunks ?? 0;
  const steps = frames.map((frame, index) => {
    const dressed = transport === 'sse' ? dressFrame(frame, chunking, index === frames.length - 1) : frame;
    const isLaterContent = index > opening.length && index <= opening.length + content.length;
    return { pauseMs: isLaterContent ? betweenMs : 0, writes: sliceForWriting(dressed, chunking) };
  });
  return parcel(respond, {
    status: 200,
    headers: { 'content-type': CONTENT_TYPES[transport], 'cache-control': 'no-cache', ...headers },
    steps,
  });
}

/** The reply's usage, as a fault that reports usage carries it. */
export function withUsage(body: JsonObject, reply: Reply, fault: { readonly reportsUsage?: boolean | undefined }) {
  return fault.reportsUsage === true ? { ...body, ...reply.usage } : body;
}

interface Frames {
  readonly opening: readonly string[];
  readonly content: readonly string[];
  readonly rest: readonly string[];
}

function framesToSend(reply: StreamReply, respond: Respond, faultEnvelope: (fault: Fault) => JsonObject): Frames {
  const { opening, closing, end } = reply;
  const { errorMidStream, disconnect, truncate } = respond;
  if (disconnect === 'before-end') return { opening, content: reply.content, rest: closing };
  const cut = errorMidStream ?? truncate ?? (typeof disconnect === 'object' ? disconnect : undefined);
  if (cut === undefined) return { opening, content: reply.content, rest: [...closing, ...end] };
  const content = reply.content.slice(0, cut.afterChunks);
  if (errorMidStream === undefined) return { opening, content, rest: [] };
  const fault = { ...errorMidStream, status: errorMidStream.status ?? 500 };
  return {
    opening,
    content,
    rest: reply.failure(fault, withUsage(faultEnvelope(fault), reply, fault), content.length),
  };
}

function parcel(
  respond: Respond,
  sent: { status: number; headers: Readonly<Record<string, string>>; steps: readonly Step[] },
): Parcel {
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
