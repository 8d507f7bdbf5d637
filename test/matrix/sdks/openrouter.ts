import { HTTPClient, OpenRouter } from '@openrouter/sdk';
import {
  InternalServerResponseError,
  ResponseValidationError,
  ServiceUnavailableResponseError,
} from '@openrouter/sdk/models/errors';
import { ZodRealError } from 'zod';
import {
  ANSWERED,
  type Answer,
  type Connection,
  type Driver,
  type Ending,
  type Fault,
  fieldCost,
  headerCost,
  OUTPUT_LIMIT,
  PROMPT,
  type ShownCost,
} from './driver.ts';

const OWN_CODE = 'the OpenRouter SDK takes no error.code but a number: it has the status and the body, not the message';
const OWN_FRAME = 'the OpenRouter SDK takes no error event but a whole chunk: it raises, but not with the message';
const NULL_USAGE =
  "the OpenRouter SDK takes no `usage: null`; OpenAI's chunks have it where caller or proxy asks for usage";
("the OpenRouter SDK takes no `usage: null`, as OpenAI's chunks have it because the proxy asks for usage");

const REFUSED_BODY = { kind: 'raised', type: ResponseValidationError, message: 'Response validation failed' } as const;

/** On the sandbox as it is: OpenAI answers, which is not quite what this SDK was written for. */
export const openRouter: Driver = openRouterDriver({
  name: '@openrouter/sdk chat',
  behind: 'sandbox',
  reported: { inputTokens: 223, outputTokens: 39, cachedInputTokens: 117, reasoningTokens: 14 },
  asksUsage: false,
  ends({ way, fault }) {
    if (fault?.status !== undefined) return { ...REFUSED_BODY, note: OWN_CODE };
    return way === 'buffered' ? ANSWERED : refusesChunk('usage', NULL_USAGE);
  },
});

/** On a platform with an OpenRouter key: the provider speaks the SDK's own dialect, and its bill counts. */
export const openRouterUpstream: Driver = openRouterDriver({
  name: '@openrouter/sdk chat, via OpenRouter',
  behind: 'openrouter',
  reported: { inputTokens: 141, outputTokens: 53, cachedInputTokens: 60 },
  billedPicoUsd: 37_123_456n,
  asksUsage: true,
  ends({ way, mode, fault }) {
    // A key of the workspace's own is OpenAI's, and goes there.
    if (mode === 'byok') return way === 'buffered' ? ANSWERED : refusesChunk('usage', NULL_USAGE);
    if (fault === undefined) return ANSWERED;
    if (fault.status === undefined) return refusesChunk('choices', OWN_FRAME);
    return fault.by === 'proxy' ? { ...REFUSED_BODY, note: OWN_CODE } : raisedByOpenRouter(fault);
  },
});

function raisedByOpenRouter({ status, message }: Fault): Ending {
  const type = status === 503 ? ServiceUnavailableResponseError : InternalServerResponseError;
  return { kind: 'raised', type, message };
}

/** What the SDK says names the field of the chunk that it did not expect. */
function refusesChunk(field: string, note: string): Ending {
  return { kind: 'raised', type: ZodRealError, message: `"${field}"`, isWrapped: true, note };
}

type Row = Pick<Driver, 'name' | 'behind' | 'reported' | 'ends'> & {
  readonly billedPicoUsd?: bigint;
  /** Whether its streams ask for the usage; OpenRouter itself would send it unasked. */
  readonly asksUsage: boolean;
};

function openRouterDriver({ asksUsage, ...row }: Row): Driver {
  const request = {
    model: 'openai/gpt-4o-mini',
    maxTokens: OUTPUT_LIMIT,
    messages: [{ role: 'user' as const, content: PROMPT }],
  };
  return {
    ...row,
    provider: 'openai',
    model: 'gpt-4o-mini',
    outputLimit: OUTPUT_LIMIT,
    // It drops the fields that it does not know from the usage; its hooks see the answer itself.
    showsCost: { buffered: ['headers', 'fields'], streamed: [] },
    ask: {
      async buffered(connection) {
        const { client, lastCost } = open(connection);
        const answer = await client.chat.send({ chatRequest: request });
        if (answer instanceof ReadableStream) throw new Error('streamed unasked');
        const content = answer.choices[0]?.message.content;
        return { text: String(content), usage: totals(answer.usage), cost: await lastCost() };
      },
      async streamed(connection) {
        const streamOptions = asksUsage ? { streamOptions: { includeUsage: true } } : {};
        const { client } = open(connection);
        const answer = await client.chat.send({ chatRequest: { ...request, stream: true, ...streamOptions } });
        if (!(answer instanceof ReadableStream)) throw new Error('not streamed');
        let text = '';
        let usage: Answer['usage'];
        for await (const chunk of answer) {
          text += chunk.choices[0]?.delta.content ?? '';
          usage = totals(chunk.usage) ?? usage;
        }
        return { text, usage, cost: {} };
      },
    },
  };
}

function open({ proxy, key, retries }: Connection) {
  let last: Response | undefined;
  const httpClient = new HTTPClient().addHook('response', (response) => {
    if (response.headers.get('content-type')?.startsWith('application/json')) last = response.clone();
  });
  const client = new OpenRouter({
    serverURL: `${proxy}/v1`,
    apiKey: key,
    httpClient,
    ...(retries === 'none' && { retryConfig: { strategy: 'none' as const } }),
  });
  async function lastCost(): Promise<ShownCost> {
    const body: unknown = await last?.json();
    const usage = typeof body === 'object' && body !== null && 'usage' in body ? body.usage : undefined;
    return { ...headerCost(last?.headers), ...fieldCost(usage) };
  }
  return { client, lastCost };
}

function totals(usage: { promptTokens: number; completionTokens: number } | undefined): Answer['usage'] {
  return usage && { inputTokens: usage.promptTokens, outputTokens: usage.completionTokens };
}
