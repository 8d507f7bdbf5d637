import { readAnthropicUsage, replaceCounts } from './anthropic-usage.ts';
import { isAbsent, objectOf, parseJson } from './json.ts';
import type { EventFate, JsonObject, StreamEvent, StreamReader } from './operation.ts';

const PASS: EventFate = { kind: 'pass' };

/**
 * Follows a stream of `messages`: `message_start` opens the usage, every `message_delta` restates it in full, and
 * `message_stop` ends the answer.
 */
export function readMessageStream(): StreamReader {
  let usage: JsonObject = {};
  let final = false;
  let failure: StreamEvent | undefined;
  return {
    concerns,
    read(event: StreamEvent) {
      if (concerns(event.raw.toString('latin1'))) {
        switch (event.name) {
          case 'message_start':
            usage = replaceCounts(usage, objectOf(objectOf(parseJson(event.data)).message).usage);
            break;
          case 'message_delta': {
            const data = objectOf(parseJson(event.data));
            usage = replaceCounts(usage, data.usage);
            final ||= !isAbsent(data.usage) && !isAbsent(objectOf(data.delta).stop_reason);
            break;
          }
          case 'message_stop':
            return { kind: 'end' };
          case 'error': {
            const data = objectOf(parseJson(event.data));
            usage = replaceCounts(usage, data.usage);
            final ||= !isAbsent(data.usage);
            failure = event;
            break;
          }
        }
      }
      return PASS;
    },
    // Before the last restatement the output is only what had been counted by then.
    reported: () => (final ? readAnthropicUsage(usage) : undefined),
    isFinal: () => final,
    isWhole: () => final,
    failure: () => failure,
  };
}

function concerns(events: string): boolean {
  return events.includes('message_') || events.includes('error');
}
