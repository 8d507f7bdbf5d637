/** Reads what a JSON text has in it, before anything is made of it: how much structure, and which keys stand twice. */
import { printPlace } from './apis/wire-values.ts';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  isSpace,
  type Member,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  readKey,
  type ScannedObject,
  skipSpace,
  skipString,
} from './json-text.ts';

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
