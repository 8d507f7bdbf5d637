import { memberOf, objectIn, type ScannedJson, type ScannedObject, scanJson } from './json-scan.ts';

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
    const member = memberOf(object, key);
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
    const member = memberOf(object, key);
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
