import { type Answer, composeAnswer, promptTexts, usageOf } from './answer.ts';
import { type Call, type Endpoint, type Reply, stubId } from './call.ts';
import { type JsonObject, positiveInteger } from './json.ts';
import { streamsOnRequest } from './openai-dialect.ts';
import { typedFrame } from './sse.ts';
import { anthropicDeltaUsage, anthropicStartUsage, anthropicUsage } from './usage.ts';

/** Anthropic's `messages`: every event has its `event:` line, and the usage of `message_delta` is cumulative. */
export const messagesEndpoint: Endpoint = {
  provider: 'anthropic',
  operation: 'messages',
  envelope: 'anthropic',
  check(body) {
    const problem = checkPrompt(body);
    if (problem !== undefined) return problem;
    return positiveInteger(body.max_tokens) === undefined ? 'max_tokens: Field required' : undefined;
  },
  transport: streamsOnRequest,
  answer(call) {
    const answer = composeAnswer(call, {
      prompt: promptOf(call.body),
      outputLimitTokens: positiveInteger(call.body.max_tokens),
    });
    return call.transport === 'sse' ? streamMessage(call, answer) : wholeMessage(call, answer);
  },
};

/** `messages/count_tokens`: the whole input of the same prompt, cache reads and writes included. */
export const countTokensEndpoint: Endpoint = {
  provider: 'anthropic',
  operation: 'messages.count_tokens',
  envelope: 'anthropic',
  check: checkPrompt,
  transport: () => 'document',
  answer(call) {
    const usage = usageOf(call, promptOf(call.body), 0);
    return { kind: 'document', usage: {}, body: { input_tokens: usage.inputTokens + usage.toolUsePromptTokens } };
  },
};

function checkPrompt(body: JsonObject): string | undefined {
  if (typeof body.model !== 'string' || body.model.trim() === '') return 'model: Field required';
  if (!Array.isArray(body.messages)) return 'messages: Field required';
  return body.messages.length === 0 ? 'messages: at least one message is required' : undefined;
}

function promptOf(body: JsonObject): string[] {
  return [...promptTexts(body.system), ...promptTexts(body.messages)];
}

function wholeMessage(call: Call, answer: Answer): Reply {
  const usage = usageField(answer, anthropicUsage(answer.usage));
  const content = [{ type: 'text', text: answer.text, citations: null }];
  return { kind: 'document', usage, body: { ...message(call, content), ...stop(answer), ...usage } };
}

function streamMessage(call: Call, answer: Answer): Reply {
  const startUsage = usageField(answer, anthropicStartUsage(answer.usage));
  const usage = usageField(answer, anthropicDeltaUsage(answer.usage));
  return {
    kind: 'stream',
    usage,
    opening: [
      typedFrame({ type: 'message_start', message: { ...message(call, []), ...startUsage } }),
      typedFrame({
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'text', text: '', citations: null },
      }),
      typedFrame({ type: 'ping' }),
    ],
    content: answer.pieces.map((text) =>
      typedFrame({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
    ),
    closing: [
      typedFrame({ type: 'content_block_stop', index: 0 }),
      typedFrame({ type: 'message_delta', delta: { ...stop(answer), container: null }, ...usage }),
    ],
    end: [typedFrame({ type: 'message_stop' })],
    failure: (_fault, body) => [typedFrame({ ...body, type: 'error' })],
  };
}

function message(call: Call, content: readonly JsonObject[]): JsonObject {
  return {
    id: stubId('msg', call.sequence),
    type: 'message',
    role: 'assistant',
    model: call.model,
    content,
    container: null,
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
  };
}

function stop(answer: Answer): JsonObject {
  return { stop_reason: answer.cutOff ? 'max_tokens' : 'end_turn', stop_sequence: null, stop_details: null };
}

function usageField(answer: Answer, usage: JsonObject): JsonObject {
  return answer.reportsUsage ? { usage } : {};
}
