import { checkRequest, listOf, malformed } from './json.ts';
import { placeOpenAi, unpricedParameter } from './openai-chat.ts';
import { openAiEndpoint } from './openai-endpoint.ts';
import { openAiEnvelope } from './openai-envelope.ts';
import { readChatStream } from './openai-stream.ts';
import { CHAT_NAMES, parseAnswer, readUsage } from './openai-usage.ts';
import type { JsonObject, Operation, RequestReading } from './operation.ts';

/** What this API answers at most where the caller sets no limit. */
const DEFAULT_OUTPUT_TOKENS = 16;

/** `POST /v1/completions` */
export const completions: Operation = {
  name: 'completions',
  method: 'POST',
  envelope: openAiEnvelope,
  charge: 'metered',
  provider: undefined,
  nestedObjects: ['stream_options'],
  queryParameters: [],
  endpoint: openAiEndpoint('/completions', ['openai', 'openrouter']),
  read,
  place: placeOpenAi,
  readAnswer: (text, provider) => readUsage(parseAnswer(text)?.usage, CHAT_NAMES, provider),
  costPath: ['usage'],
  readStream: readChatStream,
};

function read(body: JsonObject): RequestReading {
  const check = checkRequest();
  const model = check.name(body, 'model');
  const streamed = check.flag(body, 'stream');
  const usageAsked = check.flag(check.object(body, 'stream_options'), 'include_usage');
  // `best_of` answers are written and charged, `n` of them are shown.
  const answers = Math.max(check.positive(body, 'n') ?? 1, check.positive(body, 'best_of') ?? 1);
  const limit = check.positive(body, 'max_tokens');
  const fault = check.firstFault();
  if (fault !== undefined) return malformed(fault);
  return {
    kind: 'facts',
    facts: {
      model,
      streamed,
      usageAsked,
      outputLimit:
        limit === undefined
          ? { kind: 'missing', path: ['max_tokens'], most: DEFAULT_OUTPUT_TOKENS }
          : { kind: 'given', tokens: limit },
      extent: {
        input: 'text',
        inlineImages: 0,
        declaresTools: false,
        prompts: countPrompts(body.prompt),
        answers,
        webSearches: 0,
      },
      unpricedParameter: unpricedParameter(body),
      user: typeof body.user === 'string' ? body.user : undefined,
    },
  };
}

/** One text, one list of tokens, or a list of either. */
export function countPrompts(prompt: unknown): number {
  const list = listOf(prompt);
  return list.length === 0 || typeof list[0] === 'number' ? 1 : list.length;
}
