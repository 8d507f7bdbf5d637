import { anthropicInputKind, runsToolsItself } from './anthropic-content.ts';
import { anthropicEnvelope } from './anthropic-envelope.ts';
import { readMessageStream } from './anthropic-stream.ts';
import { readAnthropicUsage } from './anthropic-usage.ts';
import { checkRequest, isAbsent, isObject, listOf, malformed, objectOf, parseJson, textOf } from './json.ts';
import type {
  JsonObject,
  Operation,
  OutputLimit,
  Placement,
  RequestDecisions,
  RequestFacts,
  RequestReading,
} from './operation.ts';

/** Searches that one call is held for where the caller does not limit them with `max_uses`. */
const UNLIMITED_SEARCHES = 20;
/** Anthropic pauses a call whose tools run at its own servers after so many turns, and one for the answer. */
const MOST_TURNS = 11;

/** `POST /v1/messages`. */
export const messages: Operation = {
  name: 'messages',
  method: 'POST',
  envelope: anthropicEnvelope,
  charge: 'metered',
  provider: 'anthropic',
  nestedObjects: [],
  queryParameters: ['beta'],
  endpoint: () => ({ path: '/v1/messages', dialect: 'native' }),
  read,
  place: placeAnthropic,
  readAnswer: (text) => readAnthropicUsage(objectOf(parseJson(text)).usage),
  costPath: undefined,
  readStream: () => readMessageStream(),
};

function read(body: JsonObject): RequestReading {
  const check = checkRequest();
  const model = check.name(body, 'model');
  const streamed = check.flag(body, 'stream');
  const limit = check.positive(body, 'max_tokens');
  const fault = check.firstFault();
  if (fault !== undefined) return malformed(fault);
  const outputLimit: OutputLimit =
    limit === undefined ? { kind: 'missing', path: ['max_tokens'] } : { kind: 'given', tokens: limit };
  return {
    kind: 'facts',
    facts: {
      model,
      streamed,
      usageAsked: true,
      outputLimit,
      extent: {
        ...anthropicInputKind(body),
        declaresTools: listOf(body.tools).length > 0,
        answers: 1,
        turns: runsToolsItself(body) ? MOST_TURNS : 1,
        webSearches: mostSearches(body.tools),
      },
      unpricedParameter: unpricedParameter(body),
      user: typeof body.user === 'string' ? body.user : undefined,
    },
  };
}

/** Model and output limit. */
export function placeAnthropic({ outputLimit }: RequestFacts, decisions: RequestDecisions): readonly Placement[] {
  const placements: Placement[] = [];
  if (decisions.model !== undefined) placements.push({ path: ['model'], json: JSON.stringify(decisions.model) });
  if (decisions.outputTokens !== undefined && outputLimit.kind === 'missing') {
    placements.push({ path: outputLimit.path, json: String(decisions.outputTokens) });
  }
  return placements;
}

function mostSearches(tools: unknown): number {
  return listOf(tools)
    .filter((tool) => isObject(tool) && typeof tool.type === 'string' && tool.type.startsWith('web_search'))
    .reduce<number>((sum, tool) => {
      const uses = objectOf(tool).max_uses;
      return sum + (typeof uses === 'number' && Number.isSafeInteger(uses) && uses > 0 ? uses : UNLIMITED_SEARCHES);
    }, 0);
}

/** What changes the price of a token, or has a fee of its own that the usage does not tell. */
function unpricedParameter(body: JsonObject): string | undefined {
  if (!isAbsent(body.speed) && body.speed !== 'standard') return 'speed';
  if (!isAbsent(body.inference_geo) && body.inference_geo !== 'global') return 'inference_geo';
  const tier = body.service_tier;
  if (!isAbsent(tier) && tier !== 'auto' && tier !== 'standard_only') return 'service_tier';
  const runsCode = listOf(body.tools).some((tool) => /^code_execution/.test(textOf(objectOf(tool).type)));
  return runsCode ? 'tools' : undefined;
}
