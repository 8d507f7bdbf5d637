import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { type CompiledShape, compile, type Entry, parseFields } from './compile.ts';
import { chargeTables } from './index.ts';
import type { ChargeTable } from './table.ts';

/**
 * The request types of the official SDKs, as installed, held against the tables: a version that knows a new parameter, tool
 * or block turns this red, and so does an entry that no SDK knows and that does not say why it is there.
 */
const modules = fileURLToPath(new URL('../../../node_modules/', import.meta.url));
const GENAI = '@google/genai/dist/genai.d.ts';

/** Types that the SDK sends as bodies, below the shape that they are held against. */
const SENT: readonly (readonly [operation: string, shape: string, file: string, type: string])[] = [
  [
    'openai chat.completions',
    'request',
    'openai/resources/chat/completions/completions.d.ts',
    'ChatCompletionCreateParams',
  ],
  ['openai completions', 'request', 'openai/resources/completions.d.ts', 'CompletionCreateParams'],
  ['openai embeddings', 'request', 'openai/resources/embeddings.d.ts', 'EmbeddingCreateParams'],
  ['openai responses', 'request', 'openai/resources/responses/responses.d.ts', 'ResponseCreateParams'],
  ['openai responses', 'request', 'openai/resources/beta/responses/responses.d.ts', 'ResponseCreateParams'],
  ['anthropic messages', 'request', '@anthropic-ai/sdk/resources/messages/messages.d.ts', 'MessageCreateParams'],
  ['anthropic messages', 'request', '@anthropic-ai/sdk/resources/beta/messages/messages.d.ts', 'MessageCreateParams'],
  ['google generateContent', 'content', GENAI, 'Content'],
  ['google generateContent', 'generationConfig', GENAI, 'GenerateContentConfig'],
  ['google generateContent', 'request', GENAI, 'GenerateContentConfig'],
  ['google embedContent', 'content', GENAI, 'Content'],
  ['google embedContent', 'request', GENAI, 'EmbedContentConfig'],
  ['google batchEmbedContents', 'content', GENAI, 'Content'],
  ['google batchEmbedContents', 'embedding', GENAI, 'EmbedContentConfig'],
];

/** What Google's SDK moves from its `config` to the top of the body, and what it keeps for itself. */
const MOVED = new Set(
  'cachedContent continuationToken labels safetySettings serviceTier store systemInstruction toolConfig tools'.split(
    ' ',
  ),
);
const KEPT = new Set('httpOptions abortSignal automaticFunctionCalling automaticContinuation'.split(' '));
/** What Google's SDK adds around the types above. */
const ADDED: Readonly<Record<string, string>> = {
  'google generateContent': 'request.contents request.generationConfig',
  'google embedContent': 'request.content',
  'google batchEmbedContents': 'request.requests embedding.content',
};
const NOT_SENT = /^(?:Header|Query|Path) param|not supported in Gemini API|only supported in Gemini Enterprise/i;

const program = ts.createProgram([...new Set(SENT.map(([, , file]) => modules + file))], {
  strict: true,
  lib: ['lib.es2022.d.ts'],
  types: [],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
});
const checker = program.getTypeChecker();

function exportedType(file: string, name: string): ts.Type {
  const source = program.getSourceFile(modules + file);
  const module = source && checker.getSymbolAtLocation(source);
  const symbol = module && checker.getExportsOfModule(module).find((exported) => exported.name === name);
  if (symbol === undefined) throw new Error(`${file} has no type ${name}`);
  return checker.getDeclaredTypeOfSymbol(symbol);
}

/** Follows types and shapes side by side. `missing` collects paths; `met` collects the entries that a type leads to. */
function createComparison() {
  const missing = new Set<string>();
  const met = new Set<string>();
  const done = new Map<ts.Type, Set<CompiledShape>>();

  function visit(type: ts.Type, entry: Entry, path: string): void {
    if (type.isUnion()) {
      // The SDK makes contents of the other forms.
      const content = type.types.filter(({ symbol }) => symbol?.name === 'Content');
      for (const one of content.length > 0 ? content : type.types) visit(one, entry, path);
      return;
    }
    if (entry.kind === 'any' || entry.kind === 'refused' || isPlain(type)) return;
    const items = itemTypes(type);
    if (items !== undefined) for (const item of items) visit(item, entry, path);
    else if (entry.shape === undefined || isMap(type)) missing.add(`${path}: holds objects`);
    else visitObject(type, entry.shape, path);
  }

  function visitObject(type: ts.Type, shape: CompiledShape, path: string): void {
    const shapes = done.get(type) ?? new Set();
    done.set(type, shapes);
    if (shapes.has(shape)) return;
    shapes.add(shape);
    for (const name of shape.types === undefined ? [undefined] : typeNames(type, shape)) {
      if (name !== undefined) met.add(`${shape.name}.type ${name}`);
      const found = name === undefined ? shape.untyped : shape.types?.get(name);
      if (found === undefined) missing.add(`${path}.type ${name}`);
      else if (found.rule?.verdict !== 'refused') visitFields(type, name, shape, path);
    }
  }

  function visitFields(type: ts.Type, name: string | undefined, shape: CompiledShape, path: string): void {
    const fields = (name === undefined ? shape.untyped : shape.types?.get(name))?.fields;
    for (const property of type.getProperties().filter(isSent)) {
      const isAtTop = MOVED.has(property.name) === (shape.name === 'request');
      if (type.symbol?.name === 'GenerateContentConfig' && !isAtTop) continue;
      const entry = fields?.get(property.name);
      met.add(`${shape.name}.${property.name}`).add(`${shape.name}.${name}.${property.name}`);
      if (entry === undefined) missing.add(`${path}.${property.name}`);
      else visit(checker.getTypeOfSymbol(property), entry, `${path}.${property.name}`);
    }
  }

  return { missing, met, visitObject };
}

function isPlain(type: ts.Type): boolean {
  const plain =
    ts.TypeFlags.StringLike |
    ts.TypeFlags.NumberLike |
    ts.TypeFlags.BooleanLike |
    ts.TypeFlags.Null |
    ts.TypeFlags.Undefined;
  return (type.isIntersection() ? type.types : [type]).some(({ flags }) => flags & plain);
}

function itemTypes(type: ts.Type): readonly ts.Type[] | undefined {
  const { symbol } = type;
  if (checker.isTupleType(type)) return checker.getTypeArguments(type as ts.TypeReference);
  return symbol?.name === 'Array' ? checker.getTypeArguments(type as ts.TypeReference) : undefined;
}

function isMap(type: ts.Type): boolean {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return true;
  return type.getProperties().length === 0;
}

/** The values of its `type`: all that are known where it may be any text, and none where it may be left out. */
function typeNames(type: ts.Type, shape: CompiledShape): readonly (string | undefined)[] {
  const property = type.getProperty('type');
  if (property === undefined) return [undefined];
  const values = checker.getTypeOfSymbol(property);
  if (values.flags & ts.TypeFlags.String) return [...(shape.types?.keys() ?? [])].map(String);
  return (values.isUnion() ? values.types : [values]).map((one) => (one.isStringLiteral() ? one.value : undefined));
}

function isSent(property: ts.Symbol): boolean {
  const text = ts.displayPartsToString(property.getDocumentationComment(checker));
  return !(property.flags & ts.SymbolFlags.Method || NOT_SENT.test(text) || KEPT.has(property.name));
}

/** Shapes by their names, as far as the body leads to them. */
function collectShapes(root: CompiledShape): ReadonlyMap<string, CompiledShape> {
  const found = new Map<string, CompiledShape>();
  const visit = (shape: CompiledShape): void => {
    if (found.has(shape.name)) return;
    found.set(shape.name, shape);
    const all = [shape.untyped, ...(shape.types?.values() ?? [])];
    for (const type of all) for (const entry of type?.fields.values() ?? []) if (entry.shape) visit(entry.shape);
  };
  visit(root);
  return found;
}

/** Entries that say nothing for themselves. */
function silentEntries({ shapes }: ChargeTable): readonly string[] {
  return Object.entries(shapes).flatMap(([name, { free, types }]) => [
    ...parseFields(free).map(([field]) => `${name}.${field}`),
    ...Object.entries(types ?? {}).flatMap(([type, entry]) => {
      const inside = parseFields(typeof entry === 'string' ? entry : entry.inside);
      const own = inside.map(([field]) => `${name}.${type}.${field}`);
      return typeof entry === 'string' ? [`${name}.type ${type}`, ...own] : own;
    }),
  ]);
}

function compareWithSdk(table: ChargeTable) {
  const comparison = createComparison();
  const shapes = collectShapes(compile(table));
  const [operation] = table.operations;
  const name = `${table.provider} ${operation}`;
  for (const [of, below, file, typeName] of SENT.filter(([sent]) => sent === name)) {
    const shape = shapes.get(below);
    if (shape === undefined) throw new Error(`${of} has no shape ${below}`);
    comparison.visitObject(exportedType(file, typeName), shape, below);
  }
  for (const added of (ADDED[name] ?? '').split(' ')) comparison.met.add(added);
  return comparison;
}

const tables = chargeTables.filter(({ provider, operations }) =>
  SENT.some(([sent]) => sent === `${provider} ${operations[0]}`),
);

describe.each(tables.map((table) => [`${table.provider} ${table.operations[0]}`, table] as const))('%s', (_, table) => {
  const { missing, met } = compareWithSdk(table);

  it('has an entry for each parameter, tool and block that the SDK can send', () => {
    expect([...missing]).toEqual([]);
  });

  it('has no silent entry that no SDK knows', () => {
    expect(silentEntries(table).filter((entry) => !met.has(entry))).toEqual([]);
  });
});
