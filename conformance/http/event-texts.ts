import { jsonValues } from './json-values.ts';

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
