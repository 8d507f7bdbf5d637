import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { aiSdkDriver } from './ai-sdk.ts';

export const aiSdkGoogle = aiSdkDriver({
  name: '@ai-sdk/google',
  provider: 'google',
  model: 'gemini-2.5-flash',
  reported: { inputTokens: 164, outputTokens: 29, cachedInputTokens: 55, thoughtsTokens: 48, toolUsePromptTokens: 13 },
  showsCost: { buffered: ['headers'], streamed: [] },
  open: ({ proxy, key }) => createGoogleGenerativeAI({ baseURL: `${proxy}/v1beta`, apiKey: key })('gemini-2.5-flash'),
});
