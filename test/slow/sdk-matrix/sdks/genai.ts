import { ApiError, GoogleGenAI } from '@google/genai';
import { ApiError as ApiError1, GoogleGenAI as GoogleGenAI1 } from 'genai-sdk-1';
import { ANSWERED, type Connection, type Driver, headerCost, OUTPUT_LIMIT, PROMPT, type SdkAnswer } from './driver.ts';

/** What both generations of Google's SDK have in common, as far as the matrix uses it. Neither tries again by itself. */
interface ModelsClient {
  readonly models: {
    generateContent(request: ContentRequest): Promise<Content>;
    generateContentStream(request: ContentRequest): Promise<AsyncIterable<Content>>;
  };
}

interface ContentRequest {
  model: string;
  contents: string;
  config: { maxOutputTokens: number };
}

interface Content {
  readonly text: string | undefined;
  readonly usageMetadata?: Usage;
  readonly sdkHttpResponse?: { readonly headers?: Record<string, string> };
}

interface Usage {
  readonly promptTokenCount?: number;
  readonly toolUsePromptTokenCount?: number;
  readonly candidatesTokenCount?: number;
  readonly thoughtsTokenCount?: number;
}

const request: ContentRequest = {
  model: 'gemini-2.5-flash',
  contents: PROMPT,
  config: { maxOutputTokens: OUTPUT_LIMIT },
};

interface Generation {
  readonly name: string;
  readonly open: (connection: Connection) => ModelsClient;
  readonly type: typeof ApiError | typeof ApiError1;
}

function genaiDriver({ name, open, type }: Generation): Driver {
  return {
    name,
    provider: 'google',
    behind: 'sandbox',
    model: 'gemini-2.5-flash',
    reported: {
      inputTokens: 180,
      outputTokens: 37,
      cachedInputTokens: 61,
      thoughtsTokens: 53,
      toolUsePromptTokens: 19,
    },
    outputLimit: OUTPUT_LIMIT,
    showsCost: { buffered: ['headers'], streamed: [] },
    // It shows the whole error body as its message.
    ends: ({ failure }) =>
      failure === undefined ? ANSWERED : { kind: 'raised', type, message: failure.message, isWrapped: true },
    ask: {
      async buffered(connection) {
        const { text = '', usageMetadata, sdkHttpResponse } = await open(connection).models.generateContent(request);
        return { text, usage: totals(usageMetadata), cost: headerCost(sdkHttpResponse?.headers) };
      },
      async streamed(connection) {
        let text = '';
        let usage: Usage | undefined;
        for await (const chunk of await open(connection).models.generateContentStream(request)) {
          text += chunk.text ?? '';
          usage = chunk.usageMetadata ?? usage;
        }
        return { text, usage: totals(usage), cost: {} };
      },
    },
  };
}

function totals(usage: Usage | undefined): SdkAnswer['usage'] {
  if (usage === undefined) return undefined;
  return {
    inputTokens: (usage.promptTokenCount ?? 0) + (usage.toolUsePromptTokenCount ?? 0),
    outputTokens: (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0),
  };
}

/** Calls `/v1beta` or `/v1`. */
export const genai3 = genaiDriver({
  name: '@google/genai 3.x',
  open: ({ proxy, key }) => new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: proxy } }),
  type: ApiError,
});

/** In a stream it looks for errors only in what is no event: the echo of an error event is for it. */
export const genai1 = genaiDriver({
  name: '@google/genai 1.x',
  open: ({ proxy, key }) => new GoogleGenAI1({ apiKey: key, httpOptions: { baseUrl: proxy } }),
  type: ApiError1,
});
