/** Values from outside: of a caller's request and of a provider's response. Nothing is known about them before it is checked. */
import type { Consumption } from '../../money/prices.ts';

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

/** A count that a provider reported: zero where it is left out, NaN where it is not a count. */
export function asCount(value: unknown): number {
  if (isAbsent(value)) return 0;
  return isCount(value) ? value : Number.NaN;
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** The consumption, if each of its counts is one: a usage that makes no sense is no usage. */
export function soundConsumption(consumption: Consumption): Consumption | undefined {
  return Object.values(consumption).every(isCount) ? consumption : undefined;
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
