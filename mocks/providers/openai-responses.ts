import { type Answer, composeAnswer, promptTexts } from './answer.ts';
import { type Call, type Endpoint, type Fault, type Reply, stubId } from './call.ts';
import { type JsonObject, positiveInteger } from './json.ts';
import { checkModelAndPresence, type OpenAiDialect, reportedUsage, streamsOnRequest } from './openai-dialect.ts';
import { typedFrame } from './sse.ts';
import { responsesUsage } from './usage.ts';

/** OpenAI's `responses`: one message as output, and a stream of typed, numbered events. */
export function responsesEndpoint(dialect: OpenAiDialect): Endpoint {
  return {
    provider: dialect.provider,
    operation: 'responses',
    envelope: dialect.envelope,
    check: (body) => checkModelAndPresence(body, 'input'),
    transport: streamsOnRequest,
    answer: (call) => answerResponse(call, dialect),
  };
}

function answerResponse(call: Call, dialect: OpenAiDialect): Reply {
  const answer = composeAnswer(call, {
    prompt: [...promptTexts(call.body.instructions), ...promptTexts(call.body.input)],
    outputLimitTokens: positiveInteger(call.body.max_output_tokens),
  });
  const usage = reportedUsage(dialect, answer, responsesUsage);
  if (call.transport === 'sse') return streamResponse(call, answer, usage);
  return { kind: 'document', usage, body: finished(call, answer, usage) };
}

function streamResponse(call: Call, answer: Answer, usage: JsonObject): Reply {
  const itemId = stubId('msg', call.sequence);
  const place = { item_id: itemId, output_index: 0, content_index: 0 };
  const started = response(call, { status: 'in_progress', output: [] });
  const done = finished(call, answer, usage);
  let sequenceNumber = 0;
  const frame = (type: string, fields: JsonObject) =>
    typedFrame({ type, sequence_number: sequenceNumber++, ...fields });

  const opening = [
    frame('response.created', { response: started }),
    frame('response.in_progress', { response: started }),
    frame('response.output_item.added', { output_index: 0, item: message(itemId, 'in_progress', []) }),
    frame('response.content_part.added', { ...place, part: textPart('') }),
  ];
  const content = answer.pieces.map((delta) => frame('response.output_text.delta', { ...place, delta, logprobs: [] }));
  const closing = [
    frame('response.output_text.done', { ...place, text: answer.text, logprobs: [] }),
    frame('response.content_part.done', { ...place, part: textPart(answer.text) }),
    frame('response.output_item.done', { output_index: 0, item: answeredMessage(call, answer) }),
    frame(answer.cutOff ? 'response.incomplete' : 'response.completed', { response: done }),
  ];
  return {
    kind: 'stream',
    usage,
    opening,
    content,
    closing,
    end: [],
    failure(fault, body, contentSent) {
      const number = opening.length + contentSent;
      return [body.usage === undefined ? errorEvent(fault, body, number) : failedEvent(call, fault, body, number)];
    },
  };
}

function errorEvent(fault: Fault, body: JsonObject, sequenceNumber: number): string {
  return typedFrame({
    type: 'error',
    sequence_number: sequenceNumber,
    code: fault.code ?? 'server_error',
    message: messageOf(body),
    param: null,
  });
}

function failedEvent(call: Call, fault: Fault, body: JsonObject, sequenceNumber: number): string {
  const failed = response(call, {
    status: 'failed',
    error: { code: fault.code ?? 'server_error', message: messageOf(body) },
    output: [],
    usage: body.usage,
  });
  return typedFrame({ type: 'response.failed', sequence_number: sequenceNumber, response: failed });
}

function messageOf(envelope: JsonObject): unknown {
  const { error } = envelope;
  return typeof error === 'object' && error !== null && 'message' in error ? error.message : null;
}

function finished(call: Call, answer: Answer, usage: JsonObject): JsonObject {
  return response(call, {
    status: answer.cutOff ? 'incomplete' : 'completed',
    incomplete_details: answer.cutOff ? { reason: 'max_output_tokens' } : null,
    output: [answeredMessage(call, answer)],
    ...usage,
  });
}

function response(call: Call, fields: JsonObject): JsonObject {
  return {
    id: stubId('resp', call.sequence),
    object: 'response',
    created_at: call.createdSeconds,
    status: 'completed',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: call.body.instructions ?? null,
    max_output_tokens: call.body.max_output_tokens ?? null,
    metadata: call.body.metadata ?? {},
    model: call.model,
    parallel_tool_calls: true,
    previous_response_id: call.body.previous_response_id ?? null,
    reasoning: { effort: null, summary: null },
    store: call.body.store ?? true,
    temperature: call.body.temperature ?? 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: call.body.top_p ?? 1,
    truncation: 'disabled',
    usage: null,
    user: call.body.user ?? null,
    ...fields,
  };
}

function answeredMessage(call: Call, answer: Answer): JsonObject {
  const status = answer.cutOff ? 'incomplete' : 'completed';
  return message(stubId('msg', call.sequence), status, [textPart(answer.text)]);
}

function message(id: string, status: string, content: readonly JsonObject[]): JsonObject {
  return { id, type: 'message', status, role: 'assistant', content };
}

function textPart(text: string): JsonObject {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}
