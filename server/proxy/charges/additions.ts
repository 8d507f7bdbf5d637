/** Entries that an operator adds to the tables: for a parameter or a type that is newer than this version. */
import { z } from 'zod';
import { parseFields } from './compile.ts';
import { type ChargeTable, mergedShape, type Rule } from './table.ts';

const name = z.string().regex(/^\w+$/, 'expected letters, digits and underscores');
const text = z.string().trim().min(1);

const addition = z
  .strictObject({
    provider: z.enum(['openai', 'anthropic', 'google', 'openrouter']),
    /** As logs name it: `responses`, `messages`. */
    operation: text,
    /** As `rigkit prices --rules` prints it: `request`, `tool`. */
    shape: text,
    /** What is added: a field of the shape, or a value of its `type`. */
    field: name.optional(),
    type: name.optional(),
    /** An entry beside it, whose rule it takes over. */
    like: name.optional(),
    /** Without `like`. A free entry is not looked into. */
    verdict: z.enum(['free', 'refused']).optional(),
    why: text.optional(),
    /** The page of the provider's documentation that says so. */
    clause: text,
  })
  .refine(({ field, type }) => (field === undefined) !== (type === undefined), 'expected either field or type')
  .refine(({ like, verdict }) => (like === undefined) !== (verdict === undefined), 'expected either like or verdict');

/** Additions as they stand in a file: a JSON list. */
export const chargeAdditions = z.array(addition);
export type ChargeAddition = z.output<typeof addition>;

/**
 * The tables with the additions in them; an addition wins over an entry of that name. Throws a `RangeError` that names the
 * addition where it fits nowhere. What is metered lends its rule to its newer versions only (`web_search_20250305` to
 * `web_search_20270101`): its meter goes by the name.
 */
export function withAdditions(
  tables: readonly ChargeTable[],
  additions: readonly ChargeAddition[],
): readonly ChargeTable[] {
  return additions.reduce((before, added) => {
    const { provider, operation, shape, type, field = '' } = added;
    const place = `${provider} ${operation} ${shape}.${type ?? field}`;
    const table = before.find((one) => one.provider === provider && one.operations.includes(operation));
    const known = table?.shapes[shape];
    if (table === undefined || known === undefined) throw new RangeError(`${place}: there is no such table or shape`);
    if (type !== undefined && known.types === undefined) throw new RangeError(`${place}: ${shape} has no types`);
    const entry = entryFor(added, type === undefined ? listFields(known) : known.types, place);
    const more = type === undefined ? { fields: { [field]: asRule(entry, added) } } : { types: { [type]: entry } };
    const shapes = { ...table.shapes, [shape]: mergedShape(known, more) };
    return before.map((one) => (one === table ? { ...table, shapes } : one));
  }, tables);
}

type Entries = Readonly<Record<string, string | Rule>> | undefined;

function listFields({ free, fields }: ChargeTable['shapes'][string]): Entries {
  return { ...Object.fromEntries(parseFields(free)), ...fields };
}

function entryFor(
  { like, verdict = 'free', why, clause, type, field }: ChargeAddition,
  entries: Entries,
  place: string,
) {
  if (like === undefined) return { verdict, why: why ?? 'The operator says so.', clause, inside: '*' };
  const model = entries?.[like];
  if (model === undefined) throw new RangeError(`${place}: there is no ${like} to be like`);
  const isMetered = typeof model === 'object' && model.verdict === 'metered';
  if (isMetered && stem(like) !== stem(type ?? field ?? '')) {
    throw new RangeError(`${place}: ${like} is metered by its name; only a newer version can be like it`);
  }
  return typeof model === 'string' ? model : { ...model, clause, why: why ?? model.why };
}

/** A name without its date. */
function stem(of: string): string {
  return of.replace(/_\d{4}(?:_?\d{2}){2}$/, '');
}

function asRule(entry: string | Rule, { why = 'The operator says so.', clause }: ChargeAddition): Rule {
  return typeof entry === 'string' ? { verdict: 'free', why, clause, inside: entry } : entry;
}
