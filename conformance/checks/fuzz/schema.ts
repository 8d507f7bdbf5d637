import { resolve } from '../../../contract/document.ts';
import { allowedTypes, type JsonType, type Schema } from '../../../contract/schema.ts';
import type { OpenApiDocument } from '../../../generated/bundles.ts';

/**
 * Whether a value obeys a schema of the contract. Judged here and not by a library, because what is judged is hostile:
 * keys called `__proto__`, and texts that libraries count in other units.
 */
export function obeys(document: OpenApiDocument, given: Schema, value: unknown): boolean {
  const schema = resolve<Schema>(document, given);
  if (schema.enum !== undefined) return schema.enum.includes(value);
  return allowedTypes(schema).some((type) => obeysAs(document, schema, type, value));
}

function obeysAs(document: OpenApiDocument, schema: Schema, type: JsonType, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value) && isInRange(schema, value as number);
    case 'number':
      return typeof value === 'number' && isInRange(schema, value);
    case 'string':
      return typeof value === 'string' && isInText(schema, value);
    case 'array':
      return Array.isArray(value) && isInList(document, schema, value);
    case 'object':
      return isObject(value) && isInShape(document, schema, value);
  }
}

function isInRange({ minimum, maximum }: Schema, value: number): boolean {
  return value >= (minimum ?? Number.NEGATIVE_INFINITY) && value <= (maximum ?? Number.POSITIVE_INFINITY);
}

/** JSON Schema counts characters, not UTF-16 units. */
function isInText({ minLength = 0, maxLength, pattern }: Schema, value: string): boolean {
  const { length } = [...value];
  if (length < minLength || length > (maxLength ?? Number.POSITIVE_INFINITY)) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(value);
}

function isInList(document: OpenApiDocument, { maxItems, items }: Schema, value: readonly unknown[]): boolean {
  if (value.length > (maxItems ?? Number.POSITIVE_INFINITY)) return false;
  return items === undefined || value.every((item) => obeys(document, items, item));
}

function isInShape(document: OpenApiDocument, schema: Schema, value: Readonly<Record<string, unknown>>): boolean {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  if (!required.every((name) => Object.hasOwn(value, name))) return false;
  return Object.entries(value).every(([name, field]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known !== undefined) return obeys(document, known, field);
    return typeof additionalProperties === 'boolean'
      ? additionalProperties
      : obeys(document, additionalProperties, field);
  });
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
