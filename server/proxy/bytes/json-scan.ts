/** A JSON text with an object at its root, and where the members of that object stand. */
export interface ScannedJson {
  readonly bytes: Buffer;
  /**
   * The bytes as Latin-1, so that offsets into it are offsets into the bytes. What gives JSON its structure is ASCII, and
   * walking along a string takes a fifth of the time that it takes along a buffer.
   */
  readonly text: string;
  readonly root: ScannedObject;
}

export interface ScannedObject {
  readonly members: readonly Member[];
  /** Offset of the opening brace. */
  readonly start: number;
}

/** A member of an object, as offsets into the text. */
export interface Member {
  readonly key: string;
  readonly valueStart: number;
  readonly valueEnd: number;
}

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** The text must be valid JSON with an object at its root: nothing is checked again. */
export function scanJson(bytes: Buffer, text = bytes.toString('latin1')): ScannedJson {
  return { bytes, text, root: scanObject(text, skipSpace(text, 0)) };
}

/** The member of that name which counts, of several the last one. */
export function memberOf(object: ScannedObject, key: string): Member | undefined {
  return object.members.findLast((member) => member.key === key);
}

/** The object that a member holds; undefined where it holds anything else. */
export function objectIn(text: string, { valueStart }: Member): ScannedObject | undefined {
  return text.charCodeAt(valueStart) === OPEN_BRACE ? scanObject(text, valueStart) : undefined;
}

/** How much structure a JSON text may have. */
export interface StructureLimits {
  /** Arrays and objects that stand in one another. */
  readonly levels: number;
  /** Values in all: a text of nothing but small ones takes forty times its size once it is parsed. */
  readonly values: number;
}

/** What a text has too much of. Looks at no more of it than that needs. */
export function excessOf(text: string, { levels, values }: StructureLimits): keyof StructureLimits | undefined {
  let depth = 0;
  let count = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = skipString(text, at) - 1;
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      depth += 1;
      count += 1;
      if (depth > levels) return 'levels';
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth -= 1;
    else if (code === COMMA) {
      count += 1;
      if (count > values) return 'values';
    }
  }
  return undefined;
}

function scanObject(text: string, start: number): ScannedObject {
  const members: Member[] = [];
  let at = skipSpace(text, start + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const keyEnd = skipString(text, at);
    const key = keyOf(text.slice(at + 1, keyEnd - 1));
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const valueEnd = skipValue(text, valueStart);
    members.push({ key, valueStart, valueEnd });
    at = skipSpace(text, valueEnd);
    if (text.charCodeAt(at) !== COMMA) break;
    at = skipSpace(text, at + 1);
  }
  return { members, start };
}

const PLAIN_KEY = /^[ -[\]-~]*$/;

/** A key may be written with escapes, and is UTF-8. */
function keyOf(written: string): string {
  if (PLAIN_KEY.test(written)) return written;
  return JSON.parse(Buffer.from(`"${written}"`, 'latin1').toString('utf8'));
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === SPACE || code === LF || code === CR || code === TAB;
}

/** From an opening quote to behind its closing one. */
function skipString(text: string, from: number): number {
  let at = from;
  for (;;) {
    at = text.indexOf('"', at + 1);
    if (at === -1) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
}

function skipValue(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return skipString(text, from);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return skipNested(text, from);
  let at = from;
  while (at < text.length && !endsLiteral(text.charCodeAt(at))) at += 1;
  return at;
}

function endsLiteral(code: number): boolean {
  return code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET || code <= SPACE;
}

function skipNested(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = skipString(text, at) - 1;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}
