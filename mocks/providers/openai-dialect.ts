import type { Answer } from './answer.ts';
import type { EnvelopeName, Transport } from './call.ts';
import type { JsonObject } from './json.ts';
import type { Provider } from './operation.ts';
import { anthropicCompatUsage, googleCompatUsage, type LogicalUsage, openAiUsage } from './usage.ts';

/** What differs between the providers that speak OpenAI's shape. */
export interface OpenAiDialect {
  readonly provider: Provider;
  readonly envelope: EnvelopeName;
  readonly writeUsage: (usage: LogicalUsage) => JsonObject;
  /**
   * When a chat stream tells its usage: `on-request` in a last chunk without choices if `stream_options.include_usage`
   * is set, `always` so without being asked, `every-chunk` cumulatively on all chunks if it is set.
   */
  readonly streamedUsage: 'on-request' | 'always' | 'every-chunk';
  /** What a chat or completion stream sends before its first event: OpenRouter keeps the line alive with a comment. */
  readonly preamble: readonly string[];
  /** Whether every answer reports its cost, scripted or not. */
  readonly reportsCost: boolean;
}

export const OPENAI: OpenAiDialect = {
  provider: 'openai',
  envelope: 'openai',
  writeUsage: openAiUsage,
  streamedUsage: 'on-request',
  preamble: [],
  reportsCost: false,
};

export const OPENROUTER: OpenAiDialect = {
  provider: 'openrouter',
  envelope: 'openrouter',
  writeUsage: openAiUsage,
  streamedUsage: 'always',
  preamble: [': OPENROUTER PROCESSING\n\n'],
  reportsCost: true,
};

export const ANTHROPIC_COMPAT: OpenAiDialect = {
  provider: 'anthropic',
  envelope: 'openai',
  writeUsage: anthropicCompatUsage,
  streamedUsage: 'on-request',
  preamble: [],
  reportsCost: false,
};

export const GOOGLE_COMPAT: OpenAiDialect = {
  provider: 'google',
  envelope: 'google-compat',
  writeUsage: googleCompatUsage,
  streamedUsage: 'every-chunk',
  preamble: [],
  reportsCost: false,
};

/** The `usage` field of an answer, with the cost where there is one; no field at all when the script omits it. */
export function reportedUsage(
  dialect: OpenAiDialect,
  answer: Pick<Answer, 'usage' | 'reportsUsage' | 'costUsd'>,
  writeUsage = dialect.writeUsage,
): JsonObject {
  if (!answer.reportsUsage) return {};
  const costUsd = answer.costUsd ?? (dialect.reportsCost ? defaultCostUsd(answer.usage) : undefined);
  return { usage: { ...writeUsage(answer.usage), ...(costUsd !== undefined && { cost: costUsd }) } };
}

/** 1 USD per million input tokens, 4 USD per million output tokens: one division, so the nearest double to the exact cost. */
function defaultCostUsd(usage: LogicalUsage): number {
  const input = usage.inputTokens + usage.toolUsePromptTokens;
  const output = usage.outputTokens + usage.thoughtsTokens;
  return (input + 4 * output) / 1_000_000;
}

export function streamsOnRequest(body: JsonObject): Transport {
  return body.stream === true ? 'sse' : 'document';
}

export function wantsUsage(body: JsonObject): boolean {
  const options = body.stream_options;
  return (
    typeof options === 'object' && options !== null && 'include_usage' in options && options.include_usage === true
  );
}

/** A model, and a field that is present. Deeper checks are the provider's own business. */
export function checkModelAndPresence(body: JsonObject, field: string): string | undefined {
  if (typeof body.model !== 'string' || body.model.trim() === '') return 'you must provide a model parameter';
  return body[field] === undefined || body[field] === null ? `Missing required parameter: '${field}'.` : undefined;
}

export function checkModelAndList(body: JsonObject, field: string): string | undefined {
  const problem = checkModelAndPresence(body, field);
  if (problem !== undefined) return problem;
  const list = body[field];
  return Array.isArray(list) && list.length > 0 ? undefined : `'${field}' must be a list with at least one item.`;
}
