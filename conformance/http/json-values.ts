/** A value inside a JSON document, the whole itself included. */
export interface JsonValue {
  /** The keys that lead to it, joined by slashes. */
  readonly place: string;
  /** The last of them; an index as a decimal, empty for the whole. */
  readonly key: string;
  readonly value: unknown;
}

/** Every value of a document. Not by recursion: a platform may nest deeper than the stack of this process. */
export function* jsonValues(json: unknown): Iterable<JsonValue> {
  const waiting: JsonValue[] = [{ place: '', key: '', value: json }];
  for (let found = waiting.pop(); found !== undefined; found = waiting.pop()) {
    yield found;
    const { place, value } = found;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, item] of Object.entries(value)) waiting.push({ place: `${place}/${key}`, key, value: item });
  }
}
