import { HTTPClient, OpenRouter } from '@openrouter/sdk';
import {
  BadGatewayResponseError,
  InternalServerResponseError,
  PaymentRequiredResponseError,
  ServiceUnavailableResponseError,
} from '@openrouter/sdk/models/errors';
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

/** On the sandbox as it is: OpenAI answers, which is not quite what this SDK was written for. */
export const openRouter: Driver = openRouterDriver({
  name: '@openrouter/sdk chat',
  behind: 'sandbox',
  reported: { inputTokens: 223, outputTokens: 39, cachedInputTokens: 117, reasoningTokens: 14 },
});

/** On a platform with an OpenRouter key: the provider speaks the SDK's own dialect, and its bill counts. */
export const openRouterUpstream: Driver = openRouterDriver({
  name: '@openrouter/sdk chat, via OpenRouter',
  behind: 'openrouter',
  reported: { inputTokens: 141, outputTokens: 53, cachedInputTokens: 60 },
  billedUsd: '0.000037123456',
});

const TYPES: Readonly<Record<number, Extract<Ending, { kind: 'raised' }>['type']>> = {
  402: PaymentRequiredResponseError,
  500: InternalServerResponseError,
  502: BadGatewayResponseError,
  503: ServiceUnavailableResponseError,
};

/** It raises what has a status; an error in a stream it gives its user as a field of the last chunk. */
function ends({ failure }: Circumstances): Ending {
  if (failure === undefined) return ANSWERED;
  const { status, message } = failure;
  if (status === undefined) return { kind: 'told', message };
  const type = TYPES[status];
  if (type === undefined) throw new Error(`no class for status ${status}`);
  return { kind: 'raised', type, message };
}

type Row = Pick<Driver, 'name' | 'behind' | 'reported'> & { readonly billedUsd?: string };

function openRouterDriver(row: Row): Driver {
  const request = {
    model: 'openai/gpt-4o-mini',
    maxTokens: OUTPUT_LIMIT,
    messages: [{ role: 'user' as const, content: PROMPT }],
  };
  return {
    ...row,
    ends,
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
        const { client } = open(connection);
        const chatRequest = { ...request, stream: true, streamOptions: { includeUsage: true } };
        const answer = await client.chat.send({ chatRequest });
        if (!(answer instanceof ReadableStream)) throw new Error('not streamed');
        let text = '';
        let usage: SdkAnswer['usage'];
        let failure: string | undefined;
        for await (const chunk of answer) {
          text += chunk.choices[0]?.delta.content ?? '';
          usage = totals(chunk.usage) ?? usage;
          failure = chunk.error?.message ?? failure;
        }
        return { text, usage, cost: {}, ...(failure !== undefined && { failure }) };
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

function totals(usage: { promptTokens: number; completionTokens: number } | undefined): SdkAnswer['usage'] {
  return usage && { inputTokens: usage.promptTokens, outputTokens: usage.completionTokens };
}
