import type { ProviderName } from './config.ts';

/** A generating call in one of the three API shapes. */
export interface AiCall {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface AiCallOptions {
  readonly model: string;
  readonly prompt: string;
  /** Most tokens to be generated; the calls of the suite are bounded, so that a hold is small. */
  readonly maxTokens?: number;
  readonly stream?: boolean;
}

const DEFAULT_MAX_TOKENS = 64;

/** The shape's main route: chat completions, messages, generateContent. */
export function aiCall(shape: ProviderName, options: AiCallOptions): AiCall {
  return shapes[shape]({ maxTokens: DEFAULT_MAX_TOKENS, stream: false, ...options });
}

const shapes: Readonly<Record<ProviderName, (options: Required<AiCallOptions>) => AiCall>> = {
  openai: ({ model, prompt, maxTokens, stream }) => ({
    path: '/v1/chat/completions',
    body: {
      model,
      messages: [{ role: 'user', content: prompt }],
      max_tokens: maxTokens,
      ...(stream && { stream: true, stream_options: { include_usage: true } }),
    },
  }),
  anthropic: ({ model, prompt, maxTokens, stream }) => ({
    path: '/v1/messages',
    body: {
      model,
      messages: [{ role: 'user', content: prompt }],
      max_tokens: maxTokens,
      ...(stream && { stream: true }),
    },
  }),
  google: ({ model, prompt, maxTokens, stream }) => ({
    path: `/google/v1beta/models/${encodeURIComponent(model)}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    body: {
      contents: [{ role: 'user', parts: [{ text: prompt }] }],
      generationConfig: { maxOutputTokens: maxTokens },
    },
  }),
};
