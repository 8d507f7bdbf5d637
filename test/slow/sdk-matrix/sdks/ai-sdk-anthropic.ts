import { createAnthropic } from '@ai-sdk/anthropic';
import { aiSdkDriver } from './ai-sdk.ts';

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
