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

/** Every key and string of a JSON document, without the escapes that it may be written in; none where it is no JSON. */
export function documentTexts(body: string): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const { key, value } of jsonValues(parse(body))) {
    texts.add(key);
    if (typeof value === 'string') texts.add(value);
  }
  return texts;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
