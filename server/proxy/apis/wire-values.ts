/** Values from outside: of a caller's request and of a provider's response. Nothing is known about them before it is checked. */
import type { ServedTerm, TermField } from '../charges/served-terms.ts';
import type { FieldMeaning, UsageFields } from '../charges/usage-fields.ts';

/** A JSON object from outside. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, or an empty one in place of anything else. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** A list, or an empty one in place of anything else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** APIs take one object in place of a list of one. */
export function oneOrMore(value: unknown): readonly unknown[] {
  return isObject(value) ? [value] : asList(value);
}

/** A text, or an empty one in place of anything else: to convert an object may throw. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** A count that a provider reported: zero where it is left out, NaN where it is not a count, which is then not believed. */
export function asCount(value: unknown): number {
  if (isAbsent(value)) return 0;
  return isCount(value) ? value : Number.NaN;
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** JSON that a provider sent; undefined where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with a request. */
export interface RequestProblem {
  readonly message: string;
  /** The place of the wrong parameter, with dots. */
  readonly param: string | null;
}

/** A place in a JSON text, from the outside inwards, as people write it: `tools[0].type`. */
export function printPlace(keys: readonly (string | number)[]): string {
  return keys
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}

/** More names than that say no more to an operator. */
const MAX_UNKNOWN_FIELDS = 8;
/** Of what providers name their fields. Anything else is not repeated to anybody. */
const FIELD_NAME = /^[A-Za-z]\w{0,63}$/;

/**
 * The fields of a usage that may be charged in a way that is not known: those that the table does not have, or says so of.
 * Names with dots, at most eight, without values. A field that is null, false, zero or empty says that nothing was used:
 * providers send new ones so, long before anybody uses what they count.
 */
export function findUnknownFields(usage: unknown, known: UsageFields): readonly string[] {
  const found = new Set<string>();
  const visit = (value: unknown, path: string, meaning: UsageFields | FieldMeaning | undefined): void => {
    if (meaning === undefined || meaning === 'told') {
      if (saysSomething(value)) found.add(path);
      return;
    }
    if (typeof meaning === 'string') return;
    for (const object of (Array.isArray(value) ? value : [value]).filter(isObject)) {
      for (const [name, inner] of Object.entries(object)) {
        const shown = FIELD_NAME.test(name) ? name : '?';
        visit(
          inner,
          path === '' ? shown : `${path}.${shown}`,
          Object.hasOwn(meaning, name) ? meaning[name] : undefined,
        );
      }
    }
  };
  visit(usage, '', known);
  return [...found].slice(0, MAX_UNKNOWN_FIELDS);
}

/** What stands deeper than that is taken for something. */
const MAX_DEPTH = 20;

function saysSomething(value: unknown, depth = 0): boolean {
  if (typeof value === 'object' && value !== null) {
    return depth > MAX_DEPTH || Object.values(value).some((inner) => saysSomething(inner, depth + 1));
  }
  return !isAbsent(value) && value !== 0 && value !== '' && value !== false;
}

/** The terms that an answer names. A term that it leaves out is as it was asked for. */
export function readTerms(named: Readonly<Partial<Record<TermField, unknown>>>): readonly ServedTerm[] {
  return (Object.entries(named) as [TermField, unknown][]).flatMap(([field, value]) =>
    isAbsent(value) || value === '' ? [] : [{ field, value: (asText(value) || 'unreadable').trim().toLowerCase() }],
  );
}
