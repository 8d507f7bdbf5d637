import { createParser } from 'eventsource-parser';
import type { Answer } from '../../http/http-call.ts';

/** The data of every server-sent event, in order; JSON parsed, what is no JSON (`[DONE]`) as text. */
export function eventsOf({ answer }: { readonly answer: Pick<Answer, 'text'> }): readonly unknown[] {
  const events: unknown[] = [];
  const parser = createParser({ onEvent: ({ data }) => events.push(parsed(data)) });
  // An end without an empty line would leave the last event unread.
  parser.feed(`${answer.text}\n\n`);
  return events;
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
