import { checkRequest, malformed } from './json.ts';
import { placeOpenAi, unpricedParameter } from './openai-chat.ts';
import { countPrompts } from './openai-completions.ts';
import { openAiEndpoint } from './openai-endpoint.ts';
import { openAiEnvelope } from './openai-envelope.ts';
import { readChatStream } from './openai-stream.ts';
import { CHAT_NAMES, parseAnswer, readUsage } from './openai-usage.ts';
import type { JsonObject, Operation, RequestReading } from './operation.ts';

/** `POST /v1/embeddings` */
export const embeddings: Operation = {
  name: 'embeddings',
  method: 'POST',
  envelope: openAiEnvelope,
  charge: 'metered',
  provider: undefined,
  nestedObjects: [],
  queryParameters: [],
  endpoint: openAiEndpoint('/embeddings', ['openai', 'openrouter', 'google']),
  read,
  place: placeOpenAi,
  readAnswer: (text, provider) => readUsage(parseAnswer(text)?.usage, CHAT_NAMES, provider),
  costPath: ['usage'],
  readStream: readChatStream,
};

function read(body: JsonObject): RequestReading {
  const check = checkRequest();
  const model = check.name(body, 'model');
  const fault = check.firstFault();
  if (fault !== undefined) return malformed(fault);
  return {
    kind: 'facts',
    facts: {
      model,
      streamed: false,
      usageAsked: false,
      outputLimit: { kind: 'none' },
      extent: {
        input: 'text',
        inlineImages: 0,
        declaresTools: false,
        prompts: countPrompts(body.input),
        answers: 1,
        webSearches: 0,
      },
      unpricedParameter: unpricedParameter(body),
      user: typeof body.user === 'string' ? body.user : undefined,
    },
  };
}
