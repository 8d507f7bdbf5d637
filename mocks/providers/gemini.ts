import { type Answer, choiceCount, composeAnswer, promptTexts, usageOf } from './answer.ts';
import { type Call, type Endpoint, stubId } from './call.ts';
import { isJsonObject, type JsonObject, positiveInteger } from './json.ts';
import { sseFrame } from './sse.ts';
import { geminiUsage, usageSoFar } from './usage.ts';

/** Gemini's `generateContent`; the model stands in the path. */
export const generateContentEndpoint: Endpoint = {
  provider: 'google',
  operation: 'generateContent',
  envelope: 'google',
  check: checkContents,
  transport: () => 'document',
  answer(call) {
    const answer = compose(call);
    const usage = usageField(answer, answer.pieces.length);
    return { kind: 'document', usage, body: chunk(call, answer.text, finishReason(answer), usage) };
  },
};

/** `streamGenerateContent`: events with `alt=sse`, otherwise one JSON array; each chunk has the usage so far, and no `[DONE]`. */
export const streamGenerateContentEndpoint: Endpoint = {
  provider: 'google',
  operation: 'streamGenerateContent',
  envelope: 'google',
  check: checkContents,
  transport: (_body, query) => (query.get('alt') === 'sse' ? 'sse' : 'json-array'),
  answer(call) {
    const answer = compose(call);
    const isArray = call.transport === 'json-array';
    const last = answer.pieces.length;
    const frame = (data: JsonObject, place: number) => (isArray ? arrayElement(data, place) : sseFrame(data));
    return {
      kind: 'stream',
      usage: usageField(answer, last),
      opening: [],
      content: answer.pieces.map((piece, place) =>
        frame(chunk(call, piece, undefined, usageField(answer, place + 1)), place),
      ),
      closing: [frame(chunk(call, '', finishReason(answer), usageField(answer, last)), last)],
      end: isArray ? [']'] : [],
      failure: (_fault, body, contentSent) => [frame(body, contentSent), ...(isArray ? [']'] : [])],
    };
  },
};

/** `countTokens`, of `contents` or of a whole `generateContentRequest`. */
export const geminiCountTokensEndpoint: Endpoint = {
  provider: 'google',
  operation: 'countTokens',
  envelope: 'google',
  check: (body) => checkContents(isJsonObject(body.generateContentRequest) ? body.generateContentRequest : body),
  transport: () => 'document',
  answer(call) {
    const request = isJsonObject(call.body.generateContentRequest) ? call.body.generateContentRequest : call.body;
    const usage = usageOf(call, promptOf(request), 0);
    const totalTokens = usage.inputTokens + usage.toolUsePromptTokens;
    return {
      kind: 'document',
      usage: {},
      body: { totalTokens, promptTokensDetails: [{ modality: 'TEXT', tokenCount: totalTokens }] },
    };
  },
};

function checkContents(body: JsonObject): string | undefined {
  const { contents } = body;
  return Array.isArray(contents) && contents.length > 0
    ? undefined
    : '* GenerateContentRequest.contents: contents is not specified';
}

function promptOf(body: JsonObject): string[] {
  return [...promptTexts(body.systemInstruction ?? body.system_instruction), ...promptTexts(body.contents)];
}

function generationConfig(call: Call): JsonObject {
  const config = call.body.generationConfig ?? call.body.generation_config;
  return isJsonObject(config) ? config : {};
}

function candidateCount(call: Call): number {
  return choiceCount(generationConfig(call).candidateCount);
}

function compose(call: Call): Answer {
  return composeAnswer(call, {
    prompt: promptOf(call.body),
    outputLimitTokens: positiveInteger(generationConfig(call).maxOutputTokens),
    choices: candidateCount(call),
  });
}

function usageField(answer: Answer, piecesSent: number): JsonObject {
  if (!answer.reportsUsage) return {};
  return { usageMetadata: geminiUsage(usageSoFar(answer.usage, piecesSent, answer.pieces.length)) };
}

function chunk(call: Call, text: string, finish: string | undefined, usage: JsonObject): JsonObject {
  const candidates = Array.from({ length: candidateCount(call) }, (_, index) => ({
    content: { parts: [{ text }], role: 'model' },
    ...(finish !== undefined && { finishReason: finish }),
    index,
  }));
  return { candidates, ...usage, modelVersion: call.model, responseId: stubId('gemini', call.sequence) };
}

function arrayElement(data: JsonObject, place: number): string {
  return `${place === 0 ? '[' : ',\r\n'}${JSON.stringify(data)}`;
}

function finishReason(answer: Answer): string {
  return answer.cutOff ? 'MAX_TOKENS' : 'STOP';
}
