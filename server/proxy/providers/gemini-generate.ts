import { geminiInputKind, toolsOf } from './gemini-content.ts';
import { geminiEnvelope } from './gemini-envelope.ts';
import { eitherSpelling } from './gemini-fields.ts';
import { readGenerateStream } from './gemini-stream.ts';
import { readGeminiAnswer } from './gemini-usage.ts';
import { checkRequest, isAbsent, malformed, type RequestCheck, textOf } from './json.ts';
import type {
  JsonObject,
  Operation,
  OutputLimit,
  PathParts,
  Placement,
  RequestDecisions,
  RequestFacts,
  RequestReading,
} from './operation.ts';

function generate(name: string, streamed: boolean): Operation {
  return {
    name,
    method: 'POST',
    envelope: geminiEnvelope,
    charge: 'metered',
    provider: 'google',
    nestedObjects: ['generationConfig', 'generation_config'],
    queryParameters: ['alt'],
    endpoint: (_provider, model, { version = 'v1beta' }) => ({
      path: `/${version}/models/${encodeURIComponent(model)}:${name}`,
      dialect: 'native',
    }),
    read: (body, parts) => read(body, parts, streamed),
    place,
    readAnswer: readGeminiAnswer,
    costPath: undefined,
    readStream: readGenerateStream,
  };
}

/** `POST /v1beta/models/MODEL:generateContent` */
export const generateContent = generate('generateContent', false);
/** `POST /v1beta/models/MODEL:streamGenerateContent`: events with `alt=sse`, otherwise one JSON list. */
export const streamGenerateContent = generate('streamGenerateContent', true);

function read(body: JsonObject, parts: PathParts, streamed: boolean): RequestReading {
  const check = checkRequest();
  const [configName] = eitherSpelling(body, 'generationConfig', check);
  const config = check.object(body, configName);
  const [candidatesName] = eitherSpelling(config, 'candidateCount', check);
  const answers = check.positive(config, candidatesName) ?? 1;
  const outputLimit = readLimit(config, configName, check);
  for (const field of ['cachedContent', 'systemInstruction']) eitherSpelling(body, field, check);
  const fault = check.firstFault();
  if (fault !== undefined) return malformed(fault);
  return {
    kind: 'facts',
    facts: {
      model: parts.model,
      streamed,
      usageAsked: true,
      outputLimit,
      extent: {
        ...geminiInputKind(body),
        declaresTools: toolsOf(body).length > 0,
        answers,
        webSearches: 0,
      },
      unpricedParameter: unpricedParameter(body),
      user: typeof body.user === 'string' ? body.user : undefined,
    },
  };
}

function readLimit(config: JsonObject, configName: string, check: RequestCheck): OutputLimit {
  const [name] = eitherSpelling(config, 'maxOutputTokens', check);
  const tokens = check.positive(config, name);
  return tokens === undefined ? { kind: 'missing', path: [configName, name] } : { kind: 'given', tokens };
}

/** The model stands in the path: only the limit goes into the body. */
function place({ outputLimit }: RequestFacts, { outputTokens }: RequestDecisions): readonly Placement[] {
  if (outputTokens === undefined || outputLimit.kind !== 'missing') return [];
  return [{ path: outputLimit.path, json: String(outputTokens) }];
}

const TOOLS_WITH_FEES = ['googleSearch', 'googleSearchRetrieval', 'googleMaps', 'enterpriseWebSearch'];

/** What changes the price of a token, or has a fee of its own that the usage does not tell. */
function unpricedParameter(body: JsonObject): string | undefined {
  const [tierName, tier] = eitherSpelling(body, 'serviceTier');
  if (!isAbsent(tier) && !/^(SERVICE_TIER_)?(standard|unspecified)$/i.test(textOf(tier))) return tierName;
  const hasFee = toolsOf(body).some((tool) => TOOLS_WITH_FEES.some((kind) => !isAbsent(eitherSpelling(tool, kind)[1])));
  return hasFee ? 'tools' : undefined;
}
