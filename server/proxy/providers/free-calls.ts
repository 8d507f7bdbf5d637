import type { ProviderName } from '../../money/prices.ts';
import { anthropicEnvelope } from './anthropic-envelope.ts';
import { placeAnthropic } from './anthropic-messages.ts';
import type { Envelope } from './envelope.ts';
import { geminiEnvelope } from './gemini-envelope.ts';
import { checkRequest, malformed } from './json.ts';
import { openAiEndpoint } from './openai-endpoint.ts';
import { openAiEnvelope } from './openai-envelope.ts';
import type { Operation, PathParts, RequestReading, StreamReader } from './operation.ts';

/** Nothing to meter, nothing to follow. */
const NO_STREAM: StreamReader = {
  concerns: () => false,
  read: () => ({ kind: 'pass' }),
  reported: () => undefined,
  isFinal: () => false,
  isWhole: () => false,
  failure: () => undefined,
};

type FreeCall = Pick<Operation, 'name' | 'method' | 'envelope' | 'provider' | 'endpoint'> &
  Partial<Pick<Operation, 'queryParameters' | 'place'>>;

/** A call that costs nothing at any provider: forwarded for its identity's sake, without a hold and uncounted. */
function freeCall(call: FreeCall): Operation {
  return {
    queryParameters: [],
    place: () => [],
    ...call,
    charge: 'free',
    nestedObjects: [],
    read: readModel,
    readAnswer: () => undefined,
    costPath: undefined,
    readStream: () => NO_STREAM,
  };
}

function readModel(body: Readonly<Record<string, unknown>>, parts: PathParts): RequestReading {
  const check = checkRequest();
  const model = parts.model ?? check.name(body, 'model');
  const fault = check.firstFault();
  if (fault !== undefined) return malformed(fault);
  return {
    kind: 'facts',
    facts: {
      model,
      streamed: false,
      usageAsked: false,
      outputLimit: { kind: 'none' },
      extent: { input: 'text', inlineImages: 0, declaresTools: false, answers: 1, webSearches: 0 },
      unpricedParameter: undefined,
      user: undefined,
    },
  };
}

/** `POST /v1/messages/count_tokens` */
export const countMessageTokens = freeCall({
  name: 'messages.count_tokens',
  method: 'POST',
  envelope: anthropicEnvelope,
  provider: 'anthropic',
  queryParameters: ['beta'],
  endpoint: () => ({ path: '/v1/messages/count_tokens', dialect: 'native' }),
  place: placeAnthropic,
});

/** `POST /v1beta/models/MODEL:countTokens` */
export const countTokens = freeCall({
  name: 'countTokens',
  method: 'POST',
  envelope: geminiEnvelope,
  provider: 'google',
  endpoint: (_provider, model, { version = 'v1beta' }) => ({
    path: `/${version}/models/${encodeURIComponent(model)}:countTokens`,
    dialect: 'native',
  }),
});

function listModels(
  envelope: Envelope,
  provider: Operation['provider'],
  queryParameters: readonly string[],
  endpoint: Operation['endpoint'],
): Operation {
  return freeCall({ name: 'models', method: 'GET', envelope, provider, queryParameters, endpoint });
}

/** `GET /v1/models` as OpenAI answers it. Anthropic has one list for both shapes. */
export const listOpenAiModels = listModels(openAiEnvelope, undefined, [], (provider: ProviderName, model, parts) =>
  provider === 'anthropic'
    ? { path: '/v1/models', dialect: 'native' }
    : openAiEndpoint('/models', ['openai', 'openrouter', 'google'])(provider, model, parts),
);

/** `GET /v1/models` as Anthropic answers it. */
export const listAnthropicModels = listModels(
  anthropicEnvelope,
  'anthropic',
  ['after_id', 'before_id', 'limit', 'beta'],
  () => ({ path: '/v1/models', dialect: 'native' }),
);

/** `GET /v1beta/models` as Gemini answers it. */
export const listGeminiModels = listModels(
  geminiEnvelope,
  'google',
  ['pageSize', 'pageToken'],
  (_provider, _model, { version = 'v1beta' }) => ({ path: `/${version}/models`, dialect: 'native' }),
);
