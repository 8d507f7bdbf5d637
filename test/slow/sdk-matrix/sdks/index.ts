import { aiSdkAnthropic, aiSdkChat, aiSdkGoogle, aiSdkResponses } from './ai-sdk.ts';
import { anthropic0, anthropic1 } from './anthropic.ts';
import type { Driver } from './driver.ts';
import { genai1, genai3 } from './genai.ts';
import { openAiChat, openAiCompletions, openAiEmbeddings, openAiResponses } from './openai.ts';
import { openRouter, openRouterUpstream } from './openrouter.ts';

/** The rows of the matrix. */
export const drivers: readonly Driver[] = [
  openAiChat,
  openAiResponses,
  openAiCompletions,
  openAiEmbeddings,
  anthropic1,
  anthropic0,
  genai3,
  genai1,
  aiSdkResponses,
  aiSdkChat,
  aiSdkAnthropic,
  aiSdkGoogle,
  openRouter,
  openRouterUpstream,
];

/** Each SDK as it comes, and how often it sends a call: retries are the SDK's, not the API's. */
export const retryHabits: readonly {
  readonly driver: Driver;
  /** Calls made where the provider refuses the first one with 503. */
  readonly afterRefusal: 1 | 2;
  /** Calls made where the first answer breaks off, so that it may have cost something. */
  readonly afterUncertain: 1 | 2;
}[] = [
  { driver: openAiChat, afterRefusal: 2, afterUncertain: 1 },
  { driver: anthropic1, afterRefusal: 2, afterUncertain: 1 },
  { driver: anthropic0, afterRefusal: 2, afterUncertain: 1 },
  { driver: genai3, afterRefusal: 1, afterUncertain: 1 },
  { driver: genai1, afterRefusal: 1, afterUncertain: 1 },
  // These two do not know `x-should-retry`.
  { driver: aiSdkChat, afterRefusal: 2, afterUncertain: 2 },
  { driver: openRouter, afterRefusal: 2, afterUncertain: 2 },
];
