import { resolve } from '../../../contract/document.ts';
import { allowedTypes, type JsonType, type Schema } from '../../../contract/schema.ts';
import type { OpenApiDocument } from '../../../generated/bundles.ts';
import type { Chance } from './chance.ts';
import { obeys } from './schema.ts';

/** A value that obeys the schema; undefined where no text of ours fits its pattern. */
export function validValue(document: OpenApiDocument, given: Schema, chance: Chance): unknown {
  const schema = resolve<Schema>(document, given);
  if (schema.enum !== undefined) return chance.pick(schema.enum);
  switch (chance.pick(allowedTypes(schema))) {
    case 'null':
      return null;
    case 'boolean':
      return chance.oneIn(2);
    case 'integer':
    case 'number':
      return validNumber(schema, chance);
    case 'string':
      return validText(document, schema, chance);
    case 'array':
      return Array.from({ length: chance.int(3) }, () => validValue(document, schema.items ?? ANY_TEXT, chance)).filter(
        (item) => item !== undefined,
      );
    case 'object':
      return validObject(document, schema, chance);
  }
}

const ANY_TEXT: Schema = { type: 'string' };

function validNumber({ minimum = 0, maximum = 2 ** 31 - 1 }: Schema, chance: Chance): number {
  return chance.pick([minimum, minimum + 1, minimum + chance.int(1000), maximum]);
}

function validText(document: OpenApiDocument, schema: Schema, chance: Chance): string | undefined {
  const letters = Array.from({ length: 1 + chance.int(12) }, () => chance.pick([...'abcXYZ019-_.'])).join('');
  const texts = [letters, letters, `${letters} Zoë 日本`, '🦀', 'x'.repeat(schema.maxLength ?? 300), 'a', '60', 'null'];
  const fitting = texts.filter((text) => obeys(document, { ...schema, type: 'string' }, text));
  return fitting.length === 0 ? undefined : chance.pick(fitting);
}

function validObject(document: OpenApiDocument, schema: Schema, chance: Chance): object {
  const { properties = {}, required = [] } = schema;
  const names = Object.keys(properties).filter((name) => required.includes(name) || chance.oneIn(2));
  const fields = names.map((name) => [name, validValue(document, properties[name] ?? ANY_TEXT, chance)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

/** A value of a JSON type that the schema does not allow; undefined where it allows all. */
export function wrongType(document: OpenApiDocument, given: Schema, chance: Chance): unknown {
  const schema = resolve<Schema>(document, given);
  const allowed = allowedTypes(schema.enum === undefined ? schema : { type: [...new Set(schema.enum.map(jsonType))] });
  const others = (Object.keys(OF_TYPE) as (keyof typeof OF_TYPE)[]).filter((type) => !allowed.includes(type));
  return others.length === 0 ? undefined : chance.pick(OF_TYPE[chance.pick(others)]);
}

const OF_TYPE = {
  string: ['', 'x', '1', 'true'],
  integer: [0, 1, -1, 1e21],
  boolean: [true, false],
  object: [{}, { length: 1 }, { toString: 1 }],
  array: [[], [null], ['openai'], [[]]],
} as const satisfies Partial<Record<JsonType, readonly unknown[]>>;

function jsonType(value: unknown): JsonType {
  if (value === null) return 'null';
  return typeof value === 'number' ? 'integer' : (typeof value as JsonType);
}

/** Texts that have broken programs before. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  '   ',
  '\u0000',
  'a\u0000b',
  'line\r\nX-Injected: 1',
  '\u001b[31mred',
  '\ud800',
  'x\udc00y',
  '\u202egnp.exe',
  '\ufeff',
  '%00',
  '%',
  '../../../../etc/passwd',
  "' OR '1'='1",
  '{{7*7}}<%= 7*7 %>',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'x'.repeat(513),
  'y'.repeat(20_000),
  '🦀'.repeat(600),
];

/** Names that no field has. */
export const UNKNOWN_NAMES: readonly string[] = [
  'modle',
  'Mode',
  ' mode',
  '',
  '__proto__',
  'constructor',
  'toString',
  '$ref',
  'a.b',
  'a/b~c',
  '\u0000',
  '\ud800',
  '0',
  'z'.repeat(5_000),
];

/** Numbers beyond what is counted, as JSON text: some have no value in this language. */
export const HOSTILE_NUMBERS: readonly string[] = [
  '-1',
  '-2147483649',
  '2147483648',
  '9007199254740993',
  '1e400',
  '-1e400',
  '1.5',
  '1e-7',
  '123456789012345678901234567890',
];
