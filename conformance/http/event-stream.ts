import { createParser } from 'eventsource-parser';
import { type HttpResponse, jsonValues } from './http-call.ts';

/**
 * The texts that an event stream spells out over its events: every string that stands at the same place in each
 * event's JSON, joined. A secret that is cut into several events is found there and nowhere else.
 */
export function eventTexts(body: string): ReadonlySet<string> {
  const joined = new Map<string, string>();
  for (const line of body.split(/\r\n|\r|\n/)) {
    if (!line.startsWith('data:')) continue;
    for (const { place, value } of jsonValues(parse(line.slice('data:'.length)))) {
      if (typeof value === 'string') joined.set(place, (joined.get(place) ?? '') + value);
    }
  }
  return new Set(joined.values());
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The data of every server-sent event, in order; JSON parsed, what is no JSON (`[DONE]`) as text. */
export function parseEvents({ response }: { readonly response: Pick<HttpResponse, 'text'> }): readonly unknown[] {
  const events: unknown[] = [];
  const parser = createParser({ onEvent: ({ data }) => events.push(parsed(data)) });
  // An end without an empty line would leave the last event unread.
  parser.feed(`${response.text}\n\n`);
  return events;
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
