/** Puts a value at a place of a JSON text. */
export interface JsonEdit {
  /** Keys from the outermost object inwards. Objects that are missing on the way are made. */
  readonly path: readonly string[];
  /** The value, as JSON text. */
  readonly json: string;
}

/** A member of an object, as offsets into the text. */
interface Member {
  readonly key: string;
  readonly valueStart: number;
  readonly valueEnd: number;
}

interface ScannedObject {
  readonly members: readonly Member[];
  /** Offset of the opening brace. */
  readonly start: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Applies edits to the bytes of a JSON object and leaves every other byte as it is. A value that stands at the place
 * already is replaced (of a key that occurs twice the last one, which is the one that counts); a new member goes behind
 * the last one of its object. The text must be valid JSON with an object at its root: offsets are not checked again.
 */
export function editJson(bytes: Buffer, edits: readonly JsonEdit[]): Buffer {
  return edits.reduce(applyEdit, bytes);
}

/** A key that an object has twice, or undefined. `path` leads to the object; where it leads nowhere, there is none. */
export function findDuplicateKey(bytes: Buffer, path: readonly string[]): string | undefined {
  let object = scanObject(bytes, skipSpace(bytes, 0));
  for (const key of path) {
    const member = object.members.findLast((candidate) => candidate.key === key);
    if (member === undefined || bytes[member.valueStart] !== OPEN_BRACE) return undefined;
    object = scanObject(bytes, member.valueStart);
  }
  const seen = new Set<string>();
  for (const { key } of object.members) {
    if (seen.has(key)) return key;
    seen.add(key);
  }
  return undefined;
}

function applyEdit(bytes: Buffer, { path, json }: JsonEdit): Buffer {
  let object = scanObject(bytes, skipSpace(bytes, 0));
  for (const [depth, key] of path.entries()) {
    const rest = path.slice(depth + 1);
    const member = object.members.findLast((candidate) => candidate.key === key);
    if (member === undefined) return insertMember(bytes, object, `${JSON.stringify(key)}:${nest(rest, json)}`);
    if (rest.length === 0 || bytes[member.valueStart] !== OPEN_BRACE) {
      return replace(bytes, member.valueStart, member.valueEnd, nest(rest, json));
    }
    object = scanObject(bytes, member.valueStart);
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

function scanObject(bytes: Buffer, start: number): ScannedObject {
  const members: Member[] = [];
  let at = skipSpace(bytes, start + 1);
  while (bytes[at] === QUOTE) {
    const keyEnd = skipString(bytes, at);
    const key: string = JSON.parse(bytes.toString('utf8', at, keyEnd));
    const valueStart = skipSpace(bytes, skipSpace(bytes, keyEnd) + 1);
    const valueEnd = skipValue(bytes, valueStart);
    members.push({ key, valueStart, valueEnd });
    at = skipSpace(bytes, valueEnd);
    if (bytes[at] !== COMMA) break;
    at = skipSpace(bytes, at + 1);
  }
  return { members, start };
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1;
  return at;
}

/** From an opening quote to behind its closing one. */
function skipString(bytes: Buffer, from: number): number {
  let at = from;
  for (;;) {
    at = bytes.indexOf(QUOTE, at + 1);
    if (at === -1) return bytes.length;
    let backslashes = 0;
    while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
}

function skipValue(bytes: Buffer, from: number): number {
  const first = bytes[from];
  if (first === QUOTE) return skipString(bytes, from);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return skipNested(bytes, from);
  let at = from;
  while (at < bytes.length && !endsLiteral(bytes[at])) at += 1;
  return at;
}

function endsLiteral(byte: number | undefined): boolean {
  return byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || (byte !== undefined && byte <= 0x20);
}

function skipNested(bytes: Buffer, from: number): number {
  let depth = 0;
  let at = from;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = skipString(bytes, at);
      continue;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
  return at;
}
