/** Anthropic's messages, token counts and models, and what differs on its OpenAI-compatible endpoint. */
import {
  answeringModel,
  type Endpoint,
  type JsonObject,
  type ProviderCall,
  positiveInteger,
  type Reply,
  stubId,
  typedFrame,
} from './api.ts';
import { type Completion, complete, countUsage, promptTexts, withoutGaps } from './completion.ts';
import { OPENAI, type OpenAiDialect, streamsOnRequest } from './openai.ts';
import {
  anthropicCompatUsage,
  anthropicDeltaUsage,
  anthropicIteration,
  anthropicStartUsage,
  anthropicUsage,
} from './usage.ts';

export const ANTHROPIC_MODELS = ['claude-opus-5', 'claude-sonnet-5', 'claude-haiku-4-5'];

export const ANTHROPIC_COMPAT: OpenAiDialect = {
  ...OPENAI,
  provider: 'anthropic',
  writeUsage: anthropicCompatUsage,
  modelIds: ANTHROPIC_MODELS,
};

const ANTHROPIC = { provider: 'anthropic', errorFormat: 'anthropic' } as const;

/** `messages`: every event has its `event:` line, and the usage of `message_delta` is cumulative. */
export const messagesEndpoint: Endpoint = {
  ...ANTHROPIC,
  operation: 'messages',
  check(body) {
    const problem = checkPrompt(body);
    if (problem !== undefined) return problem;
    return readOutputLimit(body) === undefined ? 'max_tokens: Field required' : undefined;
  },
  transport: streamsOnRequest,
  reply(call) {
    const completion = complete(call, {
      prompt: readPrompt(call.body),
      outputLimitTokens: readOutputLimit(call.body),
    });
    return call.transport === 'sse' ? streamMessage(call, completion) : wholeMessage(call, completion);
  },
};

/** 0 fills the cache and answers nothing. */
function readOutputLimit({ max_tokens: limit }: JsonObject): number | undefined {
  return limit === 0 ? 0 : positiveInteger(limit);
}

/** Parameters of messages that the count of tokens refuses. */
const NOT_COUNTED = new Set(
  `container fallbacks inference_geo max_tokens metadata service_tier stop_sequences stream temperature top_k top_p`.split(
    ' ',
  ),
);

/** `messages/count_tokens`: the whole input of the same prompt, cache reads and writes included. */
export const countTokensEndpoint: Endpoint = {
  ...ANTHROPIC,
  operation: 'messages.count_tokens',
  check(body) {
    const unknown = Object.keys(body).find((name) => NOT_COUNTED.has(name));
    return unknown === undefined ? checkPrompt(body) : `${unknown}: Extra inputs are not permitted`;
  },
  reply(call) {
    const usage = countUsage(call, readPrompt(call.body), 0);
    return { kind: 'document', usage: {}, body: { input_tokens: usage.inputTokens + usage.toolUsePromptTokens } };
  },
};

/** `GET models`: one page. */
export const anthropicModelsEndpoint: Endpoint = {
  ...ANTHROPIC,
  operation: 'models',
  check: () => undefined,
  reply(call) {
    const data = ANTHROPIC_MODELS.map((id) => ({
      type: 'model',
      id,
      display_name: id,
      created_at: new Date(call.createdSeconds * 1000).toISOString(),
    }));
    const page = { has_more: false, first_id: ANTHROPIC_MODELS[0], last_id: ANTHROPIC_MODELS.at(-1) };
    return { kind: 'document', usage: {}, body: { data, ...page } };
  },
};

function checkPrompt(body: JsonObject): string | undefined {
  if (typeof body.model !== 'string' || body.model.trim() === '') return 'model: Field required';
  if (!Array.isArray(body.messages)) return 'messages: Field required';
  return body.messages.length === 0 ? 'messages: at least one message is required' : undefined;
}

function readPrompt(body: JsonObject): string[] {
  return [...promptTexts(body.system), ...promptTexts(body.messages)];
}

function wholeMessage(call: ProviderCall, completion: Completion): Reply {
  const counts = { ...anthropicUsage(completion.usage, call.respond.served), ...iterationsField(call, completion) };
  const usage = usageField(completion, counts);
  const content = [{ type: 'text', text: completion.text, citations: null }];
  return { kind: 'document', usage, body: { ...message(call, content), ...stop(completion), ...usage } };
}

function streamMessage(call: ProviderCall, completion: Completion): Reply {
  const startUsage = usageField(completion, anthropicStartUsage(completion.usage, call.respond.served));
  const counts = { ...anthropicDeltaUsage(completion.usage), ...iterationsField(call, completion) };
  const usage = usageField(completion, counts);
  const block = { type: 'text', text: '', citations: null };
  return {
    kind: 'stream',
    usage,
    opening: [
      typedFrame({ type: 'message_start', message: { ...message(call, []), ...startUsage } }),
      typedFrame({ type: 'content_block_start', index: 0, content_block: block }),
      typedFrame({ type: 'ping' }),
    ],
    content: completion.pieces.map((text) =>
      typedFrame({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
    ),
    closing: [
      typedFrame({ type: 'content_block_stop', index: 0 }),
      typedFrame({ type: 'message_delta', delta: { ...stop(completion), container: null }, ...usage }),
    ],
    end: [typedFrame({ type: 'message_stop' })],
    failure: (_failure, body) => [typedFrame({ ...body, type: 'error' })],
  };
}

function message(call: ProviderCall, content: readonly JsonObject[]): JsonObject {
  return {
    id: stubId('msg', call.sequence),
    type: 'message',
    role: 'assistant',
    model: answeringModel(call),
    content,
    container: null,
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
  };
}

function stop(completion: Completion): JsonObject {
  return { stop_reason: completion.cutOff ? 'max_tokens' : 'end_turn', stop_sequence: null, stop_details: null };
}

/** The requests that the provider made by itself, and the one that answers. */
function iterationsField(call: ProviderCall, { usage }: Completion): JsonObject {
  const { iterations } = call.respond;
  if (iterations === undefined) return {};
  const last = iterations.some(({ type }) => type === 'message') ? 'fallback_message' : 'message';
  const before = iterations.map((one) => anthropicIteration(one.type, one.model ?? call.model, withoutGaps(one.usage)));
  return { iterations: [...before, anthropicIteration(last, answeringModel(call), usage)] };
}

function usageField(completion: Completion, usage: JsonObject): JsonObject {
  return completion.reportsUsage ? { usage } : {};
}
