import fc from 'fast-check';
import { contextWindow, type Maker } from '../prices/price-book.ts';
import type { Chunking, Leaving, Plan, PlannedFailure, Shape, Usage } from './plan.ts';

type Models = Readonly<Record<Maker, readonly string[]>>;

const GENERATING: Models = {
  openai: [
    'gpt-4o-mini',
    'gpt-4o-2024-08-06',
    'gpt-4.1-nano',
    'gpt-5.4',
    'gpt-5.6-sol',
    'o3',
    'gpt-4.1-mini',
    'soak-gpt',
  ],
  anthropic: ['claude-haiku-4-5-20251001', 'claude-sonnet-4-5', 'claude-opus-4-6', 'claude-3-haiku', 'soak-claude'],
  google: ['gemini-2.5-flash', 'gemini-2.5-pro', 'gemini-3-pro-preview', 'gemini-3.6-flash', 'soak-gemini'],
};
const EMBEDDING: Models = {
  openai: ['text-embedding-3-small', 'text-embedding-3-large', 'soak-embed'],
  anthropic: [],
  google: ['gemini-embedding-001', 'soak-gemini'],
};
const COMPLETING = ['gpt-3.5-turbo-instruct', 'gpt-4o-mini', 'soak-gpt'];
/** The catalogue has a fee for their searches. */
const SEARCHING = new Set(['claude-haiku-4-5-20251001', 'claude-sonnet-4-5', 'claude-opus-4-6']);

function modelsFrom(table: Models, ...makers: readonly Maker[]): fc.Arbitrary<Plan['model']> {
  return fc.constantFrom(...makers.flatMap((maker) => table[maker].map((name) => ({ maker, name }))));
}

/** Sizes of every order, and the ones at which prices change. */
const TIER_EDGES = [128_000, 200_000, 271_999, 272_000];
const inputTokens = fc.oneof(
  fc.nat(60),
  fc.nat(9_000),
  fc.nat(1_200_000),
  fc.tuple(fc.constantFrom(...TIER_EDGES), fc.integer({ min: -1, max: 2 })).map(([edge, by]) => edge + by),
);
const outputTokens = fc.oneof(fc.nat(40), fc.nat(5_000), fc.nat(100_000));
const share = fc.integer({ min: 0, max: 100 });
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, otherwise: T) =>
  fc.oneof(fc.constant(otherwise), fc.constant(otherwise), arbitrary);

const usage: fc.Arbitrary<Usage> = fc
  .record({
    inputTokens,
    outputTokens,
    cached: sometimes(share, 0),
    written: sometimes(share, 0),
    longLived: sometimes(share, 0),
    reasoning: sometimes(share, 0),
    thoughtsTokens: sometimes(fc.nat(30_000), 0),
    toolUsePromptTokens: sometimes(fc.nat(3_000), 0),
    webSearchRequests: sometimes(fc.nat(4), 0),
  })
  .map(({ cached, written, longLived, reasoning, ...counts }) => {
    const cachedInputTokens = Math.floor((counts.inputTokens * cached) / 100);
    const writtenTokens = Math.floor(((counts.inputTokens - cachedInputTokens) * written) / 100);
    const cacheWrite1hTokens = Math.floor((writtenTokens * longLived) / 100);
    return {
      ...counts,
      cachedInputTokens,
      cacheWrite5mTokens: writtenTokens - cacheWrite1hTokens,
      cacheWrite1hTokens,
      reasoningTokens: Math.floor((counts.outputTokens * reasoning) / 100),
    };
  });

/** From nothing to dollars, down to fractions of a microcredit. */
const bill = fc
  .tuple(fc.nat(999_999), fc.integer({ min: 4, max: 16 }))
  .map(([digits, places]) => Number(`${digits}e-${places}`));

const chunking: fc.Arbitrary<Chunking> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('event' as const) },
  { weight: 1, arbitrary: fc.constant('byte' as const) },
  { weight: 3, arbitrary: fc.constantFrom('crlf' as const, 'comments' as const, 'no-final-newline' as const) },
  { weight: 3, arbitrary: fc.record({ bytes: fc.integer({ min: 2, max: 200 }) }) },
);

const afterChunks = fc.nat(5);
const reportsUsage = fc.boolean();
const fault: fc.Arbitrary<PlannedFailure> = fc.oneof(
  { weight: 10, arbitrary: fc.constant<PlannedFailure>({ kind: 'none' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('error' as const),
      status: fc.constantFrom(400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503, 529, 307),
      reportsUsage,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('error-in-stream' as const), afterChunks, reportsUsage }) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('omits-usage' as const, 'breaks-before-head' as const, 'breaks-before-end' as const)
      .map((kind) => ({ kind })),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('breaks-off' as const, 'ends-early' as const), afterChunks }),
  },
);

const leaves: fc.Arbitrary<Leaving> = fc.oneof(
  { weight: 10, arbitrary: fc.constant<Leaving>({ kind: 'stays' }) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('in-its-body' as const, 'when-forwarded' as const, 'when-answered' as const)
      .map((kind) => ({ kind })),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('at-any-time' as const), afterMs: fc.nat(25) }) },
);

const payer = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('rich' as const, 'second' as const) },
  { weight: 1, arbitrary: fc.constant('poor' as const) },
  { weight: 1, arbitrary: fc.constant('own-key' as const) },
);

/** What texts are made of: characters that JSON, event streams and UTF-8 write in more than one byte, or in another way. */
const text = (maxLength: number) =>
  fc.string({
    unit: fc.constantFrom(...'aZ9 "\\/{}[]:,\n\r\t\u2028é漢', '😀', 'data: ', '\n\n', '[DONE]', '"usage"'),
    maxLength,
  });

const common = {
  native: fc.boolean(),
  version: fc.constantFrom('v1' as const, 'v1beta' as const),
  payer,
  prompt: text(60),
  answers: sometimes(fc.integer({ min: 2, max: 3 }), 1),
  outputLimit: fc.option(fc.integer({ min: 1, max: 4_000 }), { nil: undefined }),
  usageAsked: fc.boolean(),
  usage,
  bill: sometimes<number | undefined>(bill, undefined),
  text: text(80),
  chunks: fc.integer({ min: 1, max: 6 }),
  chunking,
  fault,
  leaves,
};

type OneShape = Pick<Plan, 'shape' | 'model' | 'transport'>;

function drawShape(
  shape: Shape,
  model: fc.Arbitrary<Plan['model']>,
  ...transports: readonly Plan['transport'][]
): fc.Arbitrary<OneShape> {
  return fc.record({ shape: fc.constant(shape), model, transport: fc.constantFrom(...transports) });
}

const shapes = fc.oneof(
  {
    weight: 5,
    arbitrary: drawShape('chat', modelsFrom(GENERATING, 'openai', 'anthropic', 'google'), 'document', 'sse'),
  },
  {
    weight: 1,
    arbitrary: drawShape('completions', modelsFrom({ ...GENERATING, openai: COMPLETING }, 'openai'), 'document', 'sse'),
  },
  { weight: 3, arbitrary: drawShape('responses', modelsFrom(GENERATING, 'openai'), 'document', 'sse') },
  { weight: 1, arbitrary: drawShape('embeddings', modelsFrom(EMBEDDING, 'openai', 'google'), 'document') },
  { weight: 4, arbitrary: drawShape('messages', modelsFrom(GENERATING, 'anthropic'), 'document', 'sse') },
  {
    weight: 4,
    arbitrary: drawShape('generateContent', modelsFrom(GENERATING, 'google'), 'document', 'sse', 'json-array'),
  },
  { weight: 1, arbitrary: drawShape('embedContent', modelsFrom(EMBEDDING, 'google'), 'document') },
  { weight: 1, arbitrary: drawShape('batchEmbedContents', modelsFrom(EMBEDDING, 'google'), 'document') },
);

const COUNTED_APART: ReadonlySet<Shape> = new Set(['embedContent', 'batchEmbedContents']);

/** Any request. */
export const plans: fc.Arbitrary<Plan> = fc
  .tuple(shapes, fc.record(common), fc.nat(9))
  .map(([shape, rest, die]) => possible({ ...rest, ...shape }, die));

/** Models that write less than their window. */
const MOST_OUTPUT: Readonly<Record<string, number>> = { 'claude-3-haiku': 4_096, 'gpt-3.5-turbo-instruct': 2_048 };

/** The usage with no more tokens than the model can read and write: no other is believed. */
function fitted({ usage, model: { maker, name } }: Plan): Usage {
  const window = contextWindow(maker, name);
  const shrink = (most: number, tokens: number) => Math.min(1, most / Math.max(1, tokens));
  const input = shrink(window, usage.inputTokens + usage.toolUsePromptTokens);
  const output = shrink(MOST_OUTPUT[name] ?? window, usage.outputTokens + usage.thoughtsTokens);
  const isOutput = /^(output|reasoning|thoughts)/;
  const scaled = Object.entries(usage).map(([count, tokens]: [string, number]) => {
    if (count === 'webSearchRequests') return [count, tokens];
    return [count, Math.floor(tokens * (isOutput.test(count) ? output : input))];
  });
  return Object.fromEntries(scaled);
}

/** Puts right what no caller or provider of that shape would do. */
function possible(plan: Plan, die: number): Plan {
  const { shape, model, payer: paying } = plan;
  return {
    ...plan,
    // Only its own models are behind a provider's native route.
    native:
      plan.native &&
      (shape !== 'chat' || model.maker === 'openai') &&
      (shape !== 'embeddings' || model.maker === 'openai'),
    // Anthropic refuses a call without a limit; the platform puts one in where it pays.
    outputLimit: shape === 'messages' && paying === 'own-key' ? (plan.outputLimit ?? 100) : plan.outputLimit,
    usage: {
      ...fitted(plan),
      webSearchRequests: shape === 'messages' && SEARCHING.has(model.name) ? plan.usage.webSearchRequests : 0,
    },
    fault: COUNTED_APART.has(shape) && die === 0 ? { kind: 'refuses-to-count' } : plan.fault,
  };
}
