import { createEndsOfAnswers } from './ends-of-answers.ts';
import { isBlocked, readUsageMetadata } from './gemini-usage.ts';
import { isAbsent, objectOf, parseJson } from './json.ts';
import type { EventFate, Reported, RequestFacts, StreamEvent, StreamReader } from './operation.ts';

const PASS: EventFate = { kind: 'pass' };

/**
 * Follows a stream of `streamGenerateContent`: every chunk restates the usage, the last one counts, and nothing but the
 * end of the stream comes after it.
 */
export function readGenerateStream({ extent }: RequestFacts): StreamReader {
  const ends = createEndsOfAnswers('finishReason', extent.answers);
  let reported: Reported | undefined;
  let isOver = false;
  let failure: StreamEvent | undefined;
  return {
    concerns,
    read(event: StreamEvent) {
      if (!concerns(event.raw.toString('latin1'))) return PASS;
      const chunk = objectOf(parseJson(event.data));
      if (!isAbsent(chunk.error)) failure = event;
      reported = readUsageMetadata(chunk.usageMetadata) ?? reported;
      isOver ||= isBlocked(chunk) || (failure !== undefined && !isAbsent(chunk.usageMetadata));
      return ends.read(chunk.candidates) || isOver ? { kind: 'hold' } : PASS;
    },
    reported: () => reported,
    isFinal: () => reported !== undefined && (isOver || ends.isLast()),
    isWhole: () => reported !== undefined && (isOver || ends.areAll()),
    failure: () => failure,
  };
}

function concerns(events: string): boolean {
  return ['"usageMetadata"', '"finishReason"', '"error"'].some((name) => events.includes(name));
}
