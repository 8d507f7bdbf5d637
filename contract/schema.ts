import type { ApiDocument } from './document.ts';

export type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null';

/** The keywords of JSON Schema that the contract uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: JsonType | readonly JsonType[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly writeOnly?: boolean;
  readonly readOnly?: boolean;
}

const ANY_TYPE: readonly JsonType[] = ['string', 'integer', 'boolean', 'object', 'array', 'null'];

/** The types that a value may have. A schema that names none allows all. */
export function allowedTypes(schema: Schema): readonly JsonType[] {
  if (schema.type === undefined) return ANY_TYPE;
  return typeof schema.type === 'string' ? [schema.type] : schema.type;
}

/**
 * A schema of `components` as a JSON Schema that stands by itself: what it refers to is in its `$defs`. Throws where the
 * document has no schema of that name.
 */
export function standaloneSchema(document: ApiDocument, name: string): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(document.components?.schemas ?? {});
  const definitions = JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/'));
  if (!Object.hasOwn(definitions, name)) throw new Error(`the contract has no schema ${name}`);
  return { ...definitions[name], $defs: definitions };
}
