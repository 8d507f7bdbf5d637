import { checkRequest, isAbsent, listOf, malformed, objectOf, textOf } from './json.ts';
import { placeOpenAi, unpricedParameter } from './openai-chat.ts';
import { inputKind } from './openai-content.ts';
import { openAiEndpoint } from './openai-endpoint.ts';
import { openAiResponsesEnvelope } from './openai-envelope.ts';
import { parseAnswer, RESPONSES_NAMES, readUsage } from './openai-usage.ts';
import type {
  InputKind,
  JsonObject,
  Operation,
  Reported,
  RequestReading,
  StreamEvent,
  StreamReader,
} from './operation.ts';

/** Tools that the caller runs. The provider's own have fees, or read everything anew as often as they like (`mcp`). */
const CALLERS_TOOLS = new Set(['function', 'custom', 'local_shell', 'apply_patch', 'namespace']);

/** `POST /v1/responses` */
export const responses: Operation = {
  name: 'responses',
  method: 'POST',
  envelope: openAiResponsesEnvelope,
  charge: 'metered',
  provider: undefined,
  nestedObjects: [],
  queryParameters: [],
  endpoint: openAiEndpoint('/responses', ['openai', 'openrouter']),
  read,
  place: placeOpenAi,
  readAnswer: (text, provider) => readUsage(parseAnswer(text)?.usage, RESPONSES_NAMES, provider),
  costPath: ['usage'],
  readStream: (_facts, provider) => readResponseStream(provider),
};

function read(body: JsonObject): RequestReading {
  const check = checkRequest();
  const model = check.name(body, 'model');
  const streamed = check.flag(body, 'stream');
  const limit = check.positive(body, 'max_output_tokens');
  const fault = check.firstFault();
  if (fault !== undefined) return malformed(fault);
  return {
    kind: 'facts',
    facts: {
      model,
      streamed,
      // The usage stands in the last event, asked for or not.
      usageAsked: true,
      outputLimit:
        limit === undefined ? { kind: 'missing', path: ['max_output_tokens'] } : { kind: 'given', tokens: limit },
      extent: {
        ...responseInputKind(body),
        declaresTools: listOf(body.tools).length > 0,
        answers: 1,
        webSearches: 0,
      },
      unpricedParameter: unpricedResponseParameter(body),
      user: typeof body.user === 'string' ? body.user : undefined,
    },
  };
}

function responseInputKind(body: JsonObject): InputKind {
  const isElsewhere = [body.previous_response_id, body.conversation, body.prompt].some((value) => !isAbsent(value));
  const { input, inlineImages } = inputKind(body.input);
  return { input: isElsewhere ? 'opaque' : input, inlineImages };
}

/** Background answers are fetched elsewhere, where nobody meters them. */
function unpricedResponseParameter(body: JsonObject): string | undefined {
  if (!isAbsent(body.background) && body.background !== false) return 'background';
  const areCallers = listOf(body.tools).every((tool) => CALLERS_TOOLS.has(textOf(objectOf(tool).type)));
  return areCallers ? unpricedParameter(body) : 'tools';
}

const LAST_EVENTS = new Set(['response.completed', 'response.incomplete', 'response.failed']);

/** Follows a stream of responses: its last event has the whole response, with its usage. */
function readResponseStream(provider: Parameters<Operation['readStream']>[1]): StreamReader {
  let reported: Reported | undefined;
  let failure: StreamEvent | undefined;
  return {
    concerns,
    read(event) {
      if (!concerns(event.raw.toString('latin1'))) return { kind: 'pass' };
      const type = event.name === '' ? objectOf(parseAnswer(event.data)).type : event.name;
      if (type === 'error') failure = event;
      if (typeof type !== 'string' || !LAST_EVENTS.has(type)) return { kind: 'pass' };
      const response = objectOf(objectOf(parseAnswer(event.data)).response);
      reported = readUsage(response.usage, RESPONSES_NAMES, provider);
      return { kind: 'end', ...(reported !== undefined && { costPath: ['response', 'usage'] }) };
    },
    reported: () => reported,
    isFinal: () => reported !== undefined,
    isWhole: () => reported !== undefined,
    failure: () => failure,
  };
}

function concerns(events: string): boolean {
  return events.includes('error') || [...LAST_EVENTS].some((name) => events.includes(name));
}
