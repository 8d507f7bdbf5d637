import OpenAI, { APIError, InternalServerError } from 'openai';
import {
  ANSWERED,
  type Circumstances,
  type Connection,
  type Driver,
  type Ending,
  fieldCost,
  headerCost,
  OUTPUT_LIMIT,
  PROMPT,
  type SdkAnswer,
  type ShownCost,
} from './driver.ts';

const client = ({ proxy, key, retries }: Connection) =>
  new OpenAI({ baseURL: `${proxy}/v1`, apiKey: key, ...(retries === 'none' && { maxRetries: 0 }) });

const shared = {
  provider: 'openai',
  behind: 'sandbox',
  outputLimit: OUTPUT_LIMIT,
  showsCost: { buffered: ['headers', 'fields'], streamed: ['fields'] },
  ends,
} as const;

/** 402 has no class of its own; what comes in the middle of a stream has no status to choose a class by. */
function ends({ failure }: Circumstances): Ending {
  if (failure === undefined) return ANSWERED;
  const { status, message } = failure;
  if (status === undefined) return { kind: 'raised', type: APIError, message };
  return { kind: 'raised', type: status < 500 ? APIError : InternalServerError, message: `${status} ${message}` };
}

const chat = {
  model: 'gpt-4o-mini',
  max_tokens: OUTPUT_LIMIT,
  messages: [{ role: 'user' as const, content: PROMPT }],
};

export const openAiChat: Driver = {
  ...shared,
  name: 'openai chat',
  model: 'gpt-4o-mini',
  reported: { inputTokens: 211, outputTokens: 47, cachedInputTokens: 129, reasoningTokens: 21 },
  ask: {
    async buffered(connection) {
      const { data, response } = await client(connection).chat.completions.create(chat).withResponse();
      return answer(data.choices[0]?.message.content, chatTotals(data.usage), data.usage, response);
    },
    async streamed(connection) {
      const request = { ...chat, stream: true as const, stream_options: { include_usage: true } };
      const stream = await client(connection).chat.completions.create(request);
      let text = '';
      let usage: OpenAI.CompletionUsage | null | undefined;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        usage = chunk.usage ?? usage;
      }
      return answer(text, chatTotals(usage), usage);
    },
  },
};

const completion = { model: 'gpt-3.5-turbo-instruct', max_tokens: OUTPUT_LIMIT, prompt: PROMPT };

export const openAiCompletions: Driver = {
  ...shared,
  name: 'openai completions',
  model: 'gpt-3.5-turbo-instruct',
  reported: { inputTokens: 97, outputTokens: 31 },
  ask: {
    async buffered(connection) {
      const { data, response } = await client(connection).completions.create(completion).withResponse();
      return answer(data.choices[0]?.text, chatTotals(data.usage), data.usage, response);
    },
    async streamed(connection) {
      const request = { ...completion, stream: true as const, stream_options: { include_usage: true } };
      let text = '';
      let usage: OpenAI.CompletionUsage | null | undefined;
      for await (const chunk of await client(connection).completions.create(request)) {
        text += chunk.choices[0]?.text ?? '';
        usage = chunk.usage ?? usage;
      }
      return answer(text, chatTotals(usage), usage);
    },
  },
};

const response = { model: 'gpt-4o-mini', max_output_tokens: OUTPUT_LIMIT, input: PROMPT };

export const openAiResponses: Driver = {
  ...shared,
  name: 'openai responses',
  model: 'gpt-4o-mini',
  reported: { inputTokens: 187, outputTokens: 59, cachedInputTokens: 65, reasoningTokens: 30 },
  // A response that failed is a response: its stream ends with one, and the SDK hands it over.
  ends(call) {
    const isReported = call.way === 'streamed' && call.failure?.status === undefined && call.failure?.by === 'provider';
    return isReported ? { kind: 'told', message: call.failure.message } : ends(call);
  },
  ask: {
    async buffered(connection) {
      const answered = await client(connection).responses.create(response).withResponse();
      const { data } = answered;
      return answer(data.output_text, responseTotals(data.usage), data.usage, answered.response);
    },
    async streamed(connection) {
      let text = '';
      let last: OpenAI.Responses.Response | undefined;
      for await (const event of await client(connection).responses.create({ ...response, stream: true })) {
        if (event.type === 'response.output_text.delta') text += event.delta;
        if (event.type === 'response.completed' || event.type === 'response.failed') last = event.response;
      }
      const failure = last?.error?.message;
      return { ...answer(text, responseTotals(last?.usage), last?.usage), ...(failure !== undefined && { failure }) };
    },
  },
};

const texts = [PROMPT, 'And one more.'];

export const openAiEmbeddings: Driver = {
  ...shared,
  name: 'openai embeddings',
  model: 'text-embedding-3-small',
  reported: { inputTokens: 173, outputTokens: 0 },
  outputLimit: 0,
  answerText: '2 vectors',
  ask: {
    async buffered(connection) {
      const request = { model: 'text-embedding-3-small', input: texts };
      const answered = await client(connection).embeddings.create(request).withResponse();
      const { usage, data: vectors } = answered.data;
      const totals = { inputTokens: usage.prompt_tokens, outputTokens: 0 };
      return answer(`${vectors.length} vectors`, totals, usage, answered.response);
    },
    streamed: { why: 'not streamed' },
  },
};

function answer(
  text: string | null | undefined,
  usage: SdkAnswer['usage'],
  wireUsage: unknown,
  { headers }: { headers?: Headers } = {},
): SdkAnswer {
  const cost: ShownCost = { ...headerCost(headers), ...fieldCost(wireUsage) };
  return { text: text ?? '', usage, cost };
}

function chatTotals(usage: OpenAI.CompletionUsage | null | undefined): SdkAnswer['usage'] {
  return usage ? { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } : undefined;
}

function responseTotals(usage: OpenAI.Responses.ResponseUsage | undefined): SdkAnswer['usage'] {
  return usage && { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens };
}
