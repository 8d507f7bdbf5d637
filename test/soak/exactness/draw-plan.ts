import fc from 'fast-check';
import type { Maker } from '../prices/price-book.ts';
import { type Countable, mostInput as countInput, mostOutput as countOutput, isAsLarge } from './counting.ts';
import type { Carried, Chunking, Iteration, Leaving, Plan, PlannedFailure, Served, Shape, Usage } from './plan.ts';

type Models = Readonly<Record<Maker, readonly string[]>>;

const GENERATING: Models = {
  openai: [
    'gpt-4o-mini',
    'gpt-4o-2024-08-06',
    'gpt-4.1-nano',
    'gpt-5-mini',
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
const SEARCHING = new Set([
  'claude-haiku-4-5-20251001',
  'claude-sonnet-4-5',
  'claude-opus-4-6',
  'gpt-4o-mini',
  'gpt-5-mini',
  'gpt-5.4',
  'gpt-5.6-sol',
  'o3',
]);
/** OpenAI's page has a priority price for them; long prompts have none. */
const WITH_PRIORITY = new Set(['gpt-4o-mini', 'gpt-4o-2024-08-06', 'gpt-4.1-nano', 'gpt-5-mini', 'o3']);

function modelsFrom(table: Models, ...makers: readonly Maker[]): fc.Arbitrary<Plan['model']> {
  return fc.constantFrom(...makers.flatMap((maker) => table[maker].map((name) => ({ maker, name }))));
}

/** Sizes at which prices change. */
const TIER_EDGES = [200_000, 271_999, 272_000];
/** Of what there can be, in hundredths: nothing and all of it more often. */
const share = fc.oneof(fc.constant(100), fc.constant(0), fc.integer({ min: 0, max: 100 }));
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, otherwise: T) =>
  fc.oneof(fc.constant(otherwise), fc.constant(otherwise), arbitrary);

/** How much of what a call can use it does use. */
interface Shares {
  readonly input: number;
  /** Tokens of input where there can be so many. */
  readonly edge: number | undefined;
  readonly output: number;
  readonly cached: number;
  readonly written: number;
  readonly longLived: number;
  readonly reasoning: number;
  readonly thoughts: number;
  readonly toolPrompt: number;
  readonly searches: number;
}

/** The dearest that a call can come to: what is held is just above it. */
const DEAREST: Shares = {
  input: 100,
  edge: undefined,
  output: 100,
  cached: 0,
  written: 100,
  longLived: 100,
  reasoning: 0,
  thoughts: 100,
  toolPrompt: 0,
  searches: 100,
};

const anyShares: fc.Arbitrary<Shares> = fc.record({
  input: share,
  edge: sometimes<number | undefined>(
    fc.tuple(fc.constantFrom(...TIER_EDGES), fc.integer({ min: -1, max: 2 })).map(([edge, by]) => edge + by),
    undefined,
  ),
  output: share,
  cached: sometimes(share, 0),
  written: sometimes(share, 0),
  longLived: sometimes(share, 0),
  reasoning: sometimes(share, 0),
  thoughts: sometimes(share, 0),
  toolPrompt: sometimes(share, 0),
  searches: share,
});
const shares = sometimes(fc.constant(DEAREST), undefined).chain((most) => (most ? fc.constant(most) : anyShares));

function part(tokens: number, hundredths: number): number {
  return Math.floor((tokens * hundredths) / 100);
}

/** What a provider can report for the request. */
function drawUsage(request: Countable, drawn: Shares): Usage {
  const { shape, model, carried } = request;
  const webSearchRequests = part(carried.mostSearches, drawn.searches);
  const mostInput = countInput(request, webSearchRequests);
  const isEmbedding = /^embed|^batch/.test(shape);
  const input = drawn.edge !== undefined && drawn.edge < mostInput ? drawn.edge : part(mostInput, drawn.input);
  const toolUsePromptTokens = part(input, drawn.toolPrompt);
  const inputTokens = input - toolUsePromptTokens;
  const cachedInputTokens = part(inputTokens, drawn.cached);
  const writtenTokens = part(inputTokens - cachedInputTokens, drawn.written);
  const cacheWrite1hTokens = part(writtenTokens, drawn.longLived);
  const output = isEmbedding ? 0 : part(countOutput(request), drawn.output);
  const thoughtsTokens = part(output, drawn.thoughts);
  return {
    inputTokens,
    outputTokens: output - thoughtsTokens,
    cachedInputTokens,
    cacheWrite5mTokens: writtenTokens - cacheWrite1hTokens,
    cacheWrite1hTokens,
    reasoningTokens: part(output - thoughtsTokens, drawn.reasoning),
    // Only Gemini's thoughts have a budget beside the limit.
    thoughtsTokens: thoughtsTokens + (model.maker === 'google' ? part(carried.thinkingBudget, drawn.thoughts) : 0),
    toolUsePromptTokens,
    webSearchRequests,
  };
}

const side = fc.oneof(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 9_000 }));
const carried: fc.Arbitrary<Carried> = fc.record({
  pictures: sometimes(
    fc.array(fc.record({ width: side, height: side, format: fc.constantFrom('png', 'jpeg', 'webp') }), {
      maxLength: 3,
    }),
    [],
  ),
  pages: sometimes(fc.oneof(fc.nat(3), fc.nat(300)), 0),
  isRemote: fc.boolean(),
  thoughtCharacters: sometimes(fc.nat(6_000), 0),
  functions: sometimes(fc.nat(4), 0),
  mostSearches: sometimes(fc.nat(5), 0),
  compacts: sometimes(fc.constant(true), false),
  thinkingBudget: sometimes(fc.nat(20_000), 0),
});

/** How it is served, as the APIs name it: see `wire.ts` for which of them tells what. */
const served = sometimes<DrawnService>(
  fc.record({
    model: fc.option(fc.nat(), { nil: undefined }),
    tier: sometimes<'flex' | 'priority' | undefined>(fc.constantFrom('flex', 'priority'), undefined),
    region: sometimes(fc.constant(true), false),
    isFast: sometimes(fc.constant(true), false),
  }),
  { model: undefined, tier: undefined, region: false, isFast: false },
);
interface DrawnService {
  /** Which of the maker's other models. */
  readonly model: number | undefined;
  readonly tier: 'flex' | 'priority' | undefined;
  readonly region: boolean;
  readonly isFast: boolean;
}

const iterations = sometimes(
  fc.array(
    fc.record({ type: fc.constantFrom('compaction', 'compaction', 'advisor_message'), model: fc.nat(), shares }),
    {
      minLength: 1,
      maxLength: 2,
    },
  ),
  [],
);

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
  prompt: fc.tuple(text(60), sometimes(fc.constant(150), 1)).map(([words, times]) => words.repeat(times)),
  carried,
  unpriced: fc.oneof(
    { weight: 12, arbitrary: fc.constant('nothing' as const) },
    { weight: 1, arbitrary: fc.constantFrom('tier' as const, 'tool' as const) },
  ),
  answers: sometimes(fc.integer({ min: 2, max: 3 }), 1),
  outputLimit: fc.oneof(fc.constantFrom(undefined, 32_000, 128_000), fc.integer({ min: 1, max: 4_000 })),
  usageAsked: fc.boolean(),
  thinksMs: fc.constantFrom(0, 60),
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

/** Any request. */
export const plans: fc.Arbitrary<Plan> = fc
  .tuple(shapes, fc.record(common), fc.record({ shares, served, iterations, isRefusedCount: fc.nat(9) }))
  .map(([shape, rest, answer]) => withAnswer(possible({ ...rest, ...shape }), answer));

type Request = Omit<Plan, 'usage' | 'served' | 'iterations'>;

/** Puts right what no caller of that shape would do. */
function possible(request: Request): Request {
  const { shape, model, payer: paying, carried: drawn } = request;
  const isOwn = model.maker === 'openai';
  const readsFiles = shape === 'responses' || shape === 'messages' || shape === 'generateContent';
  const isChat = readsFiles || shape === 'chat';
  const thinks = readsFiles && !model.name.startsWith('soak-');
  return {
    ...request,
    // Only its own models are behind a provider's native route.
    native: request.native && ((shape !== 'chat' && shape !== 'embeddings') || isOwn),
    // Anthropic refuses a call without a limit; the platform puts one in where it pays.
    outputLimit: shape === 'messages' && paying === 'own-key' ? (request.outputLimit ?? 100) : request.outputLimit,
    answers:
      shape === 'responses' || shape === 'messages' || !(isChat || shape === 'completions') ? 1 : request.answers,
    unpriced: isChat ? request.unpriced : 'nothing',
    carried: {
      pictures: isChat ? drawn.pictures : [],
      pages: readsFiles || (shape === 'chat' && isOwn) ? drawn.pages : 0,
      isRemote: drawn.isRemote,
      thoughtCharacters: thinks ? drawn.thoughtCharacters : 0,
      functions: isChat ? drawn.functions : 0,
      mostSearches: /^(responses|messages)$/.test(shape) && SEARCHING.has(model.name) ? drawn.mostSearches : 0,
      compacts: shape === 'messages' && drawn.compacts,
      thinkingBudget: shape === 'generateContent' ? drawn.thinkingBudget : 0,
    },
  };
}

interface DrawnAnswer {
  readonly shares: Shares;
  readonly served: DrawnService;
  readonly iterations: readonly { readonly type: Iteration['type']; readonly model: number; readonly shares: Shares }[];
  readonly isRefusedCount: number;
}

const COUNTED_APART: ReadonlySet<Shape> = new Set(['embedContent', 'batchEmbedContents']);

/** The request with an answer that its provider could give. */
function withAnswer(request: Request, drawn: DrawnAnswer): Plan {
  const { shape, model, fault } = request;
  const others = GENERATING[model.maker].filter((name) => name !== model.name);
  // Errors tell the usage, and nothing of how it came about.
  const tellsAll = fault.kind !== 'error' && fault.kind !== 'error-in-stream';
  const larger = others.filter((name) => isAsLarge(model, name));
  const service = tellsAll ? serviceFor(request, drawn.served, larger) : {};
  // A summary is an answer of its own, within the limit.
  const outputLimit = Math.min(4_000, request.outputLimit ?? 4_000);
  const counted = (name: string, usage: Shares) =>
    drawUsage({ ...request, model: { ...model, name }, outputLimit, answers: 1 }, { ...usage, searches: 0 });
  const iteration = (type: Iteration['type'], name: string, usage: Shares) => ({
    type,
    model: name,
    usage: counted(name, usage),
  });
  const before = drawn.iterations.map(({ type, model: index, shares: used }) =>
    iteration(type, type === 'compaction' ? model.name : (others[index % others.length] ?? model.name), used),
  );
  const tried = service.model === undefined ? [] : [iteration('message', model.name, drawn.shares)];
  const isCountRefused = COUNTED_APART.has(shape) && drawn.isRefusedCount === 0;
  return {
    ...request,
    usage: drawUsage(request, drawn.shares),
    served: service,
    iterations: shape === 'messages' && tellsAll && before.length > 0 ? [...tried, ...before] : [],
    fault: isCountRefused ? { kind: 'refuses-to-count' } : fault,
  };
}

function serviceFor({ shape, model }: Request, drawn: DrawnService, others: readonly string[]): Served {
  const tier =
    drawn.tier === 'priority' && model.maker === 'openai' && !WITH_PRIORITY.has(model.name) ? 'flex' : drawn.tier;
  const hasTiers =
    /^(responses|completions|generateContent)$/.test(shape) || (shape === 'chat' && model.maker === 'openai');
  const other =
    /^(embed|batch)/.test(shape) || drawn.model === undefined ? undefined : others[drawn.model % others.length];
  return {
    ...(other !== undefined && { model: other }),
    ...(hasTiers && other === undefined && tier !== undefined && { serviceTier: tier }),
    ...(shape === 'messages' && drawn.region && { inferenceGeo: 'us' }),
    ...(shape === 'messages' && drawn.isFast && (other ?? model.name) === 'claude-opus-4-6' && { speed: 'fast' }),
  };
}
