import { type Answer, choiceCount, composeAnswer, promptTexts } from './answer.ts';
import { type Call, type Endpoint, type Reply, stubId } from './call.ts';
import { type JsonObject, positiveInteger } from './json.ts';
import {
  checkModelAndList,
  type OpenAiDialect,
  reportedUsage,
  streamsOnRequest,
  wantsUsage,
} from './openai-dialect.ts';
import { DONE_FRAME, sseFrame } from './sse.ts';
import { usageSoFar } from './usage.ts';

/** What OpenAI says about the machine that answered. The OpenRouter SDK refuses a chunk in which it is null. */
const FINGERPRINT = 'fp_stub';

/** `chat/completions`, as OpenAI, OpenRouter and the compatibility endpoints of Anthropic and Google answer it. */
export function chatEndpoint(dialect: OpenAiDialect): Endpoint {
  return {
    provider: dialect.provider,
    operation: 'chat.completions',
    envelope: dialect.envelope,
    check: (body) => checkModelAndList(body, 'messages'),
    transport: streamsOnRequest,
    answer: (call) => answerChat(call, dialect),
  };
}

function answerChat(call: Call, dialect: OpenAiDialect): Reply {
  const choices = choiceCount(call.body.n);
  const answer = composeAnswer(call, {
    prompt: promptTexts(call.body.messages),
    outputLimitTokens: positiveInteger(call.body.max_completion_tokens) ?? positiveInteger(call.body.max_tokens),
    choices,
  });
  if (call.transport === 'sse') return streamChat(call, dialect, answer, choices);
  const usage = reportedUsage(dialect, answer);
  return { kind: 'document', usage, body: { ...completionBody(call, answer, choices), ...usage } };
}

function completionBody(call: Call, answer: Answer, choices: number): JsonObject {
  return {
    id: stubId('chatcmpl', call.sequence),
    object: 'chat.completion',
    created: call.createdSeconds,
    model: call.model,
    choices: Array.from({ length: choices }, (_, index) => ({
      index,
      message: { role: 'assistant', content: answer.text, refusal: null, annotations: [] },
      logprobs: null,
      finish_reason: finishReason(answer),
    })),
    service_tier: 'default',
    system_fingerprint: FINGERPRINT,
  };
}

function streamChat(call: Call, dialect: OpenAiDialect, answer: Answer, choices: number): Reply {
  const reports = answer.reportsUsage && (dialect.streamedUsage === 'always' || wantsUsage(call.body));
  const onEveryChunk = reports && dialect.streamedUsage === 'every-chunk';
  const usage = reportedUsage(dialect, answer);

  const frame = (chunkChoices: readonly JsonObject[], chunkUsage: JsonObject) =>
    sseFrame({
      id: stubId('chatcmpl', call.sequence),
      object: 'chat.completion.chunk',
      created: call.createdSeconds,
      model: call.model,
      service_tier: 'default',
      system_fingerprint: FINGERPRINT,
      choices: chunkChoices,
      ...chunkUsage,
    });
  // Google repeats the growing usage on all chunks; OpenAI has a null there, once usage was asked for.
  const usageAfter = (pieces: number) =>
    onEveryChunk
      ? reportedUsage(dialect, { ...answer, usage: usageSoFar(answer.usage, pieces, answer.pieces.length) })
      : reports && dialect.streamedUsage === 'on-request'
        ? { usage: null }
        : {};
  const delta = (index: number, content: JsonObject, finish: string | null, pieces: number) =>
    frame([{ index, delta: content, logprobs: null, finish_reason: finish }], usageAfter(pieces));
  const forEachChoice = (make: (index: number) => string) => Array.from({ length: choices }, (_, index) => make(index));

  const finish = forEachChoice((index) => delta(index, {}, finishReason(answer), answer.pieces.length));
  return {
    kind: 'stream',
    usage,
    opening: [
      ...dialect.preamble,
      ...forEachChoice((index) => delta(index, { role: 'assistant', content: '', refusal: null }, null, 0)),
    ],
    content: answer.pieces.flatMap((piece, place) =>
      forEachChoice((index) => delta(index, { content: piece }, null, place + 1)),
    ),
    closing: reports && !onEveryChunk ? [...finish, frame([], usage)] : finish,
    end: [DONE_FRAME],
    failure: (_fault, body) => [sseFrame(body)],
  };
}

function finishReason(answer: Answer): string {
  return answer.cutOff ? 'length' : 'stop';
}
