/** The stand-ins, named as the first segment of their path. */
export const PROVIDERS = ['openai', 'anthropic', 'google', 'openrouter'] as const;
export type Provider = (typeof PROVIDERS)[number];

/**
 * What a call asks for, named as the provider's own reference names it. An OpenAI-shaped call to Anthropic's or Google's
 * compatibility endpoint is `chat.completions` with provider `anthropic` or `google`.
 */
export const OPERATIONS = [
  'chat.completions',
  'completions',
  'responses',
  'responses.input_tokens',
  'embeddings',
  'models',
  'messages',
  'messages.count_tokens',
  'generateContent',
  'streamGenerateContent',
  'countTokens',
  'embedContent',
  'batchEmbedContents',
] as const;
export type Operation = (typeof OPERATIONS)[number];
