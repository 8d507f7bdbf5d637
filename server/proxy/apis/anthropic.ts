/** Anthropic's API: messages, counting their tokens, and models. */
import { errorBody } from '../../../contract/error-envelopes.ts';
import type { Consumption } from '../../money/prices.ts';
import { MESSAGES_USAGE } from '../charges/usage-fields.ts';
import {
  type BesideUse,
  collectInput,
  type Envelope,
  freeCall,
  type InputCounting,
  limitAt,
  nameSet,
  type Operation,
  PASS,
  type Placement,
  placeLimit,
  type Reported,
  type RequestDecisions,
  type RequestFacts,
  readRequest,
  type StreamEvent,
  type StreamReader,
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
  parseJson,
  readTerms,
} from './wire-values.ts';

export const anthropicEnvelope: Envelope = {
  api: 'anthropic',
  requestIdHeader: 'request-id',
  body: (error) => errorBody('anthropic', error),
  // The SDK looks for errors by the event's name.
  frame: (error) => `event: error\ndata: ${JSON.stringify(errorBody('anthropic', error))}\n\n`,
};

/** The searches that one call is held for where the caller does not limit them with `max_uses`. */
const UNLIMITED_SEARCHES = 20;
/** Anthropic pauses a call whose tools run at its own servers after ten turns; one more is for the text. */
const MAX_TURNS = 11;

const COUNT_QUERY = ['beta'];
const countEndpoint = () => ({ path: '/v1/messages/count_tokens', dialect: 'native' }) as const;

/**
 * https://platform.claude.com/docs/en/build-with-claude/token-counting: "The token count is an estimate. In some cases, the
 * actual number of input tokens used when creating a message might differ by a small amount." A tenth is taken for small. Files
 * at URLs and tools that run at Anthropic are refused there.
 */
const inputCounting: InputCounting = {
  endpoint: countEndpoint,
  queryParameters: COUNT_QUERY,
  counted:
    nameSet(`billing_policy cache_control compaction context_management messages model output_config output_format
    speed system thinking tool_choice tools`),
  withoutInput:
    nameSet(`diagnostics inference_geo max_tokens metadata service_tier stop_sequences stream temperature top_k
    top_p user`),
  nameModel: (model) => model,
  margin: { share: 0.1, pictures: false },
  readTokens(text) {
    const { input_tokens: tokens, context_management: edited } = asObject(parseJson(text));
    // Edits to the context may come later than the count says.
    const most = Math.max(asCount(tokens), asCount(asObject(edited).original_input_tokens));
    return isAbsent(tokens) ? undefined : most;
  },
};

/** `POST /v1/messages`. */
export const messages: Operation = {
  name: 'messages',
  method: 'POST',
  envelope: anthropicEnvelope,
  charge: 'metered',
  provider: 'anthropic',
  queryParameters: ['beta'],
  endpoint: () => ({ path: '/v1/messages', dialect: 'native' }),
  read: (body) =>
    readRequest(body, (check) => {
      const model = check.name(body, 'model');
      const streamed = check.flag(body, 'stream');
      // 0 fills the cache and answers nothing.
      const tokens = check.count(body, 'max_tokens');
      const { input, tools } = readMessagesInput(body);
      return {
        model,
        streamed,
        usageAsked: true,
        outputLimit: { above: asCount(asObject(body.thinking).budget_tokens) || 0, ...limitAt(tokens, ['max_tokens']) },
        extent: {
          ...input,
          // A format of the answer is explained to the model too.
          declaresTools: tools.length > 0 || !isAbsent(asObject(body.output_config).format ?? body.output_format),
          ...countTurns(body, tools),
          webSearches: maxSearches(tools),
        },
      };
    }),
  place,
  readResponse: (text) => readMessage(asObject(parseJson(text))),
  costPath: undefined,
  readStream: () => readMessageStream(),
  inputCounting,
};

/**
 * The context window that a call asks for by its `anthropic-beta`: `context-1m-2025-08-07` is a million tokens. 0 where it
 * asks for none.
 */
export function widenedWindow(beta: string | string[] | undefined): number {
  const millions = [...String(beta ?? '').matchAll(/context-(\d{1,3})m\b/gi)].map(([, number]) => Number(number));
  return Math.max(0, ...millions) * 2 ** 20;
}

/** `POST /v1/messages/count_tokens` */
export const countMessageTokens = freeCall({
  name: 'messages.count_tokens',
  method: 'POST',
  envelope: anthropicEnvelope,
  provider: 'anthropic',
  queryParameters: COUNT_QUERY,
  endpoint: countEndpoint,
  place,
});

/** `GET /v1/models` as Anthropic answers it. */
export const listAnthropicModels = freeCall({
  name: 'models',
  method: 'GET',
  envelope: anthropicEnvelope,
  provider: 'anthropic',
  queryParameters: ['after_id', 'before_id', 'limit', 'beta'],
  endpoint: () => ({ path: '/v1/models', dialect: 'native' }),
});

/** Puts in the model and the output limit. */
function place({ outputLimit }: RequestFacts, decisions: RequestDecisions): readonly Placement[] {
  const placements: Placement[] = [];
  if (decisions.model !== undefined) placements.push({ path: ['model'], json: JSON.stringify(decisions.model) });
  return [...placements, ...placeLimit(outputLimit, decisions.outputTokens)];
}

const TEXT_BLOCKS = new Set([
  'text',
  'thinking',
  'redacted_thinking',
  'tool_use',
  'tool_result',
  'tool_reference',
  'search_result',
  'server_tool_use',
  'web_search_tool_result',
  'web_search_result',
  'compaction',
]);

/** Looks through system prompt and messages for everything that is not text in the body, and for the tools that they add. */
function readMessagesInput(body: JsonObject) {
  const input = collectInput();
  const tools = oneOrMore(body.tools).map(asObject);
  const visit = (block: unknown): void => {
    if (!isObject(block)) return;
    const source = asObject(block.source);
    if (block.type === 'image') input.picture(source.type === 'base64' ? asText(source.data) : undefined);
    else if (block.type === 'document' && source.type === 'content') oneOrMore(source.content).forEach(visit);
    else if (block.type === 'document' && source.type === 'text') return;
    else if (block.type === 'tool_addition') tools.push(asObject(asObject(block.tool).definition));
    else if (source.type === 'url') input.growing();
    else if (!TEXT_BLOCKS.has(asText(block.type))) input.unseen();
    oneOrMore(block.content).forEach(visit);
    oneOrMore(block.tool_changes).forEach(visit);
  };
  oneOrMore(body.system).forEach(visit);
  for (const message of oneOrMore(body.messages)) oneOrMore(asObject(message).content).forEach(visit);
  const isUnseen = !isAbsent(body.container) || !isAbsent(body.mcp_servers);
  if (isUnseen || tools.some((tool) => isKind(tool, FINDING_TOOLS))) input.growing();
  input.unseen(SCHEMA_PROMPT_TOKENS * tools.filter(hasOwnSchema).length);
  return { input: input.collected(), tools };
}

/** More than the instructions for one tool that Anthropic defines count: up to 735 are published. */
const SCHEMA_PROMPT_TOKENS = 1_024;

function hasOwnSchema({ type }: JsonObject): boolean {
  return !isAbsent(type) && type !== 'custom';
}

/** Tools that Anthropic runs itself. Their results are input of a further turn. */
const ITS_OWN_TOOLS = /^(?:web_|mcp_toolset|tool_search_tool_)/;
/** Before each turn Anthropic may summarise what came before: that reads all of it, and writes an answer of its own. */
function countTurns(
  body: JsonObject,
  tools: readonly JsonObject[],
): { readonly turns: number; readonly answers: number } {
  const runsTools = !isAbsent(body.mcp_servers) || tools.some((tool) => isKind(tool, ITS_OWN_TOOLS));
  const turns = runsTools ? MAX_TURNS : 1;
  const edits = oneOrMore(asObject(body.context_management).edits).map(asObject);
  const compacts = !isAbsent(body.compaction) || edits.some((edit) => isKind(edit, /^compact/));
  return compacts ? { turns: 2 * turns, answers: 1 + turns } : { turns, answers: 1 };
}

/** Those whose results do not stand in the request already. */
const FINDING_TOOLS = /^(?:web_|mcp_toolset)/;

function isKind({ type }: JsonObject, kinds: RegExp): boolean {
  return kinds.test(asText(type));
}

function maxSearches(tools: readonly JsonObject[]): number {
  return tools
    .filter(({ type }) => asText(type).startsWith('web_search'))
    .reduce((sum, { max_uses: uses }) => sum + (isCount(uses) && uses > 0 ? uses : UNLIMITED_SEARCHES), 0);
}

/** Reads a message, or what a stream had of it at its end. Undefined where it has no usage. */
export function readMessage({ model, usage, container }: JsonObject): Reported | undefined {
  if (!isObject(usage) || isAbsent(usage.input_tokens) || isAbsent(usage.output_tokens)) return undefined;
  const { service_tier, inference_geo, speed } = usage;
  const consumption = readCounts(usage);
  return {
    consumption: {
      ...consumption,
      webSearches: asCount(asObject(usage.server_tool_use).web_search_requests),
    },
    besides: readBesides(asList(usage.iterations).filter(isObject)),
    served: { model: asText(model) || undefined, terms: readTerms({ service_tier, inference_geo, speed }) },
    unknownFields: findUnknownFields(usage, MESSAGES_USAGE),
    costUsd: undefined,
    // It is kept with the files that are in it, and a later call may name it.
    ...(isObject(container) && { keptIds: [asText(container.id)] }),
  };
}

/** Anthropic's `input_tokens` leave out cache reads and writes; thinking is inside the output. */
function readCounts(usage: JsonObject): Consumption {
  const cached = asCount(usage.cache_read_input_tokens);
  const { ephemeral_5m_input_tokens: shorter, ephemeral_1h_input_tokens: longer } = asObject(usage.cache_creation);
  const written1h = asCount(longer);
  const written = Math.max(asCount(usage.cache_creation_input_tokens), asCount(shorter) + written1h);
  return {
    inputTokens: asCount(usage.input_tokens) + cached + written,
    cachedInputTokens: cached,
    cacheWrite5mTokens: written - written1h,
    cacheWrite1hTokens: written1h,
    outputTokens: asCount(usage.output_tokens),
  };
}

/**
 * The iterations that the totals of the usage leave out. Without a fallback, the totals are the sum of the `message`
 * iterations; compaction and advisors stand apart ("tokens are not included in the top-level `usage` fields",
 * https://platform.claude.com/docs/en/build-with-claude/compaction). With a fallback, the totals are of the model that
 * answered, and `iterations` is "the per-attempt record of what you're billed for": an attempt that declined is billed if it
 * produced output (https://platform.claude.com/docs/en/build-with-claude/refusals-and-fallback). What is of no known type
 * counts as apart.
 */
function readBesides(iterations: readonly JsonObject[]): readonly BesideUse[] {
  const fallback = iterations.findLast(({ type }) => type === 'fallback_message');
  return iterations.flatMap((iteration) => {
    const { type, model } = iteration;
    const isAttempt = type === 'message' || type === 'fallback_message';
    if (isAttempt && (fallback === undefined || model === fallback.model)) return [];
    if (isAttempt && iteration.output_tokens === 0) return [];
    return [{ model: asText(model) || undefined, consumption: readCounts(iteration) }];
  });
}

/** The usage after a `message_delta`. Its counts are totals: what it states replaces, and is never added. */
function replaceCounts(before: JsonObject, update: unknown): JsonObject {
  const stated = Object.entries(asObject(update)).filter(([, value]) => !isAbsent(value));
  return { ...before, ...Object.fromEntries(stated) };
}

const READ_EVENT = /message_|error/;

/**
 * Follows a stream of `messages`: `message_start` opens the usage, every `message_delta` restates it in full, and
 * `message_stop` ends the response.
 */
function readMessageStream(): StreamReader {
  let usage: JsonObject = {};
  let container: unknown;
  let model: unknown;
  let isFinal = false;
  let failure: StreamEvent | undefined;
  return {
    find: (events) => events.search(READ_EVENT),
    read(event) {
      const data = asObject(parseJson(event.data));
      switch (event.name) {
        case 'message_start':
          ({ model } = asObject(data.message));
          usage = replaceCounts(usage, asObject(data.message).usage);
          container = asObject(data.message).container;
          break;
        case 'message_delta':
          usage = replaceCounts(usage, data.usage);
          container = asObject(data.delta).container ?? container;
          isFinal ||= !isAbsent(data.usage) && !isAbsent(asObject(data.delta).stop_reason);
          break;
        case 'message_stop':
          return { kind: 'end' };
        case 'error':
          usage = replaceCounts(usage, data.usage);
          isFinal ||= !isAbsent(data.usage);
          failure = event;
          break;
      }
      return PASS;
    },
    // Before the last restatement the output is only what had been counted by then.
    reported: () => (isFinal ? readMessage({ model, usage, container }) : undefined),
    told: () => readMessage({ usage })?.consumption,
    isFinal: () => isFinal,
    isWhole: () => isFinal,
    failure: () => failure,
  };
}
