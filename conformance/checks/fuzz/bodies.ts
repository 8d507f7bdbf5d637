import { resolve } from '../../../contract/document.ts';
import { allowedTypes, type Schema } from '../../../contract/schema.ts';
import type { OpenApiDocument } from '../../../generated/bundles.ts';
import type { Chance } from './chance.ts';
import { isObject, obeys } from './schema.ts';
import { HOSTILE_NUMBERS, HOSTILE_TEXTS, UNKNOWN_NAMES, validValue, wrongType } from './values.ts';

/** A generated body, and whether the contract's schema refuses it. */
export interface FuzzedBody {
  readonly text: string;
  readonly breaks: boolean;
}

interface Making {
  readonly document: OpenApiDocument;
  /** Of the whole body, an object. */
  readonly schema: Schema;
  readonly chance: Chance;
  /** A body that obeys the schema, to be spoilt. */
  readonly valid: Readonly<Record<string, unknown>>;
}

/** In the words of a report. Each maker answers JSON text, or undefined where the schema gives it nothing to work with. */
const makers = {
  'a valid body': ({ valid }) => JSON.stringify(valid),
  'an unknown field': ({ valid, chance }) =>
    withField(valid, chance.pick(UNKNOWN_NAMES), chance.pick(['1', '"x"', 'null'])),
  'a wrong type': (making) => {
    const name = pickField(making, () => true);
    if (name === undefined) return undefined;
    const wrong = wrongType(making.document, making.schema.properties?.[name] ?? {}, making.chance);
    return wrong === undefined ? undefined : withField(making.valid, name, JSON.stringify(wrong));
  },
  'a hostile text': (making) => {
    const name = pickField(making, (schema) => allowedTypes(schema).includes('string'));
    return name && withField(making.valid, name, JSON.stringify(making.chance.pick(HOSTILE_TEXTS)));
  },
  'a hostile number': (making) => {
    const name = pickField(making, () => true);
    return name && withField(making.valid, name, making.chance.pick(HOSTILE_NUMBERS));
  },
  'a missing field': ({ schema, valid, chance }) => {
    const required = schema.required ?? [];
    if (required.length === 0) return undefined;
    const missing = chance.pick(required);
    return JSON.stringify(Object.fromEntries(Object.entries(valid).filter(([name]) => name !== missing)));
  },
  'deep nesting': (making) => {
    const name = pickField(making, () => true) ?? 'nested';
    const depth = making.chance.pick([100, 5_000]);
    return withField(making.valid, name, '['.repeat(depth) + ']'.repeat(depth));
  },
  'a field twice': ({ valid }) => {
    const [first] = Object.entries(valid);
    const text = JSON.stringify(first?.[1] ?? null);
    const key = JSON.stringify(first?.[0] ?? 'twice');
    return `{${key}:${text},${JSON.stringify({ ...valid, [first?.[0] ?? 'twice']: first?.[1] ?? null }).slice(1)}`;
  },
  'another document': ({ chance }) => chance.pick(['[]', '[{}]', '"text"', '1', 'null', 'true']),
  'no JSON': ({ chance }) =>
    chance.pick([
      '',
      '{',
      '{"a":}',
      "{'a':1}",
      'NaN',
      '{"a":01}',
      '{}}',
      'undefined',
      '{"a":"\n"}',
      'a=1',
      '{"\\ud":1}',
    ]),
} as const satisfies Record<string, (making: Making) => string | undefined>;

export type BodyKind = keyof typeof makers;

export const bodyKinds = Object.keys(makers) as readonly BodyKind[];

/** A body of this kind, with these values in the fields that the schema has; undefined where it has no such body. */
export function makeBody(
  document: OpenApiDocument,
  given: Schema,
  kind: BodyKind,
  fields: Readonly<Record<string, unknown>>,
  chance: Chance,
): FuzzedBody | undefined {
  const schema = resolve<Schema>(document, given);
  const drawn = validValue(document, { ...schema, type: 'object' }, chance);
  if (!isObject(drawn)) throw new Error('the body of an operation is an object');
  const meant = Object.entries(fields).filter(([name]) => Object.hasOwn(schema.properties ?? {}, name));
  const valid = { ...drawn, ...Object.fromEntries(meant) };
  const text = makers[kind]({ document, schema, chance, valid });
  if (text === undefined) return undefined;
  return { text, breaks: kind === 'a field twice' || !isObeyed(document, schema, text) };
}

function isObeyed(document: OpenApiDocument, schema: Schema, text: string): boolean {
  try {
    return obeys(document, schema, JSON.parse(text));
  } catch {
    return false;
  }
}

function pickField({ document, schema, chance }: Making, fits: (schema: Schema) => boolean): string | undefined {
  const names = Object.entries(schema.properties ?? {})
    .filter(([, field]) => fits(resolve<Schema>(document, field)))
    .map(([name]) => name);
  return names.length === 0 ? undefined : chance.pick(names);
}

/** JSON text with this field, whose value is JSON text that need not have a value in this language. */
function withField(valid: Readonly<Record<string, unknown>>, name: string, value: string): string {
  const others = Object.entries(valid).filter(([key]) => key !== name);
  const fields = [...others.map(([key, field]) => `${JSON.stringify(key)}:${JSON.stringify(field)}`)];
  return `{${[...fields, `${JSON.stringify(name)}:${value}`].join(',')}}`;
}
