import type { Used } from '../../harness/cost.ts';
import type { Plan, Usage } from './plan.ts';

/** Where a platform's managed calls to the plain OpenAI-shaped routes go: to the models' makers, or to OpenRouter. */
export type Side = 'direct' | 'openrouter';

/** Whose spelling of usage the answer has (section 2 of the metering facts, and the compatible endpoints of the makers). */
export type Dialect =
  | 'openai'
  | 'openai-embeddings'
  | 'anthropic'
  | 'anthropic-as-openai'
  | 'gemini'
  | 'gemini-embeddings'
  | 'google-as-openai';

export function findDialect(plan: Plan, side: Side): Dialect {
  const { shape, model } = plan;
  if (shape === 'messages') return 'anthropic';
  if (shape === 'generateContent') return 'gemini';
  if (shape === 'embedContent' || shape === 'batchEmbedContents') return 'gemini-embeddings';
  if (shape === 'embeddings') return 'openai-embeddings';
  if (servesOpenRouter(plan, side)) return 'openai';
  if (model.maker === 'anthropic') return 'anthropic-as-openai';
  return model.maker === 'google' ? 'google-as-openai' : 'openai';
}

/** Calls with the platform's key to the plain routes that are shaped as OpenAI's. */
export function servesOpenRouter({ shape, native, payer }: Plan, side: Side): boolean {
  return side === 'openrouter' && !native && payer !== 'own-key' && OPENAI_SHAPES.includes(shape);
}

const OPENAI_SHAPES: readonly string[] = ['chat', 'completions', 'responses', 'embeddings'];

/** The bill, US dollars as decimal text, that stands in the answer; the APIs of Anthropic and Gemini have no place for it. */
export function writtenBill(plan: Plan, side: Side): string | undefined {
  const dialect = findDialect(plan, side);
  if (dialect === 'anthropic' || dialect === 'gemini' || dialect === 'gemini-embeddings') return undefined;
  if (plan.bill !== undefined) return String(plan.bill);
  if (!servesOpenRouter(plan, side)) return undefined;
  // OpenRouter sends one always: the stub's is 1 and 4 dollars per million tokens, whatever the model.
  const { usage } = plan;
  const input = usage.inputTokens + usage.toolUsePromptTokens;
  return String((input + 4 * (usage.outputTokens + usage.thoughtsTokens)) / 1_000_000);
}

/** What the answer tells of the plan's usage, once everything that its API does not tell is lost. */
export function toldBy(plan: Plan, dialect: Dialect): Used {
  const { usage } = plan;
  const input = usage.inputTokens + usage.toolUsePromptTokens;
  const output = usage.outputTokens + usage.thoughtsTokens;
  const written = usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
  const totals = { input, cached: 0, write5m: 0, write1h: 0, output, searches: 0 };
  switch (dialect) {
    case 'openai':
      return { ...totals, cached: usage.cachedInputTokens, write5m: written, searches: searchItems(plan) };
    case 'anthropic':
      return {
        ...totals,
        cached: usage.cachedInputTokens,
        // An error in place of a stream repeats what the end of the stream would: the sum of the writes alone.
        ...(plan.transport === 'sse' && plan.fault.kind === 'error'
          ? { write5m: written }
          : { write5m: usage.cacheWrite5mTokens, write1h: usage.cacheWrite1hTokens }),
        searches: usage.webSearchRequests,
      };
    case 'gemini':
      return { ...totals, cached: usage.cachedInputTokens };
    case 'anthropic-as-openai':
    case 'google-as-openai':
      return totals;
    case 'openai-embeddings':
    case 'gemini-embeddings':
      return { ...totals, output: 0 };
  }
}

/** Nothing comes before the first piece of text. The other APIs begin with an event that says that the model has begun. */
const BEGINS_WITH_OUTPUT: ReadonlySet<Plan['shape']> = new Set(['completions', 'generateContent']);

/** Searches are items of the answer, and an error has no items. Chats tell of none. */
function searchItems({ shape, usage, fault }: Plan): number {
  const hasItems = shape === 'responses' && fault.kind !== 'error' && fault.kind !== 'error-in-stream';
  return hasItems ? usage.webSearchRequests : 0;
}

/** What each request that the provider made by itself used. A try without output is not billed. */
export function toldBesides(plan: Plan): readonly { readonly model: string; readonly used: Used }[] {
  return plan.iterations
    .filter(({ type, usage }) => type !== 'message' || usage.outputTokens + usage.thoughtsTokens > 0)
    .map(({ model, usage }) => ({ model, used: toldOfMessage(usage) }));
}

function toldOfMessage(usage: Usage): Used {
  return {
    input: usage.inputTokens + usage.toolUsePromptTokens,
    cached: usage.cachedInputTokens,
    write5m: usage.cacheWrite5mTokens,
    write1h: usage.cacheWrite1hTokens,
    output: usage.outputTokens + usage.thoughtsTokens,
    searches: usage.webSearchRequests,
  };
}

/** What an answer proves: what was used, that nothing was, or neither. */
export type Evidence = 'usage' | 'nothing-used' | 'none';

/** The plan's fault, judged by what reaches the proxy. */
export function findEvidence(plan: Plan, dialect: Dialect): Evidence {
  const { fault, transport, chunking } = plan;
  const isCountedApart = dialect === 'gemini-embeddings';
  const ofError = (reportsUsage: boolean) => (reportsUsage && !isCountedApart ? 'usage' : 'nothing-used');
  switch (fault.kind) {
    case 'none':
      return 'usage';
    case 'omits-usage':
      return isCountedApart ? 'usage' : 'none';
    case 'error':
      return ofError(fault.reportsUsage);
    case 'error-in-stream':
      // Where nothing is streamed, it is an error like any other.
      if (transport === 'document') return ofError(fault.reportsUsage);
      if (fault.reportsUsage) return 'usage';
      return fault.afterChunks === 0 && BEGINS_WITH_OUTPUT.has(plan.shape) ? 'nothing-used' : 'none';
    case 'breaks-before-end':
      // A broken connection leaves an event without its blank line, which is none: the stream lacks its last usage.
      return transport === 'sse' && chunking !== 'no-final-newline' ? 'usage' : 'none';
    default:
      return 'none';
  }
}
