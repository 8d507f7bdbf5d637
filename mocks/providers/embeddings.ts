import { createHash } from 'node:crypto';
import { promptTexts, usageOf } from './answer.ts';
import type { Call, Endpoint } from './call.ts';
import { isJsonObject, type JsonObject, positiveInteger } from './json.ts';
import { checkModelAndPresence, type OpenAiDialect, reportedUsage } from './openai-dialect.ts';

/** Small on purpose: nobody reads the numbers. A call that asks for a dimension gets it, up to the maximum. */
const DEFAULT_DIMENSIONS = 16;
const MOST_DIMENSIONS = 4096;

/** OpenAI's `embeddings`: one vector per input, as numbers or as base64 of 32-bit floats. */
export function embeddingsEndpoint(dialect: OpenAiDialect): Endpoint {
  return {
    provider: dialect.provider,
    operation: 'embeddings',
    envelope: dialect.envelope,
    check: (body) => checkModelAndPresence(body, 'input'),
    transport: () => 'document',
    answer(call) {
      const inputs = embeddingInputs(call.body.input);
      const usage = reportedUsage(dialect, embeddingAnswer(call, inputs), ({ inputTokens, toolUsePromptTokens }) => ({
        prompt_tokens: inputTokens + toolUsePromptTokens,
        total_tokens: inputTokens + toolUsePromptTokens,
      }));
      const data = inputs.map((text, index) => {
        const vector = embed(text, call.body.dimensions);
        const embedding = call.body.encoding_format === 'base64' ? base64Floats(vector) : vector;
        return { object: 'embedding', index, embedding };
      });
      return { kind: 'document', usage, body: { object: 'list', data, model: call.model, ...usage } };
    },
  };
}

/** Gemini's `embedContent`: no usage is reported. */
export const embedContentEndpoint: Endpoint = {
  provider: 'google',
  operation: 'embedContent',
  envelope: 'google',
  check: (body) => (isJsonObject(body.content) ? undefined : '* EmbedContentRequest.content: content is not specified'),
  transport: () => 'document',
  answer: (call) => ({ kind: 'document', usage: {}, body: { embedding: geminiEmbedding(call.body) } }),
};

/** Gemini's `batchEmbedContents`, which its SDK calls even for a single content. */
export const batchEmbedContentsEndpoint: Endpoint = {
  provider: 'google',
  operation: 'batchEmbedContents',
  envelope: 'google',
  check: ({ requests }) =>
    Array.isArray(requests) && requests.length > 0 && requests.every(isJsonObject)
      ? undefined
      : '* BatchEmbedContentsRequest.requests: at least one request is required',
  transport: () => 'document',
  answer(call) {
    const requests = Array.isArray(call.body.requests) ? call.body.requests.filter(isJsonObject) : [];
    return { kind: 'document', usage: {}, body: { embeddings: requests.map(geminiEmbedding) } };
  },
};

function embeddingAnswer(call: Call, inputs: readonly string[]) {
  return {
    usage: usageOf(call, inputs, 0),
    reportsUsage: call.respond.omitUsage !== true,
    costUsd: call.respond.costUsd,
  };
}

/** One text per vector; a list of token numbers counts as one input, written out as text. */
function embeddingInputs(input: unknown): string[] {
  if (!Array.isArray(input)) return [String(input)];
  if (input.every((item) => typeof item === 'number')) return [input.join(' ')];
  return input.map((item) => (Array.isArray(item) ? item.join(' ') : String(item)));
}

function geminiEmbedding(request: JsonObject): JsonObject {
  return { values: embed(promptTexts(request.content).join('\n'), request.outputDimensionality) };
}

/** Numbers in [-1, 1] that depend on the text alone. */
function embed(text: string, wantedDimensions: unknown): number[] {
  const dimensions = Math.min(positiveInteger(wantedDimensions) ?? DEFAULT_DIMENSIONS, MOST_DIMENSIONS);
  const vector: number[] = [];
  for (let block = 0; vector.length < dimensions; block += 1) {
    for (const byte of createHash('sha256').update(`${block}:${text}`).digest()) vector.push(byte / 127.5 - 1);
  }
  return vector.slice(0, dimensions);
}

function base64Floats(vector: readonly number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString('base64');
}
