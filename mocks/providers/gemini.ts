/** Gemini's generation, token counts, embeddings and models, and what differs on its OpenAI-compatible endpoint. */
import {
  answeringModel,
  type Endpoint,
  isJsonObject,
  type JsonObject,
  type ProviderCall,
  positiveInteger,
  type Reply,
  sseFrame,
  stubId,
} from './api.ts';
import { type Completion, choiceCount, complete, countUsage, embed, promptTexts } from './completion.ts';
import { OPENAI, type OpenAiDialect } from './openai.ts';
import { geminiUsage, googleCompatUsage, usageSoFar } from './usage.ts';

export const GOOGLE_MODELS = ['gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-2.5-flash-lite', 'gemini-embedding-001'];

export const GOOGLE_COMPAT: OpenAiDialect = {
  ...OPENAI,
  provider: 'google',
  errorFormat: 'google-compat',
  writeUsage: googleCompatUsage,
  streamedUsage: 'every-chunk',
  modelIds: GOOGLE_MODELS.map((id) => `models/${id}`),
};

const GOOGLE = { provider: 'google', errorFormat: 'google' } as const;

/** `generateContent`; the model stands in the path. */
const generateContentEndpoint: Endpoint = {
  ...GOOGLE,
  operation: 'generateContent',
  check: checkContents,
  reply(call) {
    const completion = completeContents(call);
    const usage = usageField(call, completion, completion.pieces.length);
    return { kind: 'document', usage, body: chunk(call, completion.text, finishReason(completion), usage) };
  },
};

/** `streamGenerateContent`: events with `alt=sse`, otherwise one JSON array; each chunk has the usage so far, and no `[DONE]`. */
const streamGenerateContentEndpoint: Endpoint = {
  ...GOOGLE,
  operation: 'streamGenerateContent',
  check: checkContents,
  transport: (_body, query) => (query.get('alt') === 'sse' ? 'sse' : 'json-array'),
  reply(call) {
    const completion = completeContents(call);
    const isArray = call.transport === 'json-array';
    const last = completion.pieces.length;
    const frame = (data: JsonObject, index: number) => (isArray ? arrayElement(data, index) : sseFrame(data));
    return {
      kind: 'stream',
      usage: usageField(call, completion, last),
      opening: [],
      content: completion.pieces.map((piece, index) =>
        frame(chunk(call, piece, undefined, usageField(call, completion, index + 1)), index),
      ),
      closing: [frame(chunk(call, '', finishReason(completion), usageField(call, completion, last)), last)],
      end: isArray ? [']'] : [],
      failure: (_failure, body, contentSent) => [frame(body, contentSent), ...(isArray ? [']'] : [])],
    };
  },
};

/** `countTokens`, of `contents` or of a whole `generateContentRequest`. */
const countTokensEndpoint: Endpoint = {
  ...GOOGLE,
  operation: 'countTokens',
  check(body) {
    const { generateContentRequest: request } = body;
    if (!isJsonObject(request)) return checkContents(body);
    if (body.contents !== undefined) return '* CountTokensRequest: contents and generateContentRequest are exclusive';
    return request.model === undefined
      ? '* GenerateContentRequest.model: model is not specified'
      : checkContents(request);
  },
  reply(call) {
    const usage = countUsage(call, readPrompt(requestToCount(call.body)), 0);
    const totalTokens = usage.inputTokens + usage.toolUsePromptTokens;
    return document({ totalTokens, promptTokensDetails: [{ modality: 'TEXT', tokenCount: totalTokens }] });
  },
};

/** `embedContent`: no usage is reported. */
const embedContentEndpoint: Endpoint = {
  ...GOOGLE,
  operation: 'embedContent',
  check: (body) => (isJsonObject(body.content) ? undefined : '* EmbedContentRequest.content: content is not specified'),
  reply: (call) => document({ embedding: embedding(call.body) }),
};

/** `batchEmbedContents`, which the SDK calls even for a single content. */
const batchEmbedContentsEndpoint: Endpoint = {
  ...GOOGLE,
  operation: 'batchEmbedContents',
  check: ({ requests }) =>
    Array.isArray(requests) && requests.length > 0 && requests.every(isJsonObject)
      ? undefined
      : '* BatchEmbedContentsRequest.requests: at least one request is required',
  reply({ body: { requests } }) {
    return document({ embeddings: Array.isArray(requests) ? requests.filter(isJsonObject).map(embedding) : [] });
  },
};

/** What stands behind the model's name and a colon in the path, by the name of the operation. */
export const geminiEndpoints: ReadonlyMap<string, Endpoint> = new Map(
  [
    generateContentEndpoint,
    streamGenerateContentEndpoint,
    countTokensEndpoint,
    embedContentEndpoint,
    batchEmbedContentsEndpoint,
  ].map((endpoint) => [endpoint.operation, endpoint]),
);

/** `GET models`: one page. */
export const geminiModelsEndpoint: Endpoint = {
  ...GOOGLE,
  operation: 'models',
  check: () => undefined,
  reply() {
    const models = GOOGLE_MODELS.map((id) => ({
      name: `models/${id}`,
      version: '001',
      displayName: id,
      inputTokenLimit: 1_048_576,
      outputTokenLimit: 65_536,
      supportedGenerationMethods: id.includes('embedding')
        ? ['embedContent', 'batchEmbedContents', 'countTokens']
        : ['generateContent', 'streamGenerateContent', 'countTokens'],
    }));
    return document({ models });
  },
};

function document(body: JsonObject): Reply {
  return { kind: 'document', usage: {}, body };
}

function requestToCount(body: JsonObject): JsonObject {
  return isJsonObject(body.generateContentRequest) ? body.generateContentRequest : body;
}

function checkContents({ contents }: JsonObject): string | undefined {
  const isGiven = Array.isArray(contents) && contents.length > 0;
  return isGiven ? undefined : '* GenerateContentRequest.contents: contents is not specified';
}

function readPrompt(body: JsonObject): string[] {
  return [...promptTexts(body.systemInstruction ?? body.system_instruction), ...promptTexts(body.contents)];
}

function generationConfig(call: ProviderCall): JsonObject {
  const config = call.body.generationConfig ?? call.body.generation_config;
  return isJsonObject(config) ? config : {};
}

function candidateCount(call: ProviderCall): number {
  return choiceCount(generationConfig(call).candidateCount);
}

function completeContents(call: ProviderCall): Completion {
  return complete(call, {
    prompt: readPrompt(call.body),
    outputLimitTokens: positiveInteger(generationConfig(call).maxOutputTokens),
    choices: candidateCount(call),
  });
}

function usageField({ respond }: ProviderCall, completion: Completion, piecesSent: number): JsonObject {
  if (!completion.reportsUsage) return {};
  const usage = usageSoFar(completion.usage, piecesSent, completion.pieces.length);
  return { usageMetadata: geminiUsage(usage, respond.served?.serviceTier) };
}

function chunk(call: ProviderCall, text: string, finish: string | undefined, usage: JsonObject): JsonObject {
  const candidates = Array.from({ length: candidateCount(call) }, (_, index) => ({
    content: { parts: [{ text }], role: 'model' },
    ...(finish !== undefined && { finishReason: finish }),
    index,
  }));
  return { candidates, ...usage, modelVersion: answeringModel(call), responseId: stubId('gemini', call.sequence) };
}

function arrayElement(data: JsonObject, index: number): string {
  return `${index === 0 ? '[' : ',\r\n'}${JSON.stringify(data)}`;
}

function finishReason(completion: Completion): string {
  return completion.cutOff ? 'MAX_TOKENS' : 'STOP';
}

function embedding(request: JsonObject): JsonObject {
  return { values: embed(promptTexts(request.content).join('\n'), request.outputDimensionality) };
}
