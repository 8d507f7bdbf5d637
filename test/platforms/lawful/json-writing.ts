/** A change of every value of a JSON document, the innermost first. */
export function everywhere(change: (value: unknown) => unknown): (json: unknown) => unknown {
  const edit = (json: unknown): unknown => {
    if (Array.isArray(json)) return change(json.map(edit));
    if (!isObject(json)) return change(json);
    return change(Object.fromEntries(Object.entries(json).map(([name, value]) => [name, edit(value)])));
  };
  return edit;
}

export function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** The same document in other words: the last key first, escapes where none are needed, and `space` between tokens. */
export function respelled(json: unknown, space: string): string {
  if (Array.isArray(json))
    return `[${space}${json.map((item) => respelled(item, space)).join(`${space},${space}`)}${space}]`;
  if (isObject(json)) {
    const pairs = Object.entries(json).map(
      ([name, value]) => `${escaped(name)}${space}:${space}${respelled(value, space)}`,
    );
    return `{${space}${pairs.toReversed().join(`${space},${space}`)}${space}}`;
  }
  return typeof json === 'string' ? escaped(json) : JSON.stringify(json);
}

/** Every character as `\uXXXX`. */
function escaped(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0'));
  return `"${units.map((unit) => `\\u${unit}`).join('')}"`;
}
