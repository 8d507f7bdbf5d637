import type { JsonObject } from './json.ts';
import type { Respond } from './script.ts';

/** The last event of OpenAI's chat and completion streams. */
export const DONE_FRAME = 'data: [DONE]\n\n';

/** One server-sent event. Responses and Anthropic events carry an `event:` line, chat and Gemini events do not. */
export function sseFrame(data: JsonObject, event?: string): string {
  const dataLine = `data: ${JSON.stringify(data)}\n\n`;
  return event === undefined ? dataLine : `event: ${event}\n${dataLine}`;
}

/** A typed event whose `event:` line repeats its `type`. */
export function typedFrame(data: JsonObject & { readonly type: string }): string {
  return sseFrame(data, data.type);
}

export type Chunking = NonNullable<Respond['chunking']>;

/** An event as a provider with this oddity would write it; `last` marks the stream's final event. */
export function dressFrame(frame: string, chunking: Chunking, last: boolean): string {
  if (chunking === 'crlf') return frame.replaceAll('\n', '\r\n');
  if (chunking === 'comments') return `: keep-alive\n\n${frame}`;
  if (chunking === 'no-final-newline' && last) return frame.trimEnd();
  return frame;
}

/** The writes in which a piece of the body leaves: one, or many of a fixed size in bytes. */
export function sliceForWriting(text: string, chunking: Chunking): Buffer[] {
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
