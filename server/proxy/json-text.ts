/**
 * Reads what a JSON text has in it before anything is made of it (how much structure, which keys stand twice, where the
 * members are), and changes single values without touching any other byte.
 */
import { printPlace } from './apis/wire-values.ts';

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
interface Member {
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

function scanObject(text: string, start: number): ScannedObject {
  const members: Member[] = [];
  let at = skipSpace(text, start + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const keyEnd = skipString(text, at);
    const key = readKey(text, at + 1, keyEnd - 1);
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const valueEnd = skipValue(text, valueStart);
    members.push({ key, valueStart, valueEnd });
    at = skipSpace(text, valueEnd);
    if (text.charCodeAt(at) !== COMMA) break;
    at = skipSpace(text, at + 1);
  }
  return { members, start };
}

const NOT_ASCII = /[^\0-\x7f]/;
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** A key may be written with escapes, and is UTF-8. To have each parsed as JSON would take many times as long. */
function readKey(text: string, start: number, end: number): string {
  const bytes = text.slice(start, end);
  const written = NOT_ASCII.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;
  let key = '';
  let from = 0;
  for (let at = written.indexOf('\\'); at !== -1; at = written.indexOf('\\', from)) {
    const letter = written.charAt(at + 1);
    key += written.slice(from, at);
    key +=
      letter === 'u' ? String.fromCharCode(Number(`0x${written.slice(at + 2, at + 6)}`)) : (ESCAPES[letter] ?? letter);
    from = at + (letter === 'u' ? 6 : 2);
  }
  return from === 0 ? written : key + written.slice(from);
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

/** How much structure a JSON text may have. */
export interface StructureLimits {
  /** Arrays and objects that stand in one another. */
  readonly levels: number;
  /** Values in all: a text of nothing but small ones takes forty times its size once it is parsed. */
  readonly values: number;
  /** Members of all objects: each takes ten times as long as a number in a list. */
  readonly members: number;
}

/** What a text of valid JSON has in it, found in one pass. For any other text it means nothing. */
export type Structure =
  | { readonly kind: 'excess'; readonly of: keyof StructureLimits }
  | {
      readonly kind: 'structure';
      readonly root: ScannedObject;
      /** Where the first key stands that its object has already, however it is escaped and however deep: `tools[0].type`. */
      readonly duplicate: string | undefined;
    };

/** One pass over a text, in pieces, so that others get their turn in between. */
export interface StructureScan {
  /** Goes on for about so many characters. The structure, once it is known; undefined where there is more to be read. */
  advance(characters: number): Structure | undefined;
}

/** Up to so many keys it is quicker to compare each with the others than to remember them in a set. */
const FEW_KEYS = 12;

/** An array or object that is open. One of each depth is used again and again: a text may have a million. */
interface Level {
  isObject: boolean;
  /** Whether the next string is a key. */
  isKeyNext: boolean;
  /** The key or the index of the value that the scan is in. */
  at: string | number;
  readonly few: string[];
  many: Set<string> | undefined;
}

interface Scan {
  readonly text: string;
  at: number;
  readonly levels: Level[];
  depth: number;
  values: number;
  members: number;
  readonly rootMembers: Member[];
  /** Where the root begins, and the value of its member that the scan is in. */
  start: number;
  valueStart: number;
  duplicate: string | undefined;
}

/** Looks at all objects: limits, keys that stand twice, and where the members of the root are. */
export function scanStructure(text: string, limits: StructureLimits): StructureScan {
  const scan: Scan = {
    text,
    at: 0,
    levels: [],
    depth: 0,
    values: 1,
    members: 0,
    rootMembers: [],
    start: 0,
    valueStart: 0,
    duplicate: undefined,
  };
  return {
    advance(characters) {
      const until = Math.min(scan.at + characters, text.length);
      for (; scan.at < until; scan.at += 1) {
        if (!passToken(scan)) continue;
        const of = findExcess(scan, limits);
        if (of !== undefined) return { kind: 'excess', of };
      }
      if (scan.at < text.length) return undefined;
      return { kind: 'structure', root: { members: scan.rootMembers, start: scan.start }, duplicate: scan.duplicate };
    },
  };
}

/** Takes in the character or string at which the scan is; true where there is more of something now. */
function passToken(scan: Scan): boolean {
  switch (scan.text.charCodeAt(scan.at)) {
    case QUOTE:
      return passString(scan);
    case OPEN_BRACE:
      return open(scan, true);
    case OPEN_BRACKET:
      return open(scan, false);
    case COMMA:
      return passComma(scan);
    case CLOSE_BRACE:
    case CLOSE_BRACKET:
      endRootMember(scan);
      if (scan.depth > 0) scan.depth -= 1;
      return false;
    default:
      return false;
  }
}

function passString(scan: Scan): boolean {
  const start = scan.at;
  const end = skipString(scan.text, start);
  scan.at = end - 1;
  const level = scan.levels[scan.depth - 1];
  if (!level?.isKeyNext) return false;
  const key = readKey(scan.text, start + 1, end - 1);
  level.isKeyNext = false;
  level.at = key;
  scan.members += 1;
  if (scan.duplicate === undefined && isTaken(level, key)) {
    scan.duplicate = printPlace(scan.levels.slice(0, scan.depth).map(({ at }) => at));
  }
  if (scan.depth === 1) scan.valueStart = skipSpace(scan.text, skipSpace(scan.text, end) + 1);
  return true;
}

function open(scan: Scan, isObject: boolean): boolean {
  if (scan.depth === 0) scan.start = scan.at;
  const level: Level = scan.levels[scan.depth] ?? { isObject, isKeyNext: isObject, at: 0, few: [], many: undefined };
  level.isObject = isObject;
  level.isKeyNext = isObject;
  level.at = 0;
  level.few.length = 0;
  level.many = undefined;
  scan.levels[scan.depth] = level;
  scan.depth += 1;
  scan.values += 1;
  return true;
}

function passComma(scan: Scan): boolean {
  endRootMember(scan);
  scan.values += 1;
  const level = scan.levels[scan.depth - 1];
  if (level === undefined) return true;
  level.isKeyNext = level.isObject;
  if (typeof level.at === 'number') level.at += 1;
  return true;
}

/** A value of the root ends before the comma or brace at which the scan is. */
function endRootMember({ text, at, levels: [root], depth, rootMembers, valueStart }: Scan): void {
  if (depth !== 1 || root?.isObject !== true || typeof root.at !== 'string' || root.isKeyNext) return;
  let valueEnd = at;
  while (isSpace(text.charCodeAt(valueEnd - 1))) valueEnd -= 1;
  rootMembers.push({ key: root.at, valueStart, valueEnd });
}

function findExcess({ depth, values, members }: Scan, limits: StructureLimits): keyof StructureLimits | undefined {
  if (depth > limits.levels) return 'levels';
  if (members > limits.members) return 'members';
  return values > limits.values ? 'values' : undefined;
}

/** Whether an object that is open has the key already; it has it from now on. */
function isTaken(level: Level, key: string): boolean {
  const { few, many } = level;
  if (many !== undefined) return many.size === many.add(key).size;
  if (few.includes(key)) return true;
  few.push(key);
  if (few.length > FEW_KEYS) level.many = new Set(few);
  return false;
}

/** The object with those members alone, each value byte for byte as it is, and with others put in their place or added. */
export function pickMembers(
  { bytes, root }: ScannedJson,
  keep: (key: string) => boolean,
  added: Readonly<Record<string, string>>,
): Buffer {
  const kept = root.members.filter(({ key }) => keep(key) && !Object.hasOwn(added, key));
  const pieces = [
    ...kept.map(({ key, valueStart, valueEnd }) => [key, bytes.subarray(valueStart, valueEnd)] as const),
    ...Object.entries(added).map(([key, json]) => [key, Buffer.from(json)] as const),
  ].flatMap(([key, value], index) => [Buffer.from(`${index === 0 ? '{' : ','}${JSON.stringify(key)}:`), value]);
  return Buffer.concat([...pieces, Buffer.from(pieces.length === 0 ? '{}' : '}')]);
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
export function editJson({ bytes, text, root }: ScannedJson, edits: readonly JsonEdit[]): Buffer {
  if (edits.length === 0) return bytes;
  const splices: Splice[] = [];
  spliceObject(text, root, edits, splices);
  const pieces: Buffer[] = [];
  let from = 0;
  for (const { start, end, json } of splices.toSorted((one, other) => one.start - other.start)) {
    pieces.push(bytes.subarray(from, start), Buffer.from(json));
    from = end;
  }
  return Buffer.concat([...pieces, bytes.subarray(from)]);
}

/** What takes the place of the bytes from `start` to `end`. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly json: string;
}

/** Every byte that stays is looked at once, however many edits there are. */
function spliceObject(text: string, object: ScannedObject, edits: readonly JsonEdit[], splices: Splice[]): void {
  const last = object.members.at(-1);
  const added: string[] = [];
  for (const [key, inside] of Map.groupBy(edits, ({ path }) => path[0] ?? '')) {
    const member = findMember(object, key);
    const deeper = inside.map(({ path, json }) => ({ path: path.slice(1), json }));
    const inner = member && deeper.every(({ path }) => path.length > 0) ? objectIn(text, member) : undefined;
    if (inner !== undefined) spliceObject(text, inner, deeper, splices);
    else if (member === undefined) added.push(`${JSON.stringify(key)}:${nest(deeper)}`);
    else splices.push({ start: member.valueStart, end: member.valueEnd, json: nest(deeper) });
  }
  if (added.length === 0) return;
  const start = last?.valueEnd ?? object.start + 1;
  splices.push({ start, end: start, json: (last === undefined ? '' : ',') + added.join(',') });
}

/** The value that edits make where there is none. */
function nest(edits: readonly JsonEdit[]): string {
  const whole = edits.find(({ path }) => path.length === 0);
  if (whole !== undefined) return whole.json;
  const members = [...Map.groupBy(edits, ({ path }) => path[0] ?? '')].map(([key, inside]) => {
    return `${JSON.stringify(key)}:${nest(inside.map(({ path, json }) => ({ path: path.slice(1), json })))}`;
  });
  return `{${members.join(',')}}`;
}
