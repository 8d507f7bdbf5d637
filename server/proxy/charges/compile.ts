/** Turns a table into maps, so that a walk through a request is one look-up for each key. */
import type { ChargeTable, Rule, Shape } from './table.ts';

/** What a field may hold. */
export interface Entry {
  /** `plain`: values and lists of them. `any`: whatever, and nothing of it is looked at. `refused`: nothing but exceptions. */
  readonly kind: 'plain' | 'any' | 'objects' | 'refused';
  /** Of `objects`. */
  readonly shape: CompiledShape | undefined;
  readonly rule: Rule | undefined;
  /** The same field in its other spelling. */
  readonly twin: string | undefined;
}

export interface CompiledShape {
  /** As the table names it. */
  readonly name: string;
  /** Of objects that have no types. */
  readonly untyped: CompiledType | undefined;
  readonly types: ReadonlyMap<unknown, CompiledType> | undefined;
}

export interface CompiledType {
  readonly fields: ReadonlyMap<string, Entry>;
  /** Fields whose default is refused. */
  readonly required: readonly (readonly [string, Entry])[];
  readonly rule: Rule | undefined;
}

/** The compiled shape of the body. Throws where a table names a shape that it does not have. */
export function compile(table: ChargeTable): CompiledShape {
  const shapes = new Map<string, CompiledShape>();

  function compileShape(name: string): CompiledShape {
    const known = shapes.get(name);
    if (known !== undefined) return known;
    const shape = table.shapes[name];
    if (shape === undefined) throw new Error(`${table.provider} ${table.operations}: no shape is called ${name}`);
    const types = shape.types && new Map<unknown, CompiledType>();
    const compiled: { -readonly [key in keyof CompiledShape]: CompiledShape[key] } = {
      name,
      types,
      untyped: undefined,
    };
    // It is known before its fields are: shapes stand in one another.
    shapes.set(name, compiled);
    for (const type of Object.keys(shape.types ?? {})) types?.set(type, compileType(shape, type));
    compiled.untyped = types === undefined ? compileType(shape) : types.get(shape.untyped);
    return compiled;
  }

  function compileType(shape: Shape, type?: string): CompiledType {
    const own = type === undefined ? undefined : shape.types?.[type];
    const rule = typeof own === 'object' ? own : undefined;
    const text = typeof own === 'object' ? own.inside : own;
    const fields = new Map<string, Entry>();
    for (const [field, inside] of parseFields(shape.free)) addField(fields, field, inside);
    for (const [field, inside] of type === undefined ? [] : parseFields(`type ${text ?? ''}`)) {
      addField(fields, field, inside);
    }
    for (const [name, entry] of Object.entries(shape.fields ?? {})) {
      const [field = '', of] = name.split('.').toReversed();
      if (of === undefined || of === type) addField(fields, field, entry.inside, entry);
    }
    return { fields, rule, required: [...fields].filter(([, entry]) => entry.rule?.required) };
  }

  function addField(fields: Map<string, Entry>, field: string, inside: string | undefined, rule?: Rule): void {
    const shape = !inside || inside === '*' ? undefined : compileShape(inside);
    const entry = { kind: chooseKind(inside, rule), shape, rule, twin: undefined };
    fields.set(field, entry);
    const snake = snakeCase(field);
    if (table.bothSpellings && snake !== field) fields.set(snake, { ...entry, twin: field });
  }

  return compileShape('request');
}

function chooseKind(inside: string | undefined, rule: Rule | undefined): Entry['kind'] {
  if (rule?.verdict === 'refused') return 'refused';
  if (!inside) return 'plain';
  return inside === '*' ? 'any' : 'objects';
}

/** `a b>shape c*` as names, each with what is inside: nothing, `shape` or `*`. */
export function parseFields(text = ''): readonly (readonly [string, string])[] {
  return text
    .split(/\s+/)
    .filter((field) => field !== '')
    .map((field) => {
      if (field.endsWith('*')) return [field.slice(0, -1), '*'];
      const [name = '', inside = ''] = field.split('>');
      return [name, inside];
    });
}

function snakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
