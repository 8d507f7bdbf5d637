import type { StreamEvent } from './apis/operation.ts';

/**
 * Cuts a byte stream into server-sent events. The `raw` bytes of all events and the rest, in order, are the stream, byte for
 * byte. What an event says does not depend on how the stream is cut into chunks.
 */
export interface EventSplitter {
  /** The events that these bytes complete. Throws {@link EventTooLarge}. */
  push(chunk: Buffer): readonly StreamEvent[];
  /**
   * Takes whole events from the front of a chunk (as Latin-1) without cutting them: those that end before `until`, all where
   * that is -1. Returns how many bytes they are; the rest is to be pushed.
   */
  skim(chunk: string, until: number): number;
  /** What stood after the last blank line: a last event without its end, or nothing. */
  end(): StreamEvent | undefined;
}

/** A stream that goes on for too long without a blank line is not a stream of events. */
export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';
}

const LF = 0x0a;
const CR = 0x0d;
const BLANK_LINE = '\n\n';

/** `maxEventBytes` bounds the memory that one stream can take. */
export function createEventSplitter(maxEventBytes: number): EventSplitter {
  const pending: Buffer[] = [];
  let pendingBytes = 0;
  // At the start of a line: the next line end makes it a blank one.
  let atLineStart = true;
  // A CR was the last byte seen: an LF that follows belongs to it.
  let afterCr = false;
  let sawContent = false;
  let isFirst = true;

  function take(bytes: Buffer): StreamEvent {
    const raw = pending.length === 0 ? bytes : Buffer.concat([...pending, bytes]);
    pending.length = 0;
    pendingBytes = 0;
    sawContent = false;
    const event = new ReceivedEvent(raw, isFirst);
    isFirst = false;
    return event;
  }

  return {
    push(chunk) {
      const events: StreamEvent[] = [];
      const hasCr = chunk.includes(CR);
      let start = 0;
      let at = 0;
      while (at < chunk.length) {
        const byte = chunk[at];
        at += 1;
        if (byte === LF && afterCr) {
          afterCr = false;
          continue;
        }
        afterCr = byte === CR;
        if (byte !== LF && byte !== CR) {
          atLineStart = false;
          sawContent = true;
          at = endOfLine(chunk, at, hasCr);
          continue;
        }
        if (atLineStart && sawContent) {
          if (afterCr && chunk[at] === LF) {
            afterCr = false;
            at += 1;
          }
          events.push(take(chunk.subarray(start, at)));
          start = at;
        }
        atLineStart = true;
      }
      if (start < chunk.length) {
        pending.push(start === 0 ? chunk : chunk.subarray(start));
        pendingBytes += chunk.length - start;
        if (pendingBytes > maxEventBytes) throw new EventTooLarge(`an event of over ${maxEventBytes} bytes`);
      }
      return events;
    },
    skim(chunk, until) {
      if (pendingBytes > 0 || afterCr || chunk.includes('\r')) return 0;
      const last = until === -1 ? chunk.length - BLANK_LINE.length : until - BLANK_LINE.length;
      const blank = last < 0 ? -1 : chunk.lastIndexOf(BLANK_LINE, last);
      if (blank === -1) return 0;
      isFirst = false;
      return blank + BLANK_LINE.length;
    },
    end: () => (pendingBytes === 0 ? undefined : take(Buffer.alloc(0))),
  };
}

/** The next CR or LF at or after `from`, or the end of the chunk. */
function endOfLine(chunk: Buffer, from: number, hasCr: boolean): number {
  const lf = chunk.indexOf(LF, from);
  const until = lf === -1 ? chunk.length : lf;
  if (!hasCr) return until;
  for (let at = from; at < until; at += 1) if (chunk[at] === CR) return at;
  return until;
}

/** One event. A class, because a stream has tens of thousands: its fields are read when they are asked for. */
class ReceivedEvent implements StreamEvent {
  readonly raw: Buffer;
  readonly #isFirst: boolean;
  #fields: { readonly name: string; readonly data: string } | undefined;

  constructor(raw: Buffer, isFirst: boolean) {
    this.raw = raw;
    this.#isFirst = isFirst;
  }

  get name(): string {
    return this.#read().name;
  }

  get data(): string {
    return this.#read().data;
  }

  #read() {
    this.#fields ??= parseFields(this.raw, this.#isFirst);
    return this.#fields;
  }
}

const BOM = '\uFEFF';

function parseFields(raw: Buffer, isFirst: boolean): { readonly name: string; readonly data: string } {
  let name = '';
  const data: string[] = [];
  const text = raw.toString('utf8');
  for (const line of (isFirst && text.startsWith(BOM) ? text.slice(1) : text).split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') name = value;
    if (field === 'data') data.push(value);
  }
  return { name, data: data.join('\n') };
}

/** Buffers as one. Those that lie side by side in memory, as the events of one chunk do, are not copied. */
export function joinBuffers(buffers: readonly Buffer[]): Buffer {
  const [first, ...others] = buffers;
  if (first === undefined) return Buffer.alloc(0);
  let end = first.byteOffset + first.length;
  for (const next of others) {
    if (next.buffer !== first.buffer || next.byteOffset !== end) return Buffer.concat(buffers);
    end = next.byteOffset + next.length;
  }
  return Buffer.from(first.buffer, first.byteOffset, end - first.byteOffset);
}
