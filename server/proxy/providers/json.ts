import type { Consumption } from '../../money/prices.ts';
import type { JsonObject, RequestReading } from './operation.ts';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, or an empty one in place of anything else. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text, or an empty one in place of anything else: objects from the wire may refuse to become one. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** A count that a provider reported: zero where it is left out, NaN where it is no count. */
export function countOf(value: unknown): number {
  if (isAbsent(value)) return 0;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : Number.NaN;
}

/** The counts, if all of them are counts: a usage that does not make sense is none. */
export function soundConsumption(consumption: Consumption): Consumption | undefined {
  return Object.values(consumption).every((count) => Number.isSafeInteger(count) && count >= 0)
    ? consumption
    : undefined;
}

/** JSON that a provider sent, or undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A field of a request that is wrong. */
export interface Fault {
  readonly param: string;
  readonly message: string;
}

/** Collects what is wrong with a request while it is read; the first fault is the one that is answered. */
export interface RequestCheck {
  /** The value where it is true or false; false where it is absent. */
  flag(object: JsonObject, key: string): boolean;
  /** The value where it is a positive whole number; undefined where it is absent. */
  positive(object: JsonObject, key: string): number | undefined;
  /** The value where it is text with something in it; undefined where it is absent. */
  name(object: JsonObject, key: string): string | undefined;
  /** The value where it is an object; an empty one where it is absent. */
  object(object: JsonObject, key: string): JsonObject;
  fault(param: string, message: string): void;
  /** Undefined where nothing is wrong so far. */
  firstFault(): Fault | undefined;
}

/** Largest number that a request may ask for, so that products of two stay exact. */
const MOST = 100_000_000;

export function checkRequest(): RequestCheck {
  let firstFault: Fault | undefined;
  const fault = (param: string, message: string) => {
    firstFault ??= { param, message };
  };
  function read<T>(object: JsonObject, key: string, expected: string, accept: (value: unknown) => value is T) {
    const value = object[key];
    if (isAbsent(value)) return undefined;
    if (accept(value)) return value;
    fault(key, `${key}: expected ${expected}.`);
    return undefined;
  }
  return {
    flag: (object, key) => read(object, key, 'true or false', (value) => typeof value === 'boolean') ?? false,
    positive: (object, key) => read(object, key, 'a positive whole number', isPositive),
    name: (object, key) => read(object, key, 'text', isName),
    object: (object, key) => read(object, key, 'an object', isObject) ?? {},
    fault,
    firstFault: () => firstFault,
  };
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= MOST;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

export function malformed({ param, message }: Fault): RequestReading {
  return { kind: 'malformed', message, param };
}
