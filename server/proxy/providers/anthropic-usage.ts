import { countOf, isAbsent, isObject, objectOf, soundConsumption } from './json.ts';
import type { JsonObject, Reported } from './operation.ts';

/**
 * Reads Anthropic's `usage`. Its `input_tokens` leave cache reads and writes out; thinking is inside its output; searches
 * are counted apart. Undefined where there is no usage.
 */
export function readAnthropicUsage(usage: unknown): Reported | undefined {
  if (!isObject(usage) || isAbsent(usage.input_tokens) || isAbsent(usage.output_tokens)) return undefined;
  const cached = countOf(usage.cache_read_input_tokens);
  const written = countOf(usage.cache_creation_input_tokens);
  const written1h = countOf(objectOf(usage.cache_creation).ephemeral_1h_input_tokens);
  const consumption = soundConsumption({
    inputTokens: countOf(usage.input_tokens) + cached + written,
    cachedInputTokens: cached,
    cacheWrite5mTokens: Math.max(0, written - written1h),
    cacheWrite1hTokens: Math.min(written, written1h),
    outputTokens: countOf(usage.output_tokens),
    webSearches: countOf(objectOf(usage.server_tool_use).web_search_requests),
  });
  return consumption && { consumption, costUsd: undefined };
}

/** The usage after a `message_delta`: its counts are totals, so what it states replaces, and is never added. */
export function replaceCounts(before: JsonObject, update: unknown): JsonObject {
  const stated = Object.entries(objectOf(update)).filter(([, value]) => !isAbsent(value));
  return { ...before, ...Object.fromEntries(stated) };
}
