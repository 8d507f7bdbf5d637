import type { Call, Endpoint } from './call.ts';
import type { JsonObject } from './json.ts';
import type { OpenAiDialect } from './openai-dialect.ts';

/** What the stubs list. Any other model name is answered just the same. */
const OPENAI_MODELS = ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-5', 'gpt-5-mini', 'o4-mini', 'text-embedding-3-small'];
const ANTHROPIC_MODELS = ['claude-opus-5', 'claude-sonnet-5', 'claude-haiku-4-5'];
const GOOGLE_MODELS = ['gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-2.5-flash-lite', 'gemini-embedding-001'];

const MODEL_IDS = {
  openai: OPENAI_MODELS,
  anthropic: ANTHROPIC_MODELS,
  google: GOOGLE_MODELS.map((id) => `models/${id}`),
  openrouter: [
    ...OPENAI_MODELS.map((id) => `openai/${id}`),
    ...ANTHROPIC_MODELS.map((id) => `anthropic/${id}`),
    ...GOOGLE_MODELS.map((id) => `google/${id}`),
  ],
};

/** `GET models` in OpenAI's shape. */
export function openAiModelsEndpoint(dialect: OpenAiDialect): Endpoint {
  return modelList(dialect, (call) => ({
    object: 'list',
    data: MODEL_IDS[dialect.provider].map((id) => ({
      id,
      object: 'model',
      created: call.createdSeconds,
      owned_by: `${dialect.provider}-stub`,
    })),
  }));
}

/** `GET models` in Anthropic's shape: one page. */
export const anthropicModelsEndpoint: Endpoint = modelList(
  { provider: 'anthropic', envelope: 'anthropic' },
  (call) => ({
    data: ANTHROPIC_MODELS.map((id) => ({
      type: 'model',
      id,
      display_name: id,
      created_at: new Date(call.createdSeconds * 1000).toISOString(),
    })),
    has_more: false,
    first_id: ANTHROPIC_MODELS[0],
    last_id: ANTHROPIC_MODELS.at(-1),
  }),
);

/** `GET models` in Gemini's shape: one page. */
export const geminiModelsEndpoint: Endpoint = modelList({ provider: 'google', envelope: 'google' }, () => ({
  models: GOOGLE_MODELS.map((id) => ({
    name: `models/${id}`,
    version: '001',
    displayName: id,
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: id.includes('embedding')
      ? ['embedContent', 'batchEmbedContents', 'countTokens']
      : ['generateContent', 'streamGenerateContent', 'countTokens'],
  })),
}));

function modelList(of: Pick<Endpoint, 'provider' | 'envelope'>, list: (call: Call) => JsonObject): Endpoint {
  return {
    provider: of.provider,
    envelope: of.envelope,
    operation: 'models',
    check: () => undefined,
    transport: () => 'document',
    answer: (call) => ({ kind: 'document', usage: {}, body: list(call) }),
  };
}
