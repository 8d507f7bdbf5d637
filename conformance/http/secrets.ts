/**
 * Every secret of a run, so that none reaches a report, a message or the terminal: secrets are searched for by value,
 * as they are and in the encodings that a platform may answer them in.
 */
export interface Secrets {
  /**
   * Registers a secret under the name that stands for it: an environment variable's, because a replayed command line
   * shows that name. The first name of a value stays. Values under 4 characters are ignored: they are no secrets, and
   * hiding them would hide the evidence.
   */
  add(value: string, name: string): void;
  /** The text in pieces: plain ones, and the places where a secret stood. */
  split(text: string): readonly Piece[];
  /** The text with `[redacted NAME]` in the place of every secret. */
  redact(text: string): string;
}

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  /** Plain or encoded: what stood there was the secret of this name. */
  | { readonly kind: 'secret'; readonly name: string };

export type SecretForm = 'plain' | 'base64' | 'url-encoded' | 'json-escaped' | 'html-escaped' | 'hex';

const SHORTEST_SECRET = 4;

/** An empty collection: whatever makes or learns a secret adds it. */
export function createSecrets(): Secrets {
  /** What is searched for, in lower case and without escapes, each with the name that stands for it. */
  const sought = new Map<string, string>();

  function add(value: string, name: string): void {
    if (value.length < SHORTEST_SECRET) return;
    for (const [text] of writings(value)) {
      for (const layer of layersOf(text)) {
        const needle = inLowerCase(layer.text);
        if (needle.length >= SHORTEST_SECRET && !sought.has(needle)) sought.set(needle, name);
      }
    }
  }

  function split(text: string): readonly Piece[] {
    const pieces: Piece[] = [];
    let end = 0;
    for (const hit of merged(hitsIn(text, sought))) {
      if (hit.from > end) pieces.push({ kind: 'text', text: text.slice(end, hit.from) });
      pieces.push({ kind: 'secret', name: hit.name });
      end = hit.to;
    }
    if (end < text.length || pieces.length === 0) pieces.push({ kind: 'text', text: text.slice(end) });
    return pieces;
  }

  function redact(text: string): string {
    return split(text)
      .map((piece) => (piece.kind === 'text' ? piece.text : `[redacted ${piece.name}]`))
      .join('');
  }

  return { add, split, redact };
}

/** A stretch of a text that is a secret. */
interface Hit {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

/** Every occurrence, in whatever layer of escapes it stands. */
function hitsIn(text: string, sought: ReadonlyMap<string, string>): readonly Hit[] {
  const hits: Hit[] = [];
  for (const layer of layersOf(text)) {
    const searched = inLowerCase(layer.text);
    for (const [needle, name] of sought) {
      for (let at = searched.indexOf(needle); at >= 0; at = searched.indexOf(needle, at + 1)) {
        hits.push({ from: layer.startAt(at), to: layer.endAt(at + needle.length), name });
      }
    }
  }
  return hits;
}

/** In order, without overlaps. Of two that begin at one place the longer gives the name: it contains the other. */
function merged(hits: readonly Hit[]): readonly Hit[] {
  const inOrder = [...hits].sort((a, b) => a.from - b.from || b.to - a.to);
  const apart: Hit[] = [];
  for (const hit of inOrder) {
    const last = apart.at(-1);
    if (last === undefined || hit.from >= last.to) apart.push(hit);
    else if (hit.to > last.to) apart[apart.length - 1] = { ...last, to: hit.to };
  }
  return apart;
}

/** The names of headers arrive in lower case, and hex is written in either. Only ASCII, so that no place moves. */
function inLowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

const HTML_ENTITIES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' };

/** The ways a value is written in headers, bodies and streams; the plain one first. */
export function writings(value: string): readonly (readonly [string, SecretForm])[] {
  const encoded = encodeURIComponent(value);
  const hex = Buffer.from(value).toString('hex');
  return [
    [value, 'plain'],
    [JSON.stringify(value).slice(1, -1), 'json-escaped'],
    [value.replace(/[&<>"']/g, (sign) => `&${HTML_ENTITIES[sign]};`), 'html-escaped'],
    [encoded, 'url-encoded'],
    [encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()), 'url-encoded'],
    [hex, 'hex'],
    [hex.toUpperCase(), 'hex'],
    ...base64Writings(value).map((text) => [text, 'base64'] as const),
  ];
}

/**
 * A secret inside a longer encoded text (`user:secret`) starts at any of three offsets, and its first and last
 * character are mixed with what stands beside it: those are left out, which still hides all but a few bits.
 */
function base64Writings(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const whole = [bytes.toString('base64'), bytes.toString('base64url')];
  const inside = [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor((padded.length * 8) / 6);
    return (['base64', 'base64url'] as const).map((encoding) => padded.toString(encoding).slice(from, to));
  });
  return [...whole, ...inside];
}

/** A text with one layer of escapes undone, and where its characters stood before. */
export interface Unescaped {
  readonly text: string;
  /** The place in the original text at which the character at this place begins. */
  startAt(at: number): number;
  /** The place in the original text at which the character before this place ends. */
  endAt(at: number): number;
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
    keep(unescapeMatch(match), match.index, done);
  }
  if (done === 0) return undefined;
  keep(text.slice(done), done);
  return { text: kept.join(''), startAt: (at) => starts[at] ?? text.length, endAt: (at) => ends[at - 1] ?? 0 };
}

function unescapeMatch([, unicode, hex, percent, entityHex, entityDecimal, entityName]: RegExpExecArray): string {
  const digits = unicode ?? hex ?? percent ?? entityHex;
  if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16));
  if (entityDecimal !== undefined) return String.fromCharCode(Number(entityDecimal));
  return ENTITIES[entityName?.toLowerCase() ?? ''] ?? '';
}

/** Layers that are undone: a body in JSON in an event, and one for what a platform adds by accident. */
const MOST_LAYERS = 4;

/** The text as it is, then with its escapes undone, layer by layer; places are those of the text itself. */
export function* layersOf(text: string): Iterable<Unescaped> {
  let layer: Unescaped = { text, startAt: (at) => at, endAt: (at) => at };
  yield layer;
  for (let count = 0; count < MOST_LAYERS; count += 1) {
    const next = unescapeOnce(layer.text);
    if (next === undefined) return;
    const outer = layer;
    layer = {
      text: next.text,
      startAt: (at) => outer.startAt(next.startAt(at)),
      endAt: (at) => outer.endAt(next.endAt(at)),
    };
    yield layer;
  }
}
