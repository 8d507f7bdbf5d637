import { createOpenAI } from '@ai-sdk/openai';
import { aiSdkDriver } from './ai-sdk.ts';
import type { Connection } from './driver.ts';

const provider = ({ proxy, key }: Connection) => createOpenAI({ baseURL: `${proxy}/v1`, apiKey: key });

const shared = {
  provider: 'openai',
  model: 'gpt-4o-mini',
  showsCost: { buffered: ['headers', 'fields'], streamed: ['fields'] },
} as const;

/** What the package speaks when it is not told otherwise. */
export const aiSdkResponses = aiSdkDriver({
  ...shared,
  name: '@ai-sdk/openai responses',
  reported: { inputTokens: 199, outputTokens: 43, cachedInputTokens: 77, reasoningTokens: 11 },
  open: (connection) => provider(connection)('gpt-4o-mini'),
});

export const aiSdkChat = aiSdkDriver({
  ...shared,
  name: '@ai-sdk/openai chat',
  reported: { inputTokens: 205, outputTokens: 35, cachedInputTokens: 91, reasoningTokens: 8 },
  open: (connection) => provider(connection).chat('gpt-4o-mini'),
});
