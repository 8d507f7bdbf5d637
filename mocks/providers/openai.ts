/** OpenAI's chat, completions, embeddings and models, and what differs where other providers speak the same shapes. */
import {
  answeringModel,
  DONE_FRAME,
  type Endpoint,
  type ErrorFormat,
  type JsonObject,
  type ProviderCall,
  positiveInteger,
  type Reply,
  sseFrame,
  stubId,
  type Transport,
} from './api.ts';
import { type Completion, choiceCount, complete, countUsage, embed, promptTexts } from './completion.ts';
import type { Operation, Provider } from './operations.ts';
import { type LogicalUsage, openAiUsage, usageSoFar } from './usage.ts';

/** What differs between the providers that speak OpenAI's shapes. */
export interface OpenAiDialect {
  readonly provider: Provider;
  readonly errorFormat: ErrorFormat;
  readonly writeUsage: (usage: LogicalUsage) => JsonObject;
  /**
   * When a chat stream tells its usage: `on-request` in a last chunk without choices if `stream_options.include_usage`
   * is set, `always` so without being asked, `every-chunk` cumulatively on all chunks if it is set.
   */
  readonly streamedUsage: 'on-request' | 'always' | 'every-chunk';
  /** What a chat or completion stream sends before its first event: OpenRouter keeps the line alive with a comment. */
  readonly preamble: readonly string[];
  /** Whether every reply reports its cost, scripted or not. */
  readonly reportsCost: boolean;
  /** What `models` lists. Any other model name is served just the same. */
  readonly modelIds: readonly string[];
}

export const OPENAI: OpenAiDialect = {
  provider: 'openai',
  errorFormat: 'openai',
  writeUsage: openAiUsage,
  streamedUsage: 'on-request',
  preamble: [],
  reportsCost: false,
  modelIds: ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-5', 'gpt-5-mini', 'o4-mini', 'text-embedding-3-small'],
};

/** What OpenAI says about the machine that answered. The OpenRouter SDK refuses a chunk in which it is null. */
const FINGERPRINT = 'fp_stub';

/** `chat/completions`, as OpenAI, OpenRouter and the compatibility endpoints of Anthropic and Google reply to it. */
export function chatEndpoint(dialect: OpenAiDialect): Endpoint {
  return {
    ...common(dialect, 'chat.completions'),
    check: (body) => checkModelAndList(body, 'messages'),
    transport: streamsOnRequest,
    reply(call) {
      const choices = choiceCount(call.body.n);
      const completion = complete(call, {
        prompt: promptTexts(call.body.messages),
        outputLimitTokens: positiveInteger(call.body.max_completion_tokens) ?? positiveInteger(call.body.max_tokens),
        choices,
      });
      return call.transport === 'sse'
        ? streamChat(call, dialect, completion, choices)
        : wholeChat(call, dialect, completion, choices);
    },
  };
}

function wholeChat(call: ProviderCall, dialect: OpenAiDialect, completion: Completion, choices: number): Reply {
  const usage = reportedUsage(dialect, completion);
  const body = {
    id: stubId('chatcmpl', call.sequence),
    object: 'chat.completion',
    created: call.createdSeconds,
    model: answeringModel(call),
    choices: Array.from({ length: choices }, (_, index) => ({
      index,
      message: { role: 'assistant', content: completion.text, refusal: null, annotations: [] },
      logprobs: null,
      finish_reason: finishReason(completion),
    })),
    service_tier: serviceTier(call),
    system_fingerprint: FINGERPRINT,
  };
  return { kind: 'document', usage, body: { ...body, ...usage } };
}

function streamChat(call: ProviderCall, dialect: OpenAiDialect, completion: Completion, choices: number): Reply {
  const { pieces } = completion;
  const reports = reportsStreamedUsage(call, dialect, completion);
  const onEveryChunk = reports && dialect.streamedUsage === 'every-chunk';
  const usage = reportedUsage(dialect, completion);

  const frame = (chunkChoices: readonly JsonObject[], chunkUsage: JsonObject) =>
    sseFrame({
      id: stubId('chatcmpl', call.sequence),
      object: 'chat.completion.chunk',
      created: call.createdSeconds,
      model: answeringModel(call),
      service_tier: serviceTier(call),
      system_fingerprint: FINGERPRINT,
      choices: chunkChoices,
      ...chunkUsage,
    });
  // Google repeats the growing usage on all chunks; OpenAI has a null there, once usage was asked for.
  const usageAfter = (sent: number) =>
    onEveryChunk
      ? reportedUsage(dialect, { ...completion, usage: usageSoFar(completion.usage, sent, pieces.length) })
      : usageToCome(dialect, reports);
  const frameForEachChoice = (content: JsonObject, finish: string | null, sent: number) =>
    Array.from({ length: choices }, (_, index) =>
      frame([{ index, delta: content, logprobs: null, finish_reason: finish }], usageAfter(sent)),
    );

  const finish = frameForEachChoice({}, finishReason(completion), pieces.length);
  return {
    kind: 'stream',
    usage,
    opening: [...dialect.preamble, ...frameForEachChoice({ role: 'assistant', content: '', refusal: null }, null, 0)],
    content: pieces.flatMap((content, index) => frameForEachChoice({ content }, null, index + 1)),
    closing: reports && !onEveryChunk ? [...finish, frame([], usage)] : finish,
    end: [DONE_FRAME],
    failure: (_failure, body) => [sseFrame(body)],
  };
}

/** The tier that served the call, as OpenAI names it. */
export function serviceTier({ respond }: ProviderCall): string {
  return respond.served?.serviceTier ?? 'default';
}

/** The older `completions`: one choice per prompt and `n`. */
export function completionsEndpoint(dialect: OpenAiDialect): Endpoint {
  return {
    ...common(dialect, 'completions'),
    check: (body) => checkModelAndPresence(body, 'prompt'),
    transport: streamsOnRequest,
    reply(call) {
      const prompt = promptTexts(call.body.prompt);
      const choices = choiceCount(call.body.n) * Math.max(1, prompt.length);
      const completion = complete(call, {
        prompt,
        outputLimitTokens: positiveInteger(call.body.max_tokens),
        choices,
      });
      const usage = reportedUsage(dialect, completion);
      if (call.transport === 'sse') return streamCompletion(call, dialect, completion, choices);
      const texts = Array.from({ length: choices }, (_, index) =>
        textChoice(index, completion.text, finishReason(completion)),
      );
      return { kind: 'document', usage, body: { ...textCompletion(call), choices: texts, ...usage } };
    },
  };
}

function streamCompletion(call: ProviderCall, dialect: OpenAiDialect, completion: Completion, choices: number): Reply {
  const reports = reportsStreamedUsage(call, dialect, completion);
  const usage = reportedUsage(dialect, completion);
  const frames = (text: string, finish: string | null) =>
    Array.from({ length: choices }, (_, index) =>
      sseFrame({
        ...textCompletion(call),
        choices: [textChoice(index, text, finish)],
        ...usageToCome(dialect, reports),
      }),
    );
  return {
    kind: 'stream',
    usage,
    opening: dialect.preamble,
    content: completion.pieces.flatMap((piece) => frames(piece, null)),
    closing: [
      ...frames('', finishReason(completion)),
      ...(reports ? [sseFrame({ ...textCompletion(call), choices: [], ...usage })] : []),
    ],
    end: [DONE_FRAME],
    failure: (_failure, body) => [sseFrame(body)],
  };
}

function textCompletion(call: ProviderCall): JsonObject {
  return {
    id: stubId('cmpl', call.sequence),
    object: 'text_completion',
    created: call.createdSeconds,
    model: answeringModel(call),
    ...(call.respond.served?.serviceTier !== undefined && { service_tier: serviceTier(call) }),
  };
}

function textChoice(index: number, text: string, finish: string | null): JsonObject {
  return { text, index, logprobs: null, finish_reason: finish };
}

/** `embeddings`: one vector per input, as numbers or as base64 of 32-bit floats. */
export function embeddingsEndpoint(dialect: OpenAiDialect): Endpoint {
  return {
    ...common(dialect, 'embeddings'),
    check: (body) => checkModelAndPresence(body, 'input'),
    reply(call) {
      const { respond } = call;
      const inputs = embeddingInputs(call.body.input);
      const counts = {
        usage: countUsage(call, inputs, 0),
        reportsUsage: respond.omitUsage !== true,
        costUsd: respond.costUsd,
        upstreamCostUsd: respond.upstreamCostUsd,
      };
      const usage = reportedUsage(dialect, counts, ({ inputTokens, toolUsePromptTokens }) => ({
        prompt_tokens: inputTokens + toolUsePromptTokens,
        total_tokens: inputTokens + toolUsePromptTokens,
      }));
      const data = inputs.map((text, index) => {
        const vector = embed(text, call.body.dimensions);
        const embedding = call.body.encoding_format === 'base64' ? encodeFloats(vector) : vector;
        return { object: 'embedding', index, embedding };
      });
      return { kind: 'document', usage, body: { object: 'list', data, model: answeringModel(call), ...usage } };
    },
  };
}

/** One text per vector; a list of token numbers counts as one input, written out as text. */
function embeddingInputs(input: unknown): string[] {
  if (!Array.isArray(input)) return [String(input)];
  if (input.every((item) => typeof item === 'number')) return [input.join(' ')];
  return input.map((item) => (Array.isArray(item) ? item.join(' ') : String(item)));
}

function encodeFloats(vector: readonly number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString('base64');
}

/** `GET models`. */
export function modelsEndpoint(dialect: OpenAiDialect): Endpoint {
  return {
    ...common(dialect, 'models'),
    check: () => undefined,
    reply(call) {
      const data = dialect.modelIds.map((id) => ({
        id,
        object: 'model',
        created: call.createdSeconds,
        owned_by: `${dialect.provider}-stub`,
      }));
      return { kind: 'document', usage: {}, body: { object: 'list', data } };
    },
  };
}

function common({ provider, errorFormat }: OpenAiDialect, operation: Operation) {
  return { provider, operation, errorFormat };
}

/** The `usage` field of a reply, with the cost where there is one; no field at all when the script omits it. */
export function reportedUsage(
  dialect: OpenAiDialect,
  completion: Pick<Completion, 'usage' | 'reportsUsage' | 'costUsd' | 'upstreamCostUsd'>,
  writeUsage = dialect.writeUsage,
): JsonObject {
  if (!completion.reportsUsage) return {};
  const { upstreamCostUsd: upstream } = completion;
  const costUsd = completion.costUsd ?? (dialect.reportsCost ? defaultCostUsd(completion.usage) : undefined);
  return {
    usage: {
      ...writeUsage(completion.usage),
      ...(costUsd !== undefined && { cost: costUsd }),
      ...(upstream !== undefined && { is_byok: true, cost_details: { upstream_inference_cost: upstream } }),
    },
  };
}

/** 1 USD per million input tokens, 4 USD per million output tokens: one division, so the nearest double to the exact cost. */
function defaultCostUsd(usage: LogicalUsage): number {
  const input = usage.inputTokens + usage.toolUsePromptTokens;
  const output = usage.outputTokens + usage.thoughtsTokens;
  return (input + 4 * output) / 1_000_000;
}

function reportsStreamedUsage({ body }: ProviderCall, dialect: OpenAiDialect, completion: Completion): boolean {
  const options = body.stream_options;
  const isAsked =
    typeof options === 'object' && options !== null && 'include_usage' in options && options.include_usage === true;
  return completion.reportsUsage && (dialect.streamedUsage === 'always' || isAsked);
}

/** What a chunk before the last says of the usage. */
function usageToCome(dialect: OpenAiDialect, reports: boolean): JsonObject {
  return reports && dialect.streamedUsage === 'on-request' ? { usage: null } : {};
}

export function streamsOnRequest(body: JsonObject): Transport {
  return body.stream === true ? 'sse' : 'document';
}

function finishReason(completion: Completion): string {
  return completion.cutOff ? 'length' : 'stop';
}

/** A model, and a field that is present. The stub checks no deeper. */
export function checkModelAndPresence(body: JsonObject, field: string): string | undefined {
  if (typeof body.model !== 'string' || body.model.trim() === '') return 'you must provide a model parameter';
  return body[field] === undefined || body[field] === null ? `Missing required parameter: '${field}'.` : undefined;
}

function checkModelAndList(body: JsonObject, field: string): string | undefined {
  const problem = checkModelAndPresence(body, field);
  if (problem !== undefined) return problem;
  const list = body[field];
  return Array.isArray(list) && list.length > 0 ? undefined : `'${field}' must be a list with at least one item.`;
}
