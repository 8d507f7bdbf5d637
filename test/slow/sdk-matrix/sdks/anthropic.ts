import Anthropic, {
  APIError,
  InternalServerError,
  PaymentRequiredError,
  ServiceUnavailableError,
} from '@anthropic-ai/sdk';
import Anthropic0, { APIError as APIError0, InternalServerError as InternalServerError0 } from 'anthropic-sdk-0';
import {
  ANSWERED,
  type Connection,
  type Driver,
  type Ending,
  type Failure,
  headerCost,
  OUTPUT_LIMIT,
  PROMPT,
  type SdkAnswer,
} from './driver.ts';

/** What both generations of Anthropic's SDK have in common, as far as the matrix uses it. */
interface MessagesClient {
  readonly messages: {
    create(request: MessageRequest): {
      withResponse(): Promise<{ readonly data: Message; readonly response: { readonly headers: Headers } }>;
    };
    create(request: MessageRequest & { readonly stream: true }): PromiseLike<AsyncIterable<MessageEvent>>;
  };
}

interface MessageRequest {
  model: string;
  max_tokens: number;
  messages: { role: 'user'; content: string }[];
}

interface Usage {
  readonly input_tokens: number | null;
  readonly cache_creation_input_tokens: number | null;
  readonly cache_read_input_tokens: number | null;
  readonly output_tokens: number;
}

interface Message {
  readonly content: readonly { readonly type: string }[];
  readonly usage: Usage;
}

interface MessageEvent {
  readonly type: string;
}

const request: MessageRequest = {
  model: 'claude-haiku-4-5',
  max_tokens: OUTPUT_LIMIT,
  messages: [{ role: 'user', content: PROMPT }],
};

interface Generation {
  readonly name: string;
  readonly open: (connection: Connection) => MessagesClient;
  /** The class of an error with this status; of one in the middle of a stream, which has none. */
  readonly errorClass: (status: number | undefined) => Extract<Ending, { kind: 'raised' }>['type'];
}

function anthropicDriver({ name, open, errorClass }: Generation): Driver {
  return {
    name,
    provider: 'anthropic',
    behind: 'sandbox',
    model: 'claude-haiku-4-5',
    reported: {
      inputTokens: 350,
      outputTokens: 41,
      cachedInputTokens: 101,
      cacheWrite5mTokens: 67,
      cacheWrite1hTokens: 29,
      reasoningTokens: 12,
    },
    outputLimit: OUTPUT_LIMIT,
    showsCost: { buffered: ['headers'], streamed: [] },
    ends: ({ failure }) => (failure === undefined ? ANSWERED : raised(failure, errorClass(failure.status))),
    ask: {
      async buffered(connection) {
        const { data, response } = await open(connection).messages.create(request).withResponse();
        const [block] = data.content;
        return { text: textIn(block), usage: totals(data.usage), cost: headerCost(response.headers) };
      },
      async streamed(connection) {
        let text = '';
        let usage: Usage | undefined;
        for await (const event of await open(connection).messages.create({ ...request, stream: true })) {
          if ('delta' in event) text += textIn(event.delta);
          if (event.type === 'message_delta' && 'usage' in event) usage = event.usage as Usage;
        }
        return { text, usage: usage && totals(usage), cost: {} };
      },
    },
  };
}

/** The proxy's own envelope says its message at the top too, where the SDK finds it; Anthropic's is shown as JSON. */
function raised({ by, status, message }: Failure, type: Extract<Ending, { kind: 'raised' }>['type']): Ending {
  if (by === 'provider') return { kind: 'raised', type, message, isWrapped: true };
  return { kind: 'raised', type, message: status === undefined ? message : `${status} ${message}` };
}

function textIn(part: unknown): string {
  return typeof part === 'object' && part !== null && 'text' in part ? String(part.text) : '';
}

function totals(usage: Usage): SdkAnswer['usage'] {
  const cached = (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
  return { inputTokens: (usage.input_tokens ?? 0) + cached, outputTokens: usage.output_tokens };
}

/** Sends its key as `Authorization: Bearer`, and has a class for every status. */
export const anthropic1 = anthropicDriver({
  name: '@anthropic-ai/sdk 1.x',
  open: ({ proxy, key, retries }) =>
    new Anthropic({ baseURL: proxy, apiKey: key, ...(retries === 'none' && { maxRetries: 0 }) }),
  errorClass(status) {
    if (status === undefined) return APIError;
    if (status === 402) return PaymentRequiredError;
    return status === 503 ? ServiceUnavailableError : InternalServerError;
  },
});

/** Sends its key as `x-api-key`, and has no class for 402. */
export const anthropic0 = anthropicDriver({
  name: '@anthropic-ai/sdk 0.x',
  open: ({ proxy, key, retries }) =>
    new Anthropic0({ baseURL: proxy, apiKey: key, ...(retries === 'none' && { maxRetries: 0 }) }),
  errorClass: (status) => (status === undefined || status < 500 ? APIError0 : InternalServerError0),
});
