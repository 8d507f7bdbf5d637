import { type Answer, choiceCount, composeAnswer, promptTexts } from './answer.ts';
import { type Call, type Endpoint, type Reply, stubId } from './call.ts';
import { type JsonObject, positiveInteger } from './json.ts';
import {
  checkModelAndPresence,
  type OpenAiDialect,
  reportedUsage,
  streamsOnRequest,
  wantsUsage,
} from './openai-dialect.ts';
import { DONE_FRAME, sseFrame } from './sse.ts';

/** The older `completions`: one choice per prompt and `n`. */
export function completionsEndpoint(dialect: OpenAiDialect): Endpoint {
  return {
    provider: dialect.provider,
    operation: 'completions',
    envelope: dialect.envelope,
    check: (body) => checkModelAndPresence(body, 'prompt'),
    transport: streamsOnRequest,
    answer: (call) => answerCompletion(call, dialect),
  };
}

function answerCompletion(call: Call, dialect: OpenAiDialect): Reply {
  const prompt = promptTexts(call.body.prompt);
  const choices = choiceCount(call.body.n) * Math.max(1, prompt.length);
  const answer = composeAnswer(call, { prompt, outputLimitTokens: positiveInteger(call.body.max_tokens), choices });
  const usage = reportedUsage(dialect, answer);
  if (call.transport === 'sse') return streamCompletion(call, dialect, answer, choices);
  const texts = Array.from({ length: choices }, (_, index) => choice(index, answer.text, finishReason(answer)));
  return { kind: 'document', usage, body: { ...head(call), choices: texts, ...usage } };
}

function streamCompletion(call: Call, dialect: OpenAiDialect, answer: Answer, choices: number): Reply {
  const reports = answer.reportsUsage && (dialect.streamedUsage === 'always' || wantsUsage(call.body));
  const usage = reportedUsage(dialect, answer);
  const noUsageYet = reports && dialect.streamedUsage === 'on-request' ? { usage: null } : {};
  const frames = (text: string, finish: string | null) =>
    Array.from({ length: choices }, (_, index) =>
      sseFrame({ ...head(call), choices: [choice(index, text, finish)], ...noUsageYet }),
    );
  return {
    kind: 'stream',
    usage,
    opening: dialect.preamble,
    content: answer.pieces.flatMap((piece) => frames(piece, null)),
    closing: [
      ...frames('', finishReason(answer)),
      ...(reports ? [sseFrame({ ...head(call), choices: [], ...usage })] : []),
    ],
    end: [DONE_FRAME],
    failure: (_fault, body) => [sseFrame(body)],
  };
}

function head(call: Call): JsonObject {
  return {
    id: stubId('cmpl', call.sequence),
    object: 'text_completion',
    created: call.createdSeconds,
    model: call.model,
  };
}

function choice(index: number, text: string, finish: string | null): JsonObject {
  return { text, index, logprobs: null, finish_reason: finish };
}

function finishReason(answer: Answer): string {
  return answer.cutOff ? 'length' : 'stop';
}
