/**
 * The texts that an event stream spells out over its events: every string that stands at the same place in each
 * event's JSON, joined. A secret that is cut into several events is found there and nowhere else.
 */
export function eventTexts(body: string): ReadonlySet<string> {
  const joined = new Map<string, string>();
  for (const line of body.split(/\r\n|\r|\n/)) {
    if (!line.startsWith('data:')) continue;
    for (const [place, text] of stringsOf(parse(line.slice('data:'.length)), '')) {
      joined.set(place, (joined.get(place) ?? '') + text);
    }
  }
  return new Set(joined.values());
}

function* stringsOf(value: unknown, place: string): Iterable<readonly [string, string]> {
  if (typeof value === 'string') yield [place, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) yield* stringsOf(item, `${place}/${key}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
