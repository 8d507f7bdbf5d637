import type { ProviderName } from '../../money/prices.ts';
import { createEndsOfAnswers } from './ends-of-answers.ts';
import { isAbsent, listOf } from './json.ts';
import { CHAT_NAMES, parseAnswer, readUsage } from './openai-usage.ts';
import type { EventFate, JsonObject, Reported, RequestFacts, StreamEvent, StreamReader } from './operation.ts';

const DONE = '[DONE]';
const USAGE = '"usage"';
const NOTHING = ':null';
const PASS: EventFate = { kind: 'pass' };

/**
 * Follows a stream of chat or text completions. The usage comes in a chunk of its own without choices, at the end; in
 * Google's imitation it grows on every chunk. A usage chunk that the caller did not ask for is hidden.
 */
export function readChatStream({ usageAsked, extent }: RequestFacts, provider: ProviderName): StreamReader {
  const ends = createEndsOfAnswers('finish_reason', extent.answers);
  let reported: Reported | undefined;
  let hasOwnChunk = false;
  let failure: StreamEvent | undefined;

  function readChunk(chunk: JsonObject, event: StreamEvent): EventFate {
    if (!isAbsent(chunk.error)) failure = event;
    const usage = readUsage(chunk.usage, CHAT_NAMES, provider);
    if (usage === undefined) return PASS;
    reported = usage;
    const isOwnChunk = listOf(chunk.choices).length === 0;
    hasOwnChunk ||= isOwnChunk;
    if (!ends.read(chunk.choices) && !isOwnChunk) return PASS;
    if (usageAsked) return { kind: 'hold', costPath: ['usage'] };
    return isOwnChunk && failure === undefined ? { kind: 'hide' } : { kind: 'hold' };
  }

  return {
    concerns: (events) => events.includes(DONE) || tellsMore(events),
    read(event: StreamEvent) {
      // Nearly all events are content, and reading their JSON would be most of the work. In a text these quotes are escaped.
      if (event.mentions(DONE) && event.data === DONE) return { kind: 'end' };
      if (!tellsMore(event.raw.toString('latin1'))) return PASS;
      const chunk = parseAnswer(event.data);
      return chunk === undefined ? PASS : readChunk(chunk, event);
    },
    reported: () => reported,
    isFinal: () => hasOwnChunk || (reported !== undefined && ends.isLast()),
    isWhole: () => hasOwnChunk || (reported !== undefined && ends.areAll()),
    failure: () => failure,
  };
}

/** Whether events tell of an error, or more than `"usage":null`: that has every chunk of a stream that is to tell its usage. */
function tellsMore(events: string): boolean {
  if (events.includes('"error"')) return true;
  for (let at = events.indexOf(USAGE); at !== -1; at = events.indexOf(USAGE, at + USAGE.length)) {
    if (!events.startsWith(NOTHING, at + USAGE.length)) return true;
  }
  return false;
}
