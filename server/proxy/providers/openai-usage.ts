import type { ProviderName } from '../../money/prices.ts';
import { countOf, isAbsent, isObject, objectOf, soundConsumption } from './json.ts';
import type { JsonObject, Reported } from './operation.ts';

/** The names that an OpenAI API gives to the parts of its usage. */
export interface UsageNames {
  readonly input: string;
  readonly inputDetails: string;
  readonly output: string;
  readonly outputDetails: string;
}

export const CHAT_NAMES: UsageNames = {
  input: 'prompt_tokens',
  inputDetails: 'prompt_tokens_details',
  output: 'completion_tokens',
  outputDetails: 'completion_tokens_details',
};

export const RESPONSES_NAMES: UsageNames = {
  input: 'input_tokens',
  inputDetails: 'input_tokens_details',
  output: 'output_tokens',
  outputDetails: 'output_tokens_details',
};

/**
 * Reads a `usage` object of the OpenAI shape. Cache reads and writes are inside its input, reasoning and rejected
 * predictions inside its output. Google's imitation counts thoughts in the total only. `cost` is OpenRouter's, in US
 * dollars, and believed wherever it comes from. Undefined where there is no usage.
 */
export function readUsage(usage: unknown, names: UsageNames, provider: ProviderName): Reported | undefined {
  if (!isObject(usage) || isAbsent(usage[names.input])) return undefined;
  const inputTokens = countOf(usage[names.input]);
  const outputTokens = countOf(usage[names.output]);
  const totalTokens = countOf(usage.total_tokens);
  const inputDetails = objectOf(usage[names.inputDetails]);
  const outputDetails = objectOf(usage[names.outputDetails]);
  const consumption = soundConsumption({
    inputTokens,
    cachedInputTokens: countOf(inputDetails.cached_tokens),
    cacheWrite5mTokens: countOf(inputDetails.cache_write_tokens),
    cacheWrite1hTokens: 0,
    outputTokens: provider === 'google' ? Math.max(outputTokens, totalTokens - inputTokens) : outputTokens,
    audioInputTokens: countOf(inputDetails.audio_tokens),
    audioOutputTokens: countOf(outputDetails.audio_tokens),
  });
  return consumption && { consumption, costUsd: costText(usage.cost) };
}

/**
 * Parses an answer with every `cost` kept as the text that the provider wrote: money is not read through a float. Google's
 * imitation puts an error into a list of one. Undefined where it is no JSON object.
 */
export function parseAnswer(text: string): JsonObject | undefined {
  try {
    const value: unknown = text.includes('"cost"') ? JSON.parse(text, keepCostText) : JSON.parse(text);
    const answer: unknown = Array.isArray(value) ? value[0] : value;
    return isObject(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}

function keepCostText(key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return key === 'cost' && typeof value === 'number' ? (context?.source ?? String(value)) : value;
}

function costText(cost: unknown): string | undefined {
  return typeof cost === 'string' && /^[\d.eE+-]+$/.test(cost) ? cost : undefined;
}
