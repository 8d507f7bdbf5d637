/** Google's Gemini API: content, embeddings, counting tokens, and models. */
import { errorBody } from '../../../contract/error-envelopes.ts';
import { GEMINI_USAGE } from '../charges/usage-fields.ts';
import {
  collectInput,
  type Endpoint,
  type Envelope,
  freeCall,
  type InputCollector,
  type InputCounting,
  limitAt,
  nameSet,
  type Operation,
  type OutputLimit,
  PASS,
  type PathParts,
  placeLimit,
  type Reported,
  type RequestCheck,
  type RequestFacts,
  readRequest,
  type StreamEvent,
  type StreamReader,
  trackEndedCompletions,
  type UnreadInput,
} from './operation.ts';
import {
  asCount,
  asList,
  asObject,
  asText,
  findUnknownFields,
  isAbsent,
  isCount,
  isObject,
  type JsonObject,
  oneOrMore,
  parseJson,
  readTerms,
} from './wire-values.ts';

export const geminiEnvelope: Envelope = {
  api: 'google',
  requestIdHeader: 'x-request-id',
  body: (error) => errorBody('google', error),
  frame: (error) => `data: ${JSON.stringify(errorBody('google', error))}\n\n`,
  /**
   * Google's SDK up to 2.x looks for errors only in a read that is JSON by itself, or in what is left unfinished at the end.
   * For a reader of events it is an event that never ended, which is dropped.
   */
  echo: (failure) => failure.replace(/^data: ?/, '').trim(),
};

/** Undefined where a response has none. */
function readTotal(text: string): number | undefined {
  const { totalTokens } = asObject(parseJson(text));
  return isCount(totalTokens) ? totalTokens : undefined;
}

const camelAndSnake = (names: string) =>
  nameSet(`${names} ${names.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`);

/**
 * https://ai.google.dev/api/tokens: the whole request is counted, with its instructions and tools. The sizes of pages, frames and
 * seconds are "approximate token counts" (https://ai.google.dev/gemini-api/docs/media-resolution): a tenth more is held. Before
 * Gemini 3 a large picture is cut into pieces when it is read, not always when it is counted.
 */
const inputCounting: InputCounting = {
  endpoint: (_provider, model, parts) => modelEndpoint(model, parts, 'countTokens'),
  queryParameters: [],
  counted: camelAndSnake('cachedContent contents generationConfig safetySettings systemInstruction toolConfig tools'),
  withoutInput: camelAndSnake('labels serviceTier store user'),
  within: 'generateContentRequest',
  nameModel: (model) => `models/${model}`,
  margin: { share: 0.1, pictures: true },
  readTokens: readTotal,
};

function generate(name: string, streamed: boolean): Operation {
  return {
    name,
    method: 'POST',
    envelope: geminiEnvelope,
    charge: 'metered',
    provider: 'google',
    // Other forms of the answer name tiers and modalities by numbers, or are no JSON.
    queryParameters: ['alt=json', 'alt=sse'],
    endpoint: (_provider, model, parts) => modelEndpoint(model, parts, name),
    read: (body, parts) =>
      readRequest(body, (check) => {
        const [configName] = eitherSpelling(body, 'generationConfig', check);
        const config = check.object(body, configName);
        const [candidatesName] = eitherSpelling(config, 'candidateCount', check);
        const answers = check.positive(config, candidatesName) ?? 1;
        const outputLimit = readLimit(config, configName, check);
        for (const field of ['cachedContent', 'systemInstruction']) eitherSpelling(body, field, check);
        return {
          model: parts.model,
          streamed,
          usageAsked: true,
          outputLimit,
          extent: {
            ...readGeminiInput(body),
            declaresTools: readTools(body).length > 0,
            answers,
            webSearches: usesTool(body, SEARCHES) ? mostSearches(parts.model) : 0,
            extraOutputTokens: thinkingBudget(config, check),
          },
        };
      }),
    // The model stands in the path: only the limit is put into the body.
    place: ({ outputLimit }, { outputTokens }) => placeLimit(outputLimit, outputTokens),
    readResponse: readGeminiResponse,
    costPath: undefined,
    readStream: readGenerateStream,
    inputCounting,
  };
}

/** `POST /v1beta/models/MODEL:generateContent` */
export const generateContent = generate('generateContent', false);
/** `POST /v1beta/models/MODEL:streamGenerateContent`: events with `alt=sse`, otherwise one JSON list. */
export const streamGenerateContent = generate('streamGenerateContent', true);

function embed(name: string, readContents: (body: JsonObject) => readonly unknown[]): Operation {
  return {
    name,
    method: 'POST',
    envelope: geminiEnvelope,
    charge: 'metered',
    provider: 'google',
    queryParameters: [],
    endpoint: (_provider, model, parts) => modelEndpoint(model, parts, name),
    read: (body, parts) =>
      readRequest(body, () => {
        const contents = readContents(body);
        const prompts = Math.max(1, contents.length);
        return { model: parts.model, extent: { ...readGeminiInput({ contents }), prompts } };
      }),
    place: () => [],
    readResponse: (text) => readAnswer(asObject(parseJson(text))),
    costPath: undefined,
    readStream: () => {
      throw new Error(`${name} is not streamed`);
    },
    usageCounting: {
      endpoint: (model, parts) => modelEndpoint(model, parts, 'countTokens'),
      body: (body) => JSON.stringify({ contents: readContents(body) }),
      readTokens: readTotal,
    },
  };
}

/** `POST /v1beta/models/MODEL:embedContent` */
export const embedContent = embed('embedContent', (body) => [body.content]);
/** `POST /v1beta/models/MODEL:batchEmbedContents` */
export const batchEmbedContents = embed('batchEmbedContents', (body) =>
  oneOrMore(body.requests).map((request) => asObject(request).content),
);

/** `POST /v1beta/models/MODEL:countTokens` */
export const countTokens = freeCall({
  name: 'countTokens',
  method: 'POST',
  envelope: geminiEnvelope,
  provider: 'google',
  endpoint: (_provider, model, parts) => modelEndpoint(model, parts, 'countTokens'),
});

/** `GET /v1beta/models` as Gemini answers it. */
export const listGeminiModels = freeCall({
  name: 'models',
  method: 'GET',
  envelope: geminiEnvelope,
  provider: 'google',
  queryParameters: ['pageSize', 'pageToken'],
  endpoint: (_provider, _model, { version = 'v1beta' }) => ({ path: `/${version}/models`, dialect: 'native' }),
});

function modelEndpoint(model: string, { version = 'v1beta' }: PathParts, action: string): Endpoint {
  return { path: `/${version}/models/${encodeURIComponent(model)}:${action}`, dialect: 'native' };
}

/**
 * A field that Gemini reads under two spellings, `generationConfig` and `generation_config`. With both there, it is not known
 * which one counts: that is a problem of the request.
 */
function eitherSpelling(object: JsonObject, camel: string, check?: RequestCheck): readonly [string, unknown] {
  const snake = camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (camel !== snake && !isAbsent(object[camel]) && !isAbsent(object[snake])) {
    check?.problem(camel, `${camel}: must not be given twice, as ${camel} and ${snake}.`);
  }
  return isAbsent(object[camel]) && !isAbsent(object[snake]) ? [snake, object[snake]] : [camel, object[camel]];
}

/** The value of a field under either spelling, where it is an object. */
function objectField(object: JsonObject, camel: string): JsonObject | undefined {
  const [, value] = eitherSpelling(object, camel);
  return isObject(value) ? value : undefined;
}

function readLimit(config: JsonObject, configName: string, check: RequestCheck): OutputLimit {
  const [name] = eitherSpelling(config, 'maxOutputTokens', check);
  const tokens = check.positive(config, name);
  return limitAt(tokens, [configName, name]);
}

/** Gemini may think beyond a budget, and its pages do not say that thoughts count against the limit. */
function thinkingBudget(config: JsonObject, check: RequestCheck): number {
  const [name, budget] = eitherSpelling(objectField(config, 'thinkingConfig') ?? {}, 'thinkingBudget', check);
  // Google reads numbers in text too.
  if (!isAbsent(budget) && !Number.isSafeInteger(budget)) check.problem(name, `${name}: expected a whole number.`);
  return isCount(budget) ? budget : 0;
}

/** Tools whose findings become input: web pages, files, and what its own code prints. */
const READING_TOOLS = [
  'urlContext',
  'fileSearch',
  'codeExecution',
  'computerUse',
  'googleSearch',
  'googleSearchRetrieval',
];

/** Tools with a fee for what they search. */
const SEARCHES = ['googleSearch', 'googleSearchRetrieval'];
/** Google sets no bound to the queries of one call; agents have come to a handful. */
const HELD_QUERIES = 20;

function mostSearches(model: string | undefined): number {
  return CHARGED_BY_PROMPT.test(model ?? '') ? 1 : HELD_QUERIES;
}

/** Looks through instructions and contents for everything that is not text in the body. */
function readGeminiInput(body: JsonObject): UnreadInput {
  const input = collectInput();
  const visit = (part: unknown): void => {
    if (!isObject(part)) return;
    const inline = objectField(part, 'inlineData');
    if (inline !== undefined) readInline(inline, input);
    if (!isAbsent(eitherSpelling(part, 'fileData')[1])) input.growing();
    oneOrMore(objectField(part, 'functionResponse')?.parts).forEach(visit);
  };
  const [, cached] = eitherSpelling(body, 'cachedContent');
  if (!isAbsent(cached)) input.reference(cached);
  if (!isAbsent(eitherSpelling(body, 'continuationToken')[1]) || usesTool(body, READING_TOOLS)) input.growing();
  oneOrMore(objectField(body, 'systemInstruction')?.parts).forEach(visit);
  for (const content of oneOrMore(body.contents)) oneOrMore(asObject(content).parts).forEach(visit);
  return input.collected();
}

function readInline(inline: JsonObject, input: InputCollector): void {
  const type = asText(eitherSpelling(inline, 'mimeType')[1]);
  const data = asText(inline.data);
  if (type.startsWith('image/')) input.picture(data);
  else if (type.startsWith('audio/')) input.sound(data);
  else input.unseen();
}

function readTools(body: JsonObject): readonly JsonObject[] {
  return oneOrMore(body.tools).filter(isObject);
}

function usesTool(body: JsonObject, kinds: readonly string[]): boolean {
  return readTools(body).some((tool) => kinds.some((kind) => !isAbsent(eitherSpelling(tool, kind)[1])));
}

/**
 * Reads a response, or the chunk of one that has the last usage. `usageMetadata` has the cached part inside the prompt;
 * thoughts and the prompts of tools are additional to candidates and prompt. `searches` are the queries of the whole
 * response. Undefined where there is no usage.
 */
export function readAnswer(
  answer: JsonObject,
  searches: readonly string[] = findSearches(answer),
): Reported | undefined {
  const { usageMetadata: metadata } = answer;
  if (!isObject(metadata) || isAbsent(metadata.promptTokenCount)) return undefined;
  const { promptTokensDetails, toolUsePromptTokensDetails, candidatesTokensDetails } = metadata;
  const inputTokens = asCount(metadata.promptTokenCount) + asCount(metadata.toolUsePromptTokenCount);
  const outputTokens = asCount(metadata.candidatesTokenCount) + asCount(metadata.thoughtsTokenCount);
  const model = asText(answer.modelVersion).replace(/^models\//, '') || undefined;
  return {
    consumption: {
      inputTokens,
      cachedInputTokens: asCount(metadata.cachedContentTokenCount),
      cacheWrite5mTokens: 0,
      cacheWrite1hTokens: 0,
      // What is in the total alone was generated too.
      outputTokens: Math.max(outputTokens, asCount(metadata.totalTokenCount) - inputTokens),
      audioInputTokens: modality(promptTokensDetails, 'AUDIO') + modality(toolUsePromptTokensDetails, 'AUDIO'),
      cachedAudioInputTokens: modality(metadata.cacheTokensDetails, 'AUDIO'),
      audioOutputTokens: modality(candidatesTokensDetails, 'AUDIO'),
      imageOutputTokens: modality(candidatesTokensDetails, 'IMAGE'),
      webSearches: chargedSearches(model, searches),
    },
    // Both say the same, on different platforms of Google's.
    served: { model, terms: readTerms({ service_tier: metadata.serviceTier ?? metadata.trafficType }) },
    unknownFields: findUnknownFields(metadata, GEMINI_USAGE),
    costUsd: undefined,
  };
}

/** Models that are charged for a prompt that searched, however often it did. */
const CHARGED_BY_PROMPT = /^gemini-(?:1|2)\b/;

/**
 * Searches as Google charges them: each unique query from Gemini 3 on, before that each prompt that led to any
 * (https://ai.google.dev/gemini-api/docs/google-search#pricing). A model that is not named is charged for each query.
 */
function chargedSearches(model: string | undefined, searches: readonly string[]): number {
  return CHARGED_BY_PROMPT.test(model ?? '') ? Math.min(1, searches.length) : new Set(searches).size;
}

/** The queries of a response or chunk that Google ran by itself. Empty ones are not charged. */
function findSearches({ candidates }: JsonObject): readonly string[] {
  return asList(candidates)
    .map((candidate) => asObject(asObject(candidate).groundingMetadata))
    .flatMap(({ webSearchQueries, imageSearchQueries }) => [...asList(webSearchQueries), ...asList(imageSearchQueries)])
    .map(asText)
    .filter((query) => query !== '');
}

function modality(details: unknown, name: 'AUDIO' | 'IMAGE'): number {
  return asList(details)
    .map(asObject)
    .filter((entry) => entry.modality === name)
    .reduce((sum, entry) => sum + asCount(entry.tokenCount), 0);
}

/** The usage of a response in one piece: an object, or the list of chunks that a stream without `alt=sse` is. */
export function readGeminiResponse(text: string): Reported | undefined {
  const response = parseJson(text);
  if (!Array.isArray(response)) return readAnswer(asObject(response));
  const chunks = response.map(asObject);
  if (!chunks.some((chunk) => isLastChunk(chunk) || failsWithUsage(chunk))) return undefined;
  const last = chunks.findLast((chunk) => !isAbsent(chunk.usageMetadata));
  return last && readAnswer(last, chunks.flatMap(findSearches));
}

/** Whether a chunk is an error that reports what was used until then. */
function failsWithUsage(chunk: JsonObject): boolean {
  return !isAbsent(chunk.error) && !isAbsent(chunk.usageMetadata);
}

/** Whether a chunk says why a candidate ends, or that there is none. */
function isLastChunk(chunk: JsonObject): boolean {
  const isEnding = asList(chunk.candidates).some((candidate) => !isAbsent(asObject(candidate).finishReason));
  return isEnding || isBlocked(chunk);
}

/** Whether a chunk says that the prompt was refused: no candidate follows. */
function isBlocked(chunk: JsonObject): boolean {
  return !isAbsent(asObject(chunk.promptFeedback).blockReason);
}

const READ_EVENT = /"usageMetadata"|"finishReason"|"groundingMetadata"|"error"/;

/**
 * Follows a stream of `streamGenerateContent`: every chunk restates the usage, the last one counts, and only the end of the
 * stream comes after it.
 */
function readGenerateStream({ extent }: RequestFacts): StreamReader {
  const ended = trackEndedCompletions('finishReason', extent.answers);
  const searches: string[] = [];
  let last: JsonObject = {};
  let isOver = false;
  let failure: StreamEvent | undefined;
  // Every chunk restates the usage: only the last one is read whole.
  const reported = () => readAnswer(last, searches);
  return {
    find: (events) => events.search(READ_EVENT),
    read(event) {
      const chunk = asObject(parseJson(event.data));
      if (!isAbsent(chunk.error)) failure = event;
      searches.push(...findSearches(chunk));
      if (!isAbsent(asObject(chunk.usageMetadata).promptTokenCount)) last = chunk;
      isOver ||= isBlocked(chunk) || (failure !== undefined && !isAbsent(chunk.usageMetadata));
      return ended.read(chunk.candidates) || isOver ? { kind: 'hold' } : PASS;
    },
    reported,
    isFinal: () => reported() !== undefined && (isOver || ended.isLast()),
    isWhole: () => reported() !== undefined && (isOver || ended.areAll()),
    failure: () => failure,
  };
}
