/** The OpenAI API but for responses: chat and text completions, embeddings, and models. OpenRouter, Anthropic and Google imitate it. */
import { errorBody } from '../../../contract/error-envelopes.ts';
import { addUsd, type ProviderName, usdToMicro } from '../../money/prices.ts';
import { CHAT_USAGE, type UsageFields } from '../charges/usage-fields.ts';
import {
  collectInput,
  type Envelope,
  type EventFate,
  freeCall,
  type InputCollector,
  limitAt,
  type Operation,
  type OutputLimit,
  PASS,
  type Placement,
  placeLimit,
  type Reported,
  type RequestCheck,
  type RequestDecisions,
  type RequestFacts,
  readRequest,
  type StreamEvent,
  type StreamReader,
  trackEndedCompletions,
  type UnreadInput,
} from './operation.ts';
import {
  asCount,
  asList,
  asObject,
  asText,
  findUnknownFields,
  isAbsent,
  isCount,
  isObject,
  type JsonObject,
  oneOrMore,
  readTerms,
} from './wire-values.ts';

export const openAiEnvelope: Envelope = {
  api: 'openai',
  requestIdHeader: 'x-request-id',
  body: (error) => errorBody('openai', error),
  frame: (error) => `data: ${JSON.stringify(errorBody('openai', error))}\n\n`,
};

/** Where providers have the OpenAI API, below their base URL. The base URLs of OpenAI and OpenRouter end with `/v1`. */
const PREFIXES: Readonly<Record<ProviderName, string>> = {
  openai: '',
  openrouter: '',
  anthropic: '/v1',
  google: '/v1beta/openai',
};

/** An operation of the OpenAI API at the providers that offer it. */
export function openAiEndpoint(path: string, offeredBy: readonly ProviderName[]): Operation['endpoint'] {
  return (provider) => {
    if (!offeredBy.includes(provider)) return undefined;
    const isOwn = provider === 'openai' || provider === 'openrouter';
    return { path: `${PREFIXES[provider]}${path}`, dialect: isOwn ? 'native' : 'openai-compatible' };
  };
}

/** What the operations of this file have in common. */
const COMPLETION = {
  method: 'POST',
  envelope: openAiEnvelope,
  charge: 'metered',
  provider: undefined,
  queryParameters: [],
  place: placeOpenAi,
  readResponse: (text, provider) => {
    const answer = parseWithCost(text) ?? {};
    return withAudio(readReport(answer, CHAT_NAMES, provider), spokenIds(answer.choices, 'message'));
  },
  costPath: ['usage'],
  readStream: readChatStream,
} as const satisfies Partial<Operation>;

/** `POST /v1/chat/completions`, at OpenAI, OpenRouter and the OpenAI-compatible endpoints of Anthropic and Google. */
export const chatCompletions: Operation = {
  ...COMPLETION,
  name: 'chat.completions',
  endpoint: openAiEndpoint('/chat/completions', ['openai', 'openrouter', 'anthropic', 'google']),
  read: (body) =>
    readRequest(body, (check) => ({
      ...readStreamed(body, check),
      outputLimit: chatOutputLimit(body, check),
      extent: {
        ...readOpenAiInput(body.messages),
        declaresTools: [body.tools, body.functions].flatMap(oneOrMore).length > 0,
        answers: check.positive(body, 'n') ?? 1,
        extraOutputTokens: predictedBytes(body.prediction) + reasoningTokens(body) + geminiThinkingTokens(body),
      },
    })),
};

/** What `/v1/completions` writes at most where the caller sets no limit. */
const DEFAULT_OUTPUT_TOKENS = 16;

/** `POST /v1/completions` */
export const completions: Operation = {
  ...COMPLETION,
  name: 'completions',
  endpoint: openAiEndpoint('/completions', ['openai', 'openrouter']),
  read: (body) =>
    readRequest(body, (check) => {
      const facts = readStreamed(body, check);
      // `best_of` completions are written and charged, `n` of them are shown.
      const answers = Math.max(check.positive(body, 'n') ?? 1, check.positive(body, 'best_of') ?? 1);
      const tokens = check.positive(body, 'max_tokens');
      return {
        ...facts,
        outputLimit: { most: DEFAULT_OUTPUT_TOKENS, ...limitAt(tokens, ['max_tokens']) },
        extent: { prompts: countPrompts(body.prompt), answers },
      };
    }),
};

/** `POST /v1/embeddings` */
export const embeddings: Operation = {
  ...COMPLETION,
  name: 'embeddings',
  endpoint: openAiEndpoint('/embeddings', ['openai', 'openrouter', 'google']),
  read: (body) =>
    readRequest(body, (check) => ({
      model: check.name(body, 'model'),
      extent: { prompts: countPrompts(body.input) },
    })),
};

const compatibleModels = openAiEndpoint('/models', ['openai', 'openrouter', 'google']);

/** `GET /v1/models` as OpenAI answers it. Anthropic has one list for both APIs. */
export const listOpenAiModels = freeCall({
  name: 'models',
  method: 'GET',
  envelope: openAiEnvelope,
  provider: undefined,
  endpoint: (provider, model, parts) =>
    provider === 'anthropic' ? { path: '/v1/models', dialect: 'native' } : compatibleModels(provider, model, parts),
});

function readStreamed(body: JsonObject, check: RequestCheck) {
  const model = check.name(body, 'model');
  const streamed = check.flag(body, 'stream');
  return { model, streamed, usageAsked: check.flag(check.object(body, 'stream_options'), 'include_usage') };
}

/** Both names of the limit may stand there; the larger one bounds the hold. */
function chatOutputLimit(body: JsonObject, check: RequestCheck): OutputLimit {
  const places = ['max_completion_tokens', 'max_tokens'].flatMap((name) => {
    const tokens = check.positive(body, name);
    return tokens === undefined ? [] : [{ path: [name], tokens }];
  });
  if (places.length === 0) return { kind: 'missing', path: ['max_completion_tokens'] };
  return {
    kind: 'given',
    tokens: Math.max(...places.map(({ tokens }) => tokens)),
    places,
    above: reasoningTokens(body),
  };
}

/** Rejected parts of a predicted output are charged as output, beyond the limit. */
function predictedBytes(prediction: unknown): number {
  return isAbsent(prediction) ? 0 : Buffer.byteLength(JSON.stringify(prediction));
}

/** OpenRouter's budget for reasoning: not every provider behind it counts that against the limit. */
export function reasoningTokens(body: JsonObject): number {
  const { max_tokens: most } = asObject(body.reasoning);
  return isCount(most) ? most : 0;
}

/** The budget of Google's imitation, which is not known to be within the limit either. */
function geminiThinkingTokens({ extra_body: extra }: JsonObject): number {
  const { thinking_budget: snake, thinkingBudget: camel } = asObject(asObject(asObject(extra).google).thinking_config);
  const budget = Number(snake ?? camel ?? 0);
  return isCount(budget) ? budget : 0;
}

/** One text, one list of tokens, or a list of either. */
function countPrompts(prompt: unknown): number {
  const list = asList(prompt);
  return list.length === 0 || typeof list[0] === 'number' ? 1 : list.length;
}

/**
 * What is text in the body. Of items that are encrypted, the bytes bound the tokens too: a token of reasoning is four bytes on
 * average, so that less than one byte of base64 for each would need text that is packed to a fifth.
 */
const TEXT_TYPES = new Set<unknown>([
  undefined,
  null,
  'text',
  'refusal',
  'input_text',
  'output_text',
  'message',
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
  'local_shell_call',
  'local_shell_call_output',
  'shell_call',
  'shell_call_output',
  'apply_patch_call',
  'apply_patch_call_output',
  'tool_search_call',
  'tool_search_output',
  'additional_tools',
  'summary_text',
  'reasoning_text',
]);
/** Encrypted, unless they only name what the provider has kept. */
const ENCRYPTED_TYPES = new Set<unknown>(['reasoning', 'compaction']);

/** Looks through messages or input items for everything that is not text. */
export function readOpenAiInput(items: unknown): UnreadInput {
  const input = collectInput();
  const visit = (item: unknown): void => {
    if (!isObject(item)) return;
    const { type, input_audio: sound } = item;
    if (type === 'image_url' || type === 'input_image') readImage(item, input);
    else if (type === 'input_audio' && isObject(sound)) input.sound(asText(sound.data));
    else if (ENCRYPTED_TYPES.has(type)) {
      if (asText(item.encrypted_content) === '') input.reference(item.id);
    } else if (type === 'item_reference') input.reference(item.id);
    else if (!TEXT_TYPES.has(type)) readOther(item, input);
    // An earlier spoken completion, named by its id.
    if (isObject(item.audio)) input.reference(item.audio.id);
    for (const part of oneOrMore(item.content)) visit(part);
    for (const part of oneOrMore(item.output)) visit(part);
  };
  for (const item of oneOrMore(items)) {
    visit(item);
    // A reference may leave its type out.
    if (isObject(item) && isAbsent(item.type) && isAbsent(item.content) && !isAbsent(item.id)) input.reference(item.id);
  }
  return input.collected();
}

/** A file or a screenshot in the body, by its id, or at a URL. */
function readOther({ file_url: file, image_url: image }: JsonObject, input: InputCollector): void {
  if (!isAbsent(file) || /^https?:/i.test(asText(image))) input.growing();
  else input.unseen();
}

/** A picture in the body, at a URL, or by the id of its file. */
function readImage({ image_url: image }: JsonObject, input: InputCollector): void {
  const url = asText(isObject(image) ? image.url : image);
  const [, base64] = /^data:image\/[\w.+-]+;base64,(.*)$/s.exec(url) ?? [];
  if (base64 === undefined && url.startsWith('data:')) input.unseen();
  else input.picture(base64);
}

/** Puts in the model, the limits and, in streams, the request for the usage that the call is metered by. */
export function placeOpenAi(facts: RequestFacts, decisions: RequestDecisions): readonly Placement[] {
  const placements: Placement[] = [];
  if (decisions.model !== undefined) placements.push({ path: ['model'], json: JSON.stringify(decisions.model) });
  placements.push(...placeLimit(facts.outputLimit, decisions.outputTokens));
  if (decisions.toolCalls !== undefined) {
    placements.push({ path: ['max_tool_calls'], json: String(decisions.toolCalls) });
  }
  if (facts.streamed && !facts.usageAsked) {
    placements.push({ path: ['stream_options', 'include_usage'], json: 'true' });
  }
  return placements;
}

/** The names that an OpenAI API gives to the parts of its usage. */
export interface UsageNames {
  readonly input: string;
  readonly inputDetails: string;
  readonly output: string;
  readonly outputDetails: string;
  /** All of its fields, by what they are to the bill. */
  readonly fields: UsageFields;
}

export const CHAT_NAMES: UsageNames = {
  input: 'prompt_tokens',
  inputDetails: 'prompt_tokens_details',
  output: 'completion_tokens',
  outputDetails: 'completion_tokens_details',
  fields: CHAT_USAGE,
};

/** What an answer reports, or a chunk or event of it that has the usage. Undefined where there is no usage. */
export function readReport(answer: JsonObject, names: UsageNames, provider: ProviderName): Reported | undefined {
  const used = readUsage(answer.usage, names, provider);
  if (used === undefined) return undefined;
  return {
    ...used,
    served: { model: asText(answer.model) || undefined, terms: readTerms({ service_tier: answer.service_tier }) },
    unknownFields: findUnknownFields(answer.usage, names.fields),
  };
}

/**
 * Reads a `usage` object of the OpenAI API. Cache reads and writes are inside the input, reasoning and rejected predictions
 * inside the output. Google's imitation counts thoughts in the total only. Undefined where there is no usage.
 */
export function readUsage(usage: unknown, names: UsageNames, provider: ProviderName): Reported | undefined {
  if (!isObject(usage) || isAbsent(usage[names.input])) return undefined;
  const inputTokens = asCount(usage[names.input]);
  const outputTokens = asCount(usage[names.output]);
  const totalTokens = asCount(usage.total_tokens);
  const inputDetails = asObject(usage[names.inputDetails]);
  const outputDetails = asObject(usage[names.outputDetails]);
  const consumption = {
    inputTokens,
    cachedInputTokens: asCount(inputDetails.cached_tokens),
    cacheWrite5mTokens: asCount(inputDetails.cache_write_tokens),
    cacheWrite1hTokens: 0,
    outputTokens: provider === 'google' ? Math.max(outputTokens, totalTokens - inputTokens) : outputTokens,
    audioInputTokens: asCount(inputDetails.audio_tokens),
    audioOutputTokens: asCount(outputDetails.audio_tokens),
    imageOutputTokens: asCount(outputDetails.image_tokens),
    webSearches: asCount(asObject(usage.server_tool_use).web_search_requests),
  };
  return { consumption, ...readBill(usage) };
}

/** The parts that an upstream cost is split into: in chat and text completions, and in responses. */
const UPSTREAM_PARTS = [
  ['upstream_inference_prompt_cost', 'upstream_inference_completions_cost'],
  ['upstream_inference_input_cost', 'upstream_inference_output_cost'],
] as const;
const MONEY_KEYS = new Set(['cost', 'upstream_inference_cost', ...UPSTREAM_PARTS.flat()]);

/**
 * OpenRouter's bill in US dollars, believed wherever it comes from. With a key that the platform keeps at OpenRouter
 * (`is_byok`), `cost` is OpenRouter's fee alone: the maker of the model bills its own part, which `cost_details` tells.
 */
function readBill(usage: JsonObject): Omit<Reported, 'consumption'> {
  const cost = costText(usage.cost);
  // Whatever is not plainly no counts as yes: too little would be charged otherwise.
  if (isAbsent(usage.is_byok) || usage.is_byok === false) return { costUsd: cost };
  const details = asObject(usage.cost_details);
  const upstream = costText(details.upstream_inference_cost) ?? sumOfParts(details);
  if (upstream === undefined) return { costUsd: undefined, feeUsd: cost };
  return { costUsd: cost === undefined ? upstream : addUsd(cost, upstream) };
}

function sumOfParts(details: JsonObject): string | undefined {
  const sums = UPSTREAM_PARTS.map(([input, output]) => {
    const [first, second] = [costText(details[input]), costText(details[output])];
    return first === undefined || second === undefined ? undefined : addUsd(first, second);
  });
  return sums.find((sum) => sum !== undefined);
}

/**
 * Parses a response and keeps every amount of money as the text that the provider wrote: money is not read through a float.
 * Google's imitation puts an error into a list of one. Undefined where it is not a JSON object.
 */
export function parseWithCost(text: string): JsonObject | undefined {
  try {
    const value: unknown = text.includes('cost"') ? JSON.parse(text, keepMoneyText) : JSON.parse(text);
    const response: unknown = Array.isArray(value) ? value[0] : value;
    return isObject(response) ? response : undefined;
  } catch {
    return undefined;
  }
}

function keepMoneyText(key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' && MONEY_KEYS.has(key) ? (context?.source ?? String(value)) : value;
}

function costText(cost: unknown): string | undefined {
  return typeof cost === 'string' && usdToMicro(cost) !== undefined ? cost : undefined;
}

/** A spoken answer is kept for a while, and a later call names it in place of repeating it. */
function spokenIds(choices: unknown, field: 'message' | 'delta'): readonly string[] {
  const said = asList(choices).map((choice) => asObject(asObject(choice)[field]));
  return said.map(({ audio }) => asText(asObject(audio).id)).filter((id) => id !== '');
}

function withAudio(reported: Reported | undefined, keptIds: readonly string[]): Reported | undefined {
  return reported === undefined || keptIds.length === 0 ? reported : { ...reported, keptIds };
}

const DONE = '[DONE]';
/**
 * In an event that ends the stream, tells of an error, speaks, or has more than `"usage":null`, which every chunk has. Nearly all
 * events are content, where these quotes are escaped; to parse them all would be most of the work.
 */
const READ_EVENT = /"usage"(?!:null)|"error"|\[DONE\]|"audio"/;

/**
 * Follows a stream of chat or text completions. The usage comes in a chunk of its own without choices, at the end; in
 * Google's imitation it grows on every chunk. A usage chunk that the caller did not ask for is hidden.
 */
export function readChatStream({ usageAsked, extent }: RequestFacts, provider: ProviderName): StreamReader {
  const ended = trackEndedCompletions('finish_reason', extent.answers);
  let reported: Reported | undefined;
  let hasOwnChunk = false;
  const spoken = new Set<string>();
  let failure: StreamEvent | undefined;

  function readChunk(chunk: JsonObject, event: StreamEvent): EventFate {
    if (!isAbsent(chunk.error)) failure = event;
    for (const id of spokenIds(chunk.choices, 'delta')) spoken.add(id);
    const usage = readReport(chunk, CHAT_NAMES, provider);
    if (usage === undefined) return PASS;
    reported = usage;
    const isOwnChunk = asList(chunk.choices).length === 0;
    hasOwnChunk ||= isOwnChunk;
    if (!ended.read(chunk.choices) && !isOwnChunk) return PASS;
    if (usageAsked) return { kind: 'hold', costPath: ['usage'] };
    return isOwnChunk && failure === undefined ? { kind: 'hide' } : { kind: 'hold' };
  }

  return {
    find: (events) => events.search(READ_EVENT),
    read(event) {
      if (event.data === DONE) return { kind: 'end' };
      const chunk = parseWithCost(event.data);
      return chunk === undefined ? PASS : readChunk(chunk, event);
    },
    reported: () => withAudio(reported, [...spoken]),
    isFinal: () => hasOwnChunk || (reported !== undefined && ended.isLast()),
    isWhole: () => hasOwnChunk || (reported !== undefined && ended.areAll()),
    failure: () => failure,
  };
}
