import { isLastChunk, readUsageMetadata } from './gemini-usage.ts';
import { isAbsent, objectOf, parseJson } from './json.ts';
import type { EventFate, Reported, StreamEvent, StreamReader } from './operation.ts';

const PASS: EventFate = { kind: 'pass' };

/**
 * Follows a stream of `streamGenerateContent`: every chunk restates the usage, the last one counts, and nothing but the
 * end of the stream comes after it.
 */
export function readGenerateStream(): StreamReader {
  let reported: Reported | undefined;
  let final = false;
  let failed = false;
  return {
    read(event: StreamEvent) {
      if (!event.mentions('"usageMetadata"') && !event.mentions('"finishReason"') && !event.mentions('"error"'))
        return PASS;
      const chunk = objectOf(parseJson(event.data));
      if (!isAbsent(chunk.error)) failed = true;
      reported = readUsageMetadata(chunk.usageMetadata) ?? reported;
      if (!isLastChunk(chunk) && !(failed && !isAbsent(chunk.usageMetadata))) return PASS;
      final = reported !== undefined;
      return { kind: 'hold' };
    },
    reported: () => reported,
    isFinal: () => final,
    hasFailed: () => failed,
  };
}
