import type { JsonObject } from './api.ts';
import type { Respond } from './script.ts';

/**
 * What one call consumed, said once. Each API counts the same tokens in its own overlapping way, and the functions below
 * write these counts as that API would. Whatever the API, the call's input is `inputTokens + toolUsePromptTokens` and
 * its output `outputTokens + thoughtsTokens`; what differs is where they stand.
 *
 * | logical count | OpenAI chat, completions (and OpenRouter) | OpenAI responses | Anthropic messages | Gemini |
 * | --- | --- | --- | --- | --- |
 * | `inputTokens`: the whole prompt, with cache reads and writes | inside `prompt_tokens` | inside `input_tokens` | `input_tokens` + `cache_read_input_tokens` + `cache_creation_input_tokens` | `promptTokenCount` |
 * | `cachedInputTokens`, inside `inputTokens` | `prompt_tokens_details.cached_tokens` | `input_tokens_details.cached_tokens` | `cache_read_input_tokens`, taken off `input_tokens` | `cachedContentTokenCount` |
 * | `cacheWrite5mTokens`, `cacheWrite1hTokens`, inside `inputTokens` | sum in `prompt_tokens_details.cache_write_tokens` | sum in `input_tokens_details.cache_write_tokens` | `cache_creation.ephemeral_5m_input_tokens`, `..._1h_...`, taken off `input_tokens` | not told |
 * | `toolUsePromptTokens`, beyond `inputTokens` | inside `prompt_tokens` | inside `input_tokens` | inside `input_tokens` | `toolUsePromptTokenCount`, additional |
 * | `outputTokens`: the answer, with `reasoningTokens` | inside `completion_tokens` | inside `output_tokens` | inside `output_tokens` | `candidatesTokenCount`, less `reasoningTokens` |
 * | `reasoningTokens`, inside `outputTokens` | `completion_tokens_details.reasoning_tokens` | `output_tokens_details.reasoning_tokens` | `output_tokens_details.thinking_tokens` | in `thoughtsTokenCount` |
 * | `thoughtsTokens`, beyond `outputTokens` | inside `completion_tokens` and its `reasoning_tokens` | likewise | likewise, as thinking | `thoughtsTokenCount`, additional |
 * | `webSearchRequests` | not told | a `web_search_call` of the output for each | `server_tool_use.web_search_requests` | not told |
 *
 * The OpenAI-compatible endpoints tell less. Anthropic's gives the three totals without details. Google's counts neither
 * thoughts nor reasoning in `completion_tokens`, only in `total_tokens`: the difference is the only trace of them.
 * OpenAI embeddings tell the input only (`prompt_tokens`), Gemini's embeddings nothing.
 */
export interface LogicalUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWrite5mTokens: number;
  readonly cacheWrite1hTokens: number;
  readonly reasoningTokens: number;
  readonly thoughtsTokens: number;
  readonly toolUsePromptTokens: number;
  readonly webSearchRequests: number;
}

interface Totals {
  readonly input: number;
  readonly output: number;
  readonly reasoning: number;
  readonly cacheWrites: number;
}

function totals(usage: LogicalUsage): Totals {
  return {
    input: usage.inputTokens + usage.toolUsePromptTokens,
    output: usage.outputTokens + usage.thoughtsTokens,
    reasoning: usage.reasoningTokens + usage.thoughtsTokens,
    cacheWrites: usage.cacheWrite5mTokens + usage.cacheWrite1hTokens,
  };
}

/** What had been used when `sent` of `total` pieces of text were out: reasoning comes first, text grows with the pieces. */
export function usageSoFar(usage: LogicalUsage, sent: number, total: number): LogicalUsage {
  const text = usage.outputTokens - usage.reasoningTokens;
  return { ...usage, outputTokens: usage.reasoningTokens + Math.floor((text * sent) / total) };
}

export function openAiUsage(usage: LogicalUsage): JsonObject {
  const { input, output, reasoning, cacheWrites } = totals(usage);
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: {
      cached_tokens: usage.cachedInputTokens,
      cache_write_tokens: cacheWrites,
      audio_tokens: 0,
    },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

export function responsesUsage(usage: LogicalUsage): JsonObject {
  const { input, output, reasoning, cacheWrites } = totals(usage);
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: usage.cachedInputTokens, cache_write_tokens: cacheWrites },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}

/** The usage of Anthropic's OpenAI-compatible endpoint: totals, and details that stay empty. */
export function anthropicCompatUsage(usage: LogicalUsage): JsonObject {
  const { input, output } = totals(usage);
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: null,
    completion_tokens_details: null,
  };
}

/** The usage of Google's OpenAI-compatible endpoint: thoughts and reasoning are in the total alone. */
export function googleCompatUsage(usage: LogicalUsage): JsonObject {
  const { input, output, reasoning } = totals(usage);
  return { prompt_tokens: input, completion_tokens: output - reasoning, total_tokens: input + output };
}

export function anthropicUsage(usage: LogicalUsage, served: Respond['served'] = {}): JsonObject {
  return {
    ...anthropicInput(usage),
    cache_creation: {
      ephemeral_5m_input_tokens: usage.cacheWrite5mTokens,
      ephemeral_1h_input_tokens: usage.cacheWrite1hTokens,
    },
    ...anthropicOutput(usage),
    inference_geo: served.inferenceGeo ?? null,
    service_tier: served.serviceTier ?? 'standard',
    speed: served.speed ?? null,
  };
}

/** The usage of `message_start`: the input is known, of the output only the first token. */
export function anthropicStartUsage(usage: LogicalUsage, served?: Respond['served']): JsonObject {
  const startedTokens = Math.min(1, totals(usage).output);
  return {
    ...anthropicUsage(usage, served),
    output_tokens: startedTokens,
    output_tokens_details: null,
    server_tool_use: null,
  };
}

/** The cumulative usage of `message_delta`: it repeats the input and replaces, not adds to, what `message_start` said. */
export function anthropicDeltaUsage(usage: LogicalUsage): JsonObject {
  return { ...anthropicInput(usage), ...anthropicOutput(usage) };
}

/** One of the requests that a call was made of. */
export function anthropicIteration(type: string, model: string, usage: LogicalUsage): JsonObject {
  const { cache_creation, output_tokens } = anthropicUsage(usage);
  return { type, model, ...anthropicInput(usage), cache_creation, output_tokens };
}

function anthropicInput(usage: LogicalUsage): JsonObject {
  const { input, cacheWrites } = totals(usage);
  return {
    input_tokens: input - usage.cachedInputTokens - cacheWrites,
    cache_creation_input_tokens: cacheWrites,
    cache_read_input_tokens: usage.cachedInputTokens,
  };
}

function anthropicOutput(usage: LogicalUsage): JsonObject {
  const { output, reasoning } = totals(usage);
  return {
    output_tokens: output,
    output_tokens_details: reasoning === 0 ? null : { thinking_tokens: reasoning },
    server_tool_use:
      usage.webSearchRequests === 0 ? null : { web_search_requests: usage.webSearchRequests, web_fetch_requests: 0 },
  };
}

/** Gemini leaves out a count that is zero, except the prompt's and the total. */
export function geminiUsage(usage: LogicalUsage, serviceTier?: string): JsonObject {
  const { input, output, reasoning } = totals(usage);
  const candidates = output - reasoning;
  return {
    promptTokenCount: usage.inputTokens,
    ...(candidates > 0 && { candidatesTokenCount: candidates }),
    ...(usage.cachedInputTokens > 0 && { cachedContentTokenCount: usage.cachedInputTokens }),
    ...(reasoning > 0 && { thoughtsTokenCount: reasoning }),
    ...(usage.toolUsePromptTokens > 0 && { toolUsePromptTokenCount: usage.toolUsePromptTokens }),
    totalTokenCount: input + output,
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: usage.inputTokens }],
    ...(serviceTier !== undefined && { serviceTier }),
  };
}
