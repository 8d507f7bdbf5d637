/** Walks through the body of a request beside its table. Runs for every managed call: it makes nothing unless it refuses. */
import type { CompiledShape, CompiledType, Entry } from './compile.ts';
import type { Rule } from './table.ts';

/** Why a request is refused. */
export interface ChargeProblem {
  /** `unknown`: the table does not have it. `refused`: the table refuses it. `twice`: it is given in two spellings. */
  readonly kind: 'unknown' | 'refused' | 'twice';
  /** `tools[2].type` */
  readonly path: string;
  /** Of a type or a plain value that is refused: what was given. */
  readonly value?: unknown;
  /** Of `refused`. */
  readonly rule?: Rule;
}

/** The fields of an object, by its type; undefined where the table does not have the type. */
function findType(object: object, shape: CompiledShape): CompiledType | undefined {
  if (shape.types === undefined) return shape.untyped;
  const { type } = object as { readonly type?: unknown };
  return type === undefined || type === null ? shape.untyped : shape.types.get(type);
}

/** The first thing of an object that its table refuses. */
export function walk(object: object, shape: CompiledShape): ChargeProblem | undefined {
  const type = findType(object, shape);
  if (type === undefined) return { kind: 'unknown', path: 'type', value: (object as { type?: unknown }).type };
  if (type.rule?.verdict === 'refused') return refuse('type', (object as { type?: unknown }).type, type.rule);
  const values = object as Readonly<Record<string, unknown>>;
  for (const key in values) {
    const entry = type.fields.get(key);
    if (entry === undefined) return { kind: 'unknown', path: printKey(key) };
    if (entry.twin !== undefined && values[entry.twin] !== undefined) return { kind: 'twice', path: key };
    const problem = walkValue(values[key], entry);
    if (problem !== undefined) return below(key, problem);
  }
  for (const [key, { rule }] of type.required) {
    if ((values[key] ?? undefined) === undefined) return { kind: 'refused', path: key, ...(rule && { rule }) };
  }
  return undefined;
}

function walkValue(value: unknown, entry: Entry): ChargeProblem | undefined {
  if (value === null) return undefined;
  if (entry.kind === 'refused') {
    const isFree = entry.rule?.except?.includes(value as string);
    return isFree ? undefined : refuse('', typeof value === 'object' ? undefined : value, entry.rule);
  }
  if (typeof value !== 'object' || entry.kind === 'any') return undefined;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      if (typeof item !== 'object' || item === null) continue;
      const problem = walkValue(item, entry);
      if (problem !== undefined) return below(`[${index}]`, problem);
    }
    return undefined;
  }
  return walk(value, entry.shape ?? EMPTY);
}

/** The shape of an object that stands where the table has a plain value: nothing in it is known. */
const EMPTY: CompiledShape = {
  name: '',
  types: undefined,
  untyped: { fields: new Map(), required: [], rule: undefined },
};

function refuse(path: string, value: unknown, rule: Rule | undefined): ChargeProblem {
  return { kind: 'refused', path, ...(value !== undefined && { value }), ...(rule && { rule }) };
}

function below(key: string, problem: ChargeProblem): ChargeProblem {
  const { path } = problem;
  const step = key.startsWith('[') ? key : printKey(key);
  return { ...problem, path: path === '' || path.startsWith('[') ? `${step}${path}` : `${step}.${path}` };
}

const LONGEST_KEY = 64;

/** A caller's key may be as long as its body. */
export function printKey(key: string): string {
  return key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}...` : key;
}
