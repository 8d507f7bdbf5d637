import {
  answeringModel,
  type Endpoint,
  type JsonObject,
  type ProviderCall,
  positiveInteger,
  type Reply,
  type ScriptedFailure,
  stubId,
  typedFrame,
} from './api.ts';
import { type Completion, complete, countUsage, promptTexts } from './completion.ts';
import { checkModelAndPresence, type OpenAiDialect, reportedUsage, serviceTier, streamsOnRequest } from './openai.ts';
import { responsesUsage } from './usage.ts';

/** OpenAI's `responses`: one message as output, after the searches, and a stream of typed, numbered events. */
export function responsesEndpoint(dialect: OpenAiDialect): Endpoint {
  return {
    provider: dialect.provider,
    operation: 'responses',
    errorFormat: dialect.errorFormat,
    check: (body) => checkModelAndPresence(body, 'input'),
    transport: streamsOnRequest,
    reply(call) {
      const completion = complete(call, {
        prompt: readPrompt(call.body),
        outputLimitTokens: positiveInteger(call.body.max_output_tokens),
      });
      const usage = reportedUsage(dialect, completion, responsesUsage);
      if (call.transport === 'sse') return streamResponse(call, completion, usage);
      return { kind: 'document', usage, body: finished(call, completion, usage) };
    },
  };
}

const COUNTED = new Set(
  `conversation input instructions model parallel_tool_calls personality previous_response_id reasoning text tool_choice
  tools truncation`.split(/\s+/),
);

/** `responses/input_tokens`: the whole input. Parameters that bring none are refused. */
export const inputTokensEndpoint: Endpoint = {
  provider: 'openai',
  operation: 'responses.input_tokens',
  errorFormat: 'openai',
  check(body) {
    const unknown = Object.keys(body).find((name) => !COUNTED.has(name));
    return unknown === undefined ? checkModelAndPresence(body, 'input') : `Unknown parameter: '${unknown}'.`;
  },
  reply(call) {
    const usage = countUsage(call, readPrompt(call.body), 0);
    const inputTokens = usage.inputTokens + usage.toolUsePromptTokens;
    return { kind: 'document', usage: {}, body: { object: 'response.input_tokens', input_tokens: inputTokens } };
  },
};

function readPrompt({ instructions, input }: JsonObject): string[] {
  return [...promptTexts(instructions), ...promptTexts(input)];
}

function streamResponse(call: ProviderCall, completion: Completion, usage: JsonObject): Reply {
  const itemId = stubId('msg', call.sequence);
  const searches = searchCalls(call, completion);
  const index = { output_index: searches.length };
  const place = { item_id: itemId, ...index, content_index: 0 };
  const started = response(call, { status: 'in_progress', output: [] });
  const done = finished(call, completion, usage);
  let sequenceNumber = 0;
  const frame = (type: string, fields: JsonObject) =>
    typedFrame({ type, sequence_number: sequenceNumber++, ...fields });

  const opening = [
    frame('response.created', { response: started }),
    frame('response.in_progress', { response: started }),
    ...searches.flatMap((item, output_index) => [
      frame('response.output_item.added', { output_index, item }),
      frame('response.output_item.done', { output_index, item }),
    ]),
    frame('response.output_item.added', { ...index, item: message(itemId, 'in_progress', []) }),
    frame('response.content_part.added', { ...place, part: textPart('') }),
  ];
  const content = completion.pieces.map((delta) =>
    frame('response.output_text.delta', { ...place, delta, logprobs: [] }),
  );
  const closing = [
    frame('response.output_text.done', { ...place, text: completion.text, logprobs: [] }),
    frame('response.content_part.done', { ...place, part: textPart(completion.text) }),
    frame('response.output_item.done', { ...index, item: finishedMessage(call, completion) }),
    frame(completion.cutOff ? 'response.incomplete' : 'response.completed', { response: done }),
  ];
  return {
    kind: 'stream',
    usage,
    opening,
    content,
    closing,
    end: [],
    failure(failure, body, contentSent) {
      const number = opening.length + contentSent;
      return [body.usage === undefined ? errorEvent(failure, body, number) : failedEvent(call, failure, body, number)];
    },
  };
}

function errorEvent(failure: ScriptedFailure, body: JsonObject, sequenceNumber: number): string {
  return typedFrame({
    type: 'error',
    sequence_number: sequenceNumber,
    code: failure.code ?? 'server_error',
    message: errorMessage(body),
    param: null,
  });
}

function failedEvent(call: ProviderCall, failure: ScriptedFailure, body: JsonObject, sequenceNumber: number): string {
  const failed = response(call, {
    status: 'failed',
    error: { code: failure.code ?? 'server_error', message: errorMessage(body) },
    output: [],
    usage: body.usage,
  });
  return typedFrame({ type: 'response.failed', sequence_number: sequenceNumber, response: failed });
}

function errorMessage({ error }: JsonObject): unknown {
  return typeof error === 'object' && error !== null && 'message' in error ? error.message : null;
}

function finished(call: ProviderCall, completion: Completion, usage: JsonObject): JsonObject {
  return response(call, {
    status: completion.cutOff ? 'incomplete' : 'completed',
    incomplete_details: completion.cutOff ? { reason: 'max_output_tokens' } : null,
    output: [...searchCalls(call, completion), finishedMessage(call, completion)],
    ...usage,
  });
}

function response(call: ProviderCall, fields: JsonObject): JsonObject {
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
    model: answeringModel(call),
    parallel_tool_calls: true,
    previous_response_id: call.body.previous_response_id ?? null,
    reasoning: { effort: null, summary: null },
    service_tier: serviceTier(call),
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

/** The searches that the scripted usage counts, as items of the output. */
function searchCalls(call: ProviderCall, { usage }: Completion): readonly JsonObject[] {
  return Array.from({ length: usage.webSearchRequests }, (_, index) => ({
    id: stubId('ws', call.sequence * 1_000 + index),
    type: 'web_search_call',
    status: 'completed',
    action: { type: 'search', query: `search ${index + 1}` },
  }));
}

function finishedMessage(call: ProviderCall, completion: Completion): JsonObject {
  const status = completion.cutOff ? 'incomplete' : 'completed';
  return message(stubId('msg', call.sequence), status, [textPart(completion.text)]);
}

function message(id: string, status: string, content: readonly JsonObject[]): JsonObject {
  return { id, type: 'message', status, role: 'assistant', content };
}

function textPart(text: string): JsonObject {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}
