/**
 * What may cost, and what is refused because its cost is not known: one table for each operation of each provider, and the
 * walk that holds a request against it.
 */
import type { ProviderName } from '../../money/prices.ts';
import { type ChargeAddition, withAdditions } from './additions.ts';
import { anthropicMessages } from './anthropic.ts';
import {
  anthropicChat,
  googleChat,
  googleEmbeddings,
  openRouterChat,
  openRouterCompletions,
  openRouterEmbeddings,
  openRouterResponses,
} from './compatible.ts';
import { type CompiledShape, type CompiledType, compile, type Entry, parseFields } from './compile.ts';
import { geminiContent, geminiEmbedding, geminiEmbeddings } from './gemini.ts';
import { openAiChat, openAiCompletions, openAiEmbeddings } from './openai.ts';
import { openAiResponses } from './openai-responses.ts';
import type { ChargeTable, Forced, Rule } from './table.ts';

export { type ChargeAddition, chargeAdditions } from './additions.ts';

/** The tables of this version. */
export const chargeTables: readonly ChargeTable[] = [
  openAiChat,
  openAiCompletions,
  openAiResponses,
  openAiEmbeddings,
  anthropicMessages,
  geminiContent,
  geminiEmbedding,
  geminiEmbeddings,
  openRouterChat,
  openRouterCompletions,
  openRouterResponses,
  openRouterEmbeddings,
  anthropicChat,
  googleChat,
  googleEmbeddings,
];

/** A line of the printed table. */
export interface ChargeRow {
  readonly provider: ProviderName;
  readonly operations: readonly string[];
  /** `tool.type web_search`, `request.service_tier`: the shape, and its field or a value of its type. */
  readonly path: string;
  readonly verdict: Rule['verdict'];
  /** Values of a refused field that cost nothing. */
  readonly except: NonNullable<Rule['except']>;
  /** Empty for what is free without saying. */
  readonly why: string;
  readonly clause: string;
}

/** What a managed call is checked against. */
export interface Charges {
  /** What of the body is refused, as a message and the path of it; undefined where nothing is. */
  check(call: CheckedCall): ChargeRefusal | undefined;
  /** What the request is made to say, as JSON, so that its price is the one that was held. */
  forced(call: CheckedCall): readonly ForcedValue[];
  /** All entries, to be printed. An entry that several operations share stands there once. */
  readonly rows: () => readonly ChargeRow[];
}

interface CheckedCall {
  readonly provider: ProviderName;
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ChargeRefusal {
  readonly kind: ChargeProblem['kind'];
  readonly path: string;
  readonly message: string;
}

interface ForcedValue {
  readonly path: readonly string[];
  readonly json: string;
}

/**
 * The tables, with an operator's additions: entries for what is newer than this version, as plain data (see
 * {@link ChargeAddition}; `chargeAdditions` validates JSON). Throws a `RangeError` for an addition that fits nowhere.
 */
export function createCharges({ additions = [] }: { readonly additions?: readonly ChargeAddition[] } = {}): Charges {
  const tables = withAdditions(chargeTables, additions);
  const shapes = new Map<string, CompiledShape>();
  const forced = new Map<string, Forced>();
  for (const table of tables) {
    const shape = compile(table);
    for (const operation of table.operations) {
      shapes.set(`${table.provider} ${operation}`, shape);
      if (table.forced !== undefined) forced.set(`${table.provider} ${operation}`, table.forced);
    }
  }
  return {
    check({ provider, operation, body }) {
      const shape = shapes.get(`${provider} ${operation}`);
      if (shape === undefined) return { kind: 'unknown', path: '', message: `No table says what ${operation} costs.` };
      const problem = walk(body, shape);
      return problem && toRefusal(problem);
    },
    forced({ provider, operation, body }) {
      const rule = forced.get(`${provider} ${operation}`);
      if (rule === undefined) return [];
      const given = body[rule.field] ?? rule.insteadOf;
      return given === rule.insteadOf ? [{ path: [rule.field], json: JSON.stringify(rule.value) }] : [];
    },
    rows: () => tables.flatMap(toRows),
  };
}

/** Why a request is refused. */
interface ChargeProblem {
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

/** The first thing of an object that its table refuses. Runs for every managed call: it makes nothing unless it refuses. */
function walk(object: object, shape: CompiledShape): ChargeProblem | undefined {
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
      // No API has a list of objects in a list, and who bounds the call looks into none.
      const isNested = Array.isArray(item) && entry.kind === 'objects';
      const problem = isNested ? NOT_KNOWN : walkValue(item, entry);
      if (problem !== undefined) return below(`[${index}]`, problem);
    }
    return undefined;
  }
  return walk(value, entry.shape ?? EMPTY);
}

const NOT_KNOWN: ChargeProblem = { kind: 'unknown', path: '' };

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
function printKey(key: string): string {
  return key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}...` : key;
}

function toRefusal({ kind, path: long, value, rule }: ChargeProblem): ChargeRefusal {
  const path = printPath(long);
  const given = value === undefined ? path : `${path} ${printKey(JSON.stringify(value))}`;
  const why =
    rule === undefined ? 'it is not known what this costs, so it is not forwarded.' : `${rule.why} (${rule.clause})`;
  const message = kind === 'twice' ? `${path}: must not be given twice, in two spellings.` : `${given}: ${why}`;
  return { kind, path, message };
}

const LONGEST_PATH = 200;

/** The end of a long path says most. */
function printPath(path: string): string {
  return path.length > LONGEST_PATH ? `...${path.slice(-LONGEST_PATH)}` : path;
}

function toRows({ provider, operations, shapes }: ChargeTable): readonly ChargeRow[] {
  const row = (path: string, entry: string | Rule): ChargeRow => {
    const {
      verdict,
      except = [],
      why,
      clause,
    }: Rule = typeof entry === 'string' ? { verdict: 'free', why: '', clause: '' } : entry;
    return { provider, operations, path, verdict, except, why, clause };
  };
  return Object.entries(shapes).flatMap(([name, { free, fields, types }]) => [
    ...parseFields(free).map(([field]) => row(`${name}.${field}`, '')),
    ...Object.entries(fields ?? {}).map(([field, rule]) => row(`${name}.${field}`, rule)),
    ...Object.entries(types ?? {}).map(([type, entry]) => row(`${name}.type ${type}`, entry)),
  ]);
}
