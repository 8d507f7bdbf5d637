/** Reads where the members of a JSON object stand, and changes single values without touching any other byte. */

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

interface ScannedObject {
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
function findMember(object: ScannedObject, key: string): Member | undefined {
  return object.members.findLast((member) => member.key === key);
}

/** The object that a member holds; undefined where it holds anything else. */
function objectIn(text: string, { valueStart }: Member): ScannedObject | undefined {
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
export function findExcess(text: string, { levels, values }: StructureLimits): keyof StructureLimits | undefined {
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
    const key = readKey(text.slice(at + 1, keyEnd - 1));
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
function readKey(written: string): string {
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

/** Puts a value at a place of a JSON text. */
export interface JsonEdit {
  /** Keys from the outermost object inwards. Objects that are missing on the way are made. */
  readonly path: readonly string[];
  /** The value, as JSON text. */
  readonly json: string;
}

/**
 * Applies edits to the bytes of a JSON object and leaves every other byte as it is. A value that stands at the place
 * already is replaced (of a key that occurs twice the last one, which is the one that counts); a new member goes behind
 * the last one of its object.
 */
export function editJson(json: ScannedJson, edits: readonly JsonEdit[]): Buffer {
  const [first, ...others] = edits;
  if (first === undefined) return json.bytes;
  return others.reduce((bytes, edit) => applyEdit(scanJson(bytes), edit), applyEdit(json, first));
}

/** A key that an object has twice, or undefined. `path` leads to the object; where it leads nowhere, there is none. */
export function findDuplicateKey({ text, root }: ScannedJson, path: readonly string[]): string | undefined {
  let object: ScannedObject | undefined = root;
  for (const key of path) {
    const member = findMember(object, key);
    object = member && objectIn(text, member);
    if (object === undefined) return undefined;
  }
  const seen = new Set<string>();
  for (const { key } of object.members) {
    if (seen.has(key)) return key;
    seen.add(key);
  }
  return undefined;
}

function applyEdit({ bytes, text, root }: ScannedJson, { path, json }: JsonEdit): Buffer {
  let object = root;
  for (const [depth, key] of path.entries()) {
    const rest = path.slice(depth + 1);
    const member = findMember(object, key);
    if (member === undefined) return insertMember(bytes, object, `${JSON.stringify(key)}:${nest(rest, json)}`);
    const inner = rest.length === 0 ? undefined : objectIn(text, member);
    if (inner === undefined) return replace(bytes, member.valueStart, member.valueEnd, nest(rest, json));
    object = inner;
  }
  return bytes;
}

function nest(path: readonly string[], json: string): string {
  return path.reduceRight((inner, key) => `{${JSON.stringify(key)}:${inner}}`, json);
}

function insertMember(bytes: Buffer, object: ScannedObject, text: string): Buffer {
  const last = object.members.at(-1);
  if (last === undefined) return replace(bytes, object.start + 1, object.start + 1, text);
  return replace(bytes, last.valueEnd, last.valueEnd, `,${text}`);
}

function replace(bytes: Buffer, start: number, end: number, text: string): Buffer {
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(text), bytes.subarray(end)]);
}
