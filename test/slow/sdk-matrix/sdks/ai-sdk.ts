import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { APICallError, generateText, type LanguageModel, StreamProviderError, streamText } from 'ai';
import {
  ANSWERED,
  type Connection,
  type Driver,
  fieldCost,
  headerCost,
  OUTPUT_LIMIT,
  PROMPT,
  type SdkAnswer,
  type ShownCost,
} from './driver.ts';

type Row = Pick<Driver, 'name' | 'provider' | 'model' | 'reported' | 'showsCost'> & {
  readonly open: (connection: Connection) => LanguageModel;
};

/** The AI SDK: one way to ask, whatever package speaks to the provider. It shows messages without anything around them. */
function aiSdkDriver({ open, ...row }: Row): Driver {
  const request = (connection: Connection) => ({
    model: open(connection),
    prompt: PROMPT,
    maxOutputTokens: OUTPUT_LIMIT,
    ...(connection.retries === 'none' && { maxRetries: 0 }),
  });
  return {
    ...row,
    behind: 'sandbox',
    outputLimit: OUTPUT_LIMIT,
    ends({ failure }) {
      if (failure === undefined) return ANSWERED;
      const type = failure.status === undefined ? StreamProviderError : APICallError;
      return { kind: 'raised', type, message: failure.message };
    },
    ask: {
      async buffered(connection) {
        const { text, usage, response } = await generateText({
          ...request(connection),
          include: { responseBody: true },
        });
        const cost: ShownCost = { ...headerCost(response.headers), ...fieldCost(usageIn(response.body)) };
        return { text, usage: totals(usage), cost };
      },
      async streamed(connection) {
        // Without a handler it writes errors to the console.
        const { fullStream } = streamText({ ...request(connection), includeRawChunks: true, onError: () => {} });
        let text = '';
        let usage: SdkAnswer['usage'];
        let cost: ShownCost = {};
        for await (const part of fullStream) {
          if (part.type === 'error') throw part.error;
          if (part.type === 'text-delta') text += part.text;
          if (part.type === 'finish') usage = totals(part.totalUsage);
          if (part.type === 'raw') cost = { ...cost, ...fieldCost(usageIn(part.rawValue)) };
        }
        return { text, usage, cost };
      },
    },
  };
}

function totals({ inputTokens, outputTokens }: NonNullable<SdkAnswer['usage']>): SdkAnswer['usage'] {
  return { inputTokens, outputTokens };
}

/** The usage of a chat answer or chunk, or of the response inside an event. */
function usageIn(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('response' in body) return usageIn(body.response);
  return 'usage' in body ? body.usage : undefined;
}

const openAi = ({ proxy, key }: Connection) => createOpenAI({ baseURL: `${proxy}/v1`, apiKey: key });
const openAiRow = {
  provider: 'openai',
  model: 'gpt-4o-mini',
  showsCost: { buffered: ['headers', 'fields'], streamed: ['fields'] },
} as const;

/** What the package speaks when it is not told otherwise. */
export const aiSdkResponses = aiSdkDriver({
  ...openAiRow,
  name: '@ai-sdk/openai responses',
  reported: { inputTokens: 199, outputTokens: 43, cachedInputTokens: 77, reasoningTokens: 11 },
  open: (connection) => openAi(connection)('gpt-4o-mini'),
});

export const aiSdkChat = aiSdkDriver({
  ...openAiRow,
  name: '@ai-sdk/openai chat',
  reported: { inputTokens: 205, outputTokens: 35, cachedInputTokens: 91, reasoningTokens: 8 },
  open: (connection) => openAi(connection).chat('gpt-4o-mini'),
});

/** Its base URL has the `/v1` that Anthropic's own SDK adds by itself. */
export const aiSdkAnthropic = aiSdkDriver({
  name: '@ai-sdk/anthropic',
  provider: 'anthropic',
  model: 'claude-haiku-4-5',
  reported: {
    inputTokens: 310,
    outputTokens: 52,
    cachedInputTokens: 83,
    cacheWrite5mTokens: 45,
    cacheWrite1hTokens: 17,
    reasoningTokens: 20,
  },
  showsCost: { buffered: ['headers'], streamed: [] },
  open: ({ proxy, key }) => createAnthropic({ baseURL: `${proxy}/v1`, apiKey: key })('claude-haiku-4-5'),
});

export const aiSdkGoogle = aiSdkDriver({
  name: '@ai-sdk/google',
  provider: 'google',
  model: 'gemini-2.5-flash',
  reported: { inputTokens: 164, outputTokens: 29, cachedInputTokens: 55, thoughtsTokens: 48, toolUsePromptTokens: 13 },
  showsCost: { buffered: ['headers'], streamed: [] },
  open: ({ proxy, key }) => createGoogleGenerativeAI({ baseURL: `${proxy}/v1beta`, apiKey: key })('gemini-2.5-flash'),
});
