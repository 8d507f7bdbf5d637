/** OpenAI's responses API. */
import type { ProviderName } from '../../money/prices.ts';
import { RESPONSES_USAGE } from '../charges/usage-fields.ts';
import {
  openAiEndpoint,
  openAiEnvelope,
  parseWithCost,
  placeOpenAi,
  readOpenAiInput,
  readReport,
  reasoningTokens,
  type UsageNames,
} from './openai.ts';
import {
  type Envelope,
  type InputCounting,
  limitAt,
  nameSet,
  type Operation,
  PASS,
  type Reported,
  type RequestCheck,
  readRequest,
  type StreamEvent,
  type StreamReader,
  type UnreadInput,
} from './operation.ts';
import {
  asList,
  asObject,
  asText,
  isAbsent,
  isCount,
  isObject,
  type JsonObject,
  oneOrMore,
  parseJson,
} from './wire-values.ts';

/** The responses API streams typed events, errors among them. */
const responsesEnvelope: Envelope = {
  ...openAiEnvelope,
  frame({ code, message, param }) {
    const event = { type: 'error', sequence_number: 0, code, message, param };
    return `event: error\ndata: ${JSON.stringify(event)}\n\n`;
  },
};

const countEndpoint = openAiEndpoint('/responses/input_tokens', ['openai']);

/**
 * https://developers.openai.com/api/docs/guides/token-counting: "the API returns the exact count the model will receive". A
 * conversation is not counted: other calls may add to it meanwhile.
 */
const inputCounting: InputCounting = {
  endpoint: countEndpoint,
  queryParameters: [],
  counted: nameSet(
    'input instructions model parallel_tool_calls previous_response_id reasoning text tool_choice tools',
  ),
  withoutInput: nameSet(`background client_metadata context_management include max_output_tokens max_tool_calls metadata
    prompt_cache_key prompt_cache_options prompt_cache_retention safety_identifier service_tier store stream stream_options
    temperature top_logprobs top_p truncation user`),
  nameModel: (model) => model,
  margin: { share: 0, pictures: false },
  readTokens(text) {
    const { input_tokens: tokens } = asObject(parseJson(text));
    return isCount(tokens) ? tokens : undefined;
  },
};

/** `POST /v1/responses` */
export const responses: Operation = {
  name: 'responses',
  method: 'POST',
  envelope: responsesEnvelope,
  charge: 'metered',
  provider: undefined,
  queryParameters: [],
  endpoint: openAiEndpoint('/responses', ['openai', 'openrouter']),
  read: (body) =>
    readRequest(body, (check) => {
      const model = check.name(body, 'model');
      const streamed = check.flag(body, 'stream');
      const tokens = check.positive(body, 'max_output_tokens');
      return {
        model,
        streamed,
        // The usage stands in the last event, asked for or not.
        usageAsked: true,
        outputLimit: { above: reasoningTokens(body), ...limitAt(tokens, ['max_output_tokens']) },
        ...readTools(body, check),
      };
    }),
  place: placeOpenAi,
  readResponse: (text, provider) => readResponsesReport(parseWithCost(text) ?? {}, provider),
  costPath: ['usage'],
  readStream: (_facts, provider) => readResponsesStream(provider),
  inputCounting,
};

/** Tools stand in `tools`, and in items that bring them into a conversation. */
function declaredTools(body: JsonObject): readonly JsonObject[] {
  const items = oneOrMore(body.input).map((item) => asObject(item).tools);
  return [body.tools, ...items].flatMap(oneOrMore).map(asObject);
}

function searches({ type }: JsonObject): boolean {
  return asText(type).startsWith('web_search');
}

/**
 * Put in where a tool may search and the caller sets no bound: each search is held with a turn that reads everything anew.
 * Agents offer the search of cached pages in every call, and rarely use it.
 */
const PUT_IN_SEARCHES = { cached: 1, live: 3 };
/** Searches take place in a context of this size, whatever the model's own is. */
const FOUND_TOKENS = 128_000;

/** What the provider may do by itself: search, or write a summary of what came before. */
function readTools(body: JsonObject, check: RequestCheck) {
  const tools = declaredTools(body);
  const searching = tools.filter(searches);
  const given = check.positive(body, 'max_tool_calls');
  const isLive = searching.some((tool) => tool.external_web_access !== false);
  const most = given ?? PUT_IN_SEARCHES[isLive ? 'live' : 'cached'];
  const webSearches = searching.length === 0 ? 0 : most;
  const compacts =
    oneOrMore(body.context_management).length > 0 ||
    oneOrMore(body.input).some((item) => asObject(item).type === 'compaction_trigger');
  return {
    toolCallLimit: webSearches > 0 && given === undefined ? webSearches : undefined,
    extent: {
      ...readResponsesInput(body),
      extraOutputTokens: reasoningTokens(body),
      declaresTools: tools.length > 0,
      webSearches,
      turns: 1 + webSearches + (compacts ? 1 : 0),
      // A summary is an answer of its own.
      answers: compacts ? 2 : 1,
      foundTokens: FOUND_TOKENS * webSearches,
    },
  };
}

function readResponsesInput(body: JsonObject): UnreadInput {
  const input = readOpenAiInput(body.input);
  const { conversation, previous_response_id: previous } = body;
  const named = [previous, isObject(conversation) ? conversation.id : conversation].filter((id) => !isAbsent(id));
  const kept = named.filter((id) => typeof id === 'string');
  const isElsewhere = !isAbsent(body.prompt) || kept.length < named.length;
  return {
    ...input,
    references: [...input.references, ...kept],
    unseenTokens: isElsewhere ? Number.POSITIVE_INFINITY : input.unseenTokens,
  };
}

export const RESPONSES_NAMES: UsageNames = {
  input: 'input_tokens',
  inputDetails: 'input_tokens_details',
  output: 'output_tokens',
  outputDetails: 'output_tokens_details',
  fields: RESPONSES_USAGE,
};

/** A response is stored unless it says otherwise. A later call may name it, or single items of it. */
function storedIds(response: JsonObject): readonly string[] {
  if (response.store === false) return [];
  return [response, ...asList(response.output)].map((stored) => asText(asObject(stored).id)).filter((id) => id !== '');
}

function readResponsesReport(response: JsonObject, provider: ProviderName): Reported | undefined {
  const report = readReport(response, RESPONSES_NAMES, provider);
  if (report === undefined) return undefined;
  const { consumption } = report;
  const webSearches = Math.max(consumption.webSearches ?? 0, countSearches(response.output));
  return { ...report, consumption: { ...consumption, webSearches }, keptIds: storedIds(response) };
}

/**
 * The searches that OpenAI ran. Of the actions of a web search call, only `search` has a fee: to open a page and to find
 * something in it are free. (https://developers.openai.com/api/docs/guides/tools-web-search: "Search actions incur a tool
 * call cost".) An action that is not named, or not known, counts as one.
 */
function countSearches(output: unknown): number {
  const calls = asList(output)
    .map(asObject)
    .filter(({ type }) => type === 'web_search_call');
  return calls.filter(({ action }) => !FREE_ACTIONS.includes(asText(asObject(action).type))).length;
}

const FREE_ACTIONS = ['open_page', 'find_in_page'];

const LAST_EVENTS = ['response.completed', 'response.incomplete', 'response.failed'];
const READ_EVENT = /error|response\.(?:completed|incomplete|failed)/;

/** Follows a stream of responses. Its last event has the whole response, with its usage. */
function readResponsesStream(provider: ProviderName): StreamReader {
  let reported: Reported | undefined;
  let failure: StreamEvent | undefined;
  return {
    find: (events) => events.search(READ_EVENT),
    read(event) {
      const type = event.name === '' ? asText(asObject(parseWithCost(event.data)).type) : event.name;
      if (type === 'error' || type === 'response.failed') failure = event;
      if (!LAST_EVENTS.includes(type)) return PASS;
      const response = asObject(asObject(parseWithCost(event.data)).response);
      reported = readResponsesReport(response, provider);
      return { kind: 'end', ...(reported !== undefined && { costPath: ['response', 'usage'] }) };
    },
    reported: () => reported,
    isFinal: () => reported !== undefined,
    isWhole: () => reported !== undefined,
    failure: () => failure,
  };
}
