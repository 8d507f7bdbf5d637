/** A text with one layer of escapes undone, and where its characters stood before. */
export interface Unescaped {
  readonly text: string;
  /** The place in the original text at which the character at this place begins. */
  startOf(at: number): number;
  /** The place in the original text at which the character before this place ends. */
  endOf(at: number): number;
}

/**
 * JSON and JavaScript escapes, percent encoding and HTML entities; lone backslashes, because JSON inside of JSON has more
 * of them with every layer; and line ends, over which encoders break a long text, with the field name of an event.
 */
const ESCAPES =
  /\\+u([0-9a-f]{4})|\\+x([0-9a-f]{2})|%([0-9a-f]{2})|&#x0*([0-9a-f]{1,4});|&#0*(\d{1,5});|&(amp|lt|gt|quot|apos);|(?:\\+[rn]|[\r\n])+(?:data: ?)?|\\+/gi;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Undoes one layer; undefined where there is none. */
export function unescapeOnce(text: string): Unescaped | undefined {
  const starts: number[] = [];
  const ends: number[] = [];
  const kept: string[] = [];
  let done = 0;
  const keep = (piece: string, from: number, to?: number) => {
    kept.push(piece);
    for (let at = 0; at < piece.length; at += 1) {
      starts.push(to === undefined ? from + at : from);
      ends.push(to ?? from + at + 1);
    }
  };
  for (const match of text.matchAll(ESCAPES)) {
    keep(text.slice(done, match.index), done);
    done = match.index + match[0].length;
    keep(characterOf(match), match.index, done);
  }
  if (done === 0) return undefined;
  keep(text.slice(done), done);
  return { text: kept.join(''), startOf: (at) => starts[at] ?? text.length, endOf: (at) => ends[at - 1] ?? 0 };
}

function characterOf([, unicode, hex, percent, entityHex, entityDecimal, entityName]: RegExpExecArray): string {
  const digits = unicode ?? hex ?? percent ?? entityHex;
  if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16));
  if (entityDecimal !== undefined) return String.fromCharCode(Number(entityDecimal));
  return ENTITIES[entityName?.toLowerCase() ?? ''] ?? '';
}

/** Layers that are undone: a body in JSON in an event, and one for what a platform adds by accident. */
const MOST_LAYERS = 4;

/** The text as it is, then with its escapes undone, layer by layer; places are those of the text itself. */
export function* layersOf(text: string): Iterable<Unescaped> {
  let layer: Unescaped = { text, startOf: (at) => at, endOf: (at) => at };
  yield layer;
  for (let count = 0; count < MOST_LAYERS; count += 1) {
    const next = unescapeOnce(layer.text);
    if (next === undefined) return;
    const outer = layer;
    layer = {
      text: next.text,
      startOf: (at) => outer.startOf(next.startOf(at)),
      endOf: (at) => outer.endOf(next.endOf(at)),
    };
    yield layer;
  }
}
