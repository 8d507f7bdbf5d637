import { checkRequest, isAbsent, listOf, malformed, type RequestCheck } from './json.ts';
import { inputKind } from './openai-content.ts';
import { openAiEndpoint } from './openai-endpoint.ts';
import { openAiEnvelope } from './openai-envelope.ts';
import { readChatStream } from './openai-stream.ts';
import { CHAT_NAMES, parseAnswer, readUsage } from './openai-usage.ts';
import type {
  JsonObject,
  Operation,
  OutputLimit,
  Placement,
  RequestDecisions,
  RequestFacts,
  RequestReading,
} from './operation.ts';

/** `POST /v1/chat/completions`, at OpenAI, OpenRouter and the OpenAI-compatible endpoints of Anthropic and Google. */
export const chatCompletions: Operation = {
  name: 'chat.completions',
  method: 'POST',
  envelope: openAiEnvelope,
  charge: 'metered',
  provider: undefined,
  nestedObjects: ['stream_options'],
  queryParameters: [],
  endpoint: openAiEndpoint('/chat/completions', ['openai', 'openrouter', 'anthropic', 'google']),
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
  const answers = check.positive(body, 'n') ?? 1;
  const outputLimit = chatOutputLimit(body, check);
  const fault = check.firstFault();
  if (fault !== undefined) return malformed(fault);
  return {
    kind: 'facts',
    facts: {
      model,
      streamed,
      usageAsked,
      outputLimit,
      extent: {
        ...inputKind(body.messages),
        declaresTools: listOf(body.tools).length > 0 || listOf(body.functions).length > 0,
        answers,
        extraOutputTokens: predictedBytes(body.prediction),
        webSearches: 0,
      },
      unpricedParameter: unpricedParameter(body),
      user: typeof body.user === 'string' ? body.user : undefined,
    },
  };
}

/** Both names of the limit may stand there; the larger one bounds the hold. */
function chatOutputLimit(body: JsonObject, check: RequestCheck): OutputLimit {
  const limits = [check.positive(body, 'max_completion_tokens'), check.positive(body, 'max_tokens')];
  const given = limits.filter((limit) => limit !== undefined);
  return given.length === 0
    ? { kind: 'missing', path: ['max_completion_tokens'] }
    : { kind: 'given', tokens: Math.max(...given) };
}

/** Rejected parts of a predicted output are charged as output, beyond the limit. */
function predictedBytes(prediction: unknown): number {
  return isAbsent(prediction) ? 0 : Buffer.byteLength(JSON.stringify(prediction));
}

/** The first parameter of the OpenAI shape that changes what a token costs, or adds a fee. */
export function unpricedParameter(body: JsonObject): string | undefined {
  const tier = body.service_tier;
  if (!isAbsent(tier) && tier !== 'auto' && tier !== 'default') return 'service_tier';
  // `models` and `route` let OpenRouter choose a dearer model than the one that was priced; plugins have fees.
  return ['web_search_options', 'models', 'route', 'plugins'].find((parameter) => !isAbsent(body[parameter]));
}

/** Model, output limit and, in streams, the usage that the call is metered by. */
export function placeOpenAi(facts: RequestFacts, decisions: RequestDecisions): readonly Placement[] {
  const placements: Placement[] = [];
  const { outputLimit } = facts;
  if (decisions.model !== undefined) placements.push({ path: ['model'], json: JSON.stringify(decisions.model) });
  if (decisions.outputTokens !== undefined && outputLimit.kind === 'missing') {
    placements.push({ path: outputLimit.path, json: String(decisions.outputTokens) });
  }
  if (facts.streamed && !facts.usageAsked) {
    placements.push({ path: ['stream_options', 'include_usage'], json: 'true' });
  }
  return placements;
}
