/**
 * What the tables of this room are made of. A table says of everything that a request may hold, at any depth, whether it can
 * cost: what it does not name is refused. A new provider or parameter is a new entry of a table, and no code.
 */
import type { ProviderName } from '../../money/prices.ts';

/** All objects of one kind: a message, a tool, a block of content. */
export interface Shape {
  /**
   * Fields that cost nothing but the tokens of the request, in one text: `name` holds a plain value or a list of them,
   * `name>shape` objects of that shape, alone or in a list, and `name*` anything (a JSON schema, a map of the caller's).
   */
  readonly free?: string;
  /** Fields of which something is to be said; of objects of one type only: `type.field`. */
  readonly fields?: Readonly<Record<string, Rule>>;
  /** What the object's `type` may be, each with the fields that it adds to `free`. Every other type is refused. */
  readonly types?: Readonly<Record<string, string | Rule>>;
  /** The type of an object that names none. Without it, such an object is refused. */
  readonly untyped?: string;
}

/** What an entry says. `why` and `clause` are read by operators, and by callers where the entry is refused. */
export interface Rule {
  readonly verdict: 'free' | 'metered' | 'refused';
  /** What is counted and held, why it is refused, or why a free entry is here that no official SDK knows. */
  readonly why: string;
  /** The page of the provider's documentation that says so. */
  readonly clause: string;
  /** Of a field that is walked: the name of its shape, or `*`. Of a type: its own fields, written as `free` is. */
  readonly inside?: string;
  /** Values of a refused field that cost nothing. `null` is one everywhere. */
  readonly except?: readonly (string | boolean)[];
  /** Whether a refused field must be given, because its default is refused too. */
  readonly required?: boolean;
}

/** The table of one operation at one provider. */
export interface ChargeTable {
  readonly provider: ProviderName;
  /** `chat.completions`, as the operation is named in logs. */
  readonly operations: readonly string[];
  /** The shapes by their names; `request` is the body. */
  readonly shapes: Readonly<Record<string, Shape>>;
  /** Whether fields are read in camelCase and in snake_case. They are listed in camelCase. */
  readonly bothSpellings?: boolean;
  /** What a request is made to say, so that its price is the one that was held. */
  readonly forced?: Forced;
}

export interface Forced {
  readonly field: string;
  readonly value: string;
  /** A value that leaves the choice to the provider's settings, as a field that is left out does. */
  readonly insteadOf: string;
}

export function free(why: string, clause: string, inside?: string): Rule {
  return { verdict: 'free', why, clause, ...(inside !== undefined && { inside }) };
}

export function metered(why: string, clause: string, inside?: string): Rule {
  return { verdict: 'metered', why, clause, ...(inside !== undefined && { inside }) };
}

export function refused(why: string, clause: string, except?: Rule['except']): Rule {
  return { verdict: 'refused', why, clause, ...(except !== undefined && { except }) };
}

/** A table with entries beside its own, for a provider that imitates the API of another. */
export function extended(
  base: ChargeTable,
  { shapes, ...rest }: Partial<ChargeTable> & Pick<ChargeTable, 'provider'>,
): ChargeTable {
  const { forced: _, ...kept } = base;
  const merged = Object.entries(shapes ?? {}).map(([name, added]) => [name, mergedShape(base.shapes[name], added)]);
  return { ...kept, ...rest, shapes: { ...base.shapes, ...Object.fromEntries(merged) } };
}

export function mergedShape(base: Shape = {}, added: Shape): Shape {
  return {
    ...base,
    ...added,
    free: `${base.free ?? ''} ${added.free ?? ''}`,
    fields: { ...base.fields, ...added.fields },
    ...((base.types ?? added.types) !== undefined && { types: { ...base.types, ...added.types } }),
  };
}
