import {
  ANTHROPIC_COMPAT,
  ANTHROPIC_MODELS,
  anthropicModelsEndpoint,
  countTokensEndpoint,
  messagesEndpoint,
} from './anthropic.ts';
import type { Endpoint, ErrorFormat } from './api.ts';
import { GOOGLE_COMPAT, GOOGLE_MODELS, geminiEndpoints, geminiModelsEndpoint } from './gemini.ts';
import {
  chatEndpoint,
  completionsEndpoint,
  embeddingsEndpoint,
  modelsEndpoint,
  OPENAI,
  type OpenAiDialect,
} from './openai.ts';
import { inputTokensEndpoint, responsesEndpoint } from './openai-responses.ts';
import type { Provider } from './operations.ts';

/** OpenAI's API for the models of all makers. */
const OPENROUTER: OpenAiDialect = {
  ...OPENAI,
  provider: 'openrouter',
  errorFormat: 'openrouter',
  streamedUsage: 'always',
  preamble: [': OPENROUTER PROCESSING\n\n'],
  reportsCost: true,
  modelIds: [
    ...OPENAI.modelIds.map((id) => `openai/${id}`),
    ...ANTHROPIC_MODELS.map((id) => `anthropic/${id}`),
    ...GOOGLE_MODELS.map((id) => `google/${id}`),
  ],
};

const FIXED_ROUTES: ReadonlyMap<string, Endpoint> = new Map([
  ...openAiRoutes('/openai/v1', OPENAI),
  ['POST /openai/v1/responses/input_tokens', inputTokensEndpoint],
  ...openAiRoutes('/openrouter/v1', OPENROUTER),
  ['POST /anthropic/v1/messages', messagesEndpoint],
  ['POST /anthropic/v1/messages/count_tokens', countTokensEndpoint],
  ['POST /anthropic/v1/chat/completions', chatEndpoint(ANTHROPIC_COMPAT)],
  ['GET /anthropic/v1/models', anthropicModelsEndpoint],
  ['POST /google/v1beta/openai/chat/completions', chatEndpoint(GOOGLE_COMPAT)],
  ['POST /google/v1beta/openai/embeddings', embeddingsEndpoint(GOOGLE_COMPAT)],
  ['GET /google/v1beta/openai/models', modelsEndpoint(GOOGLE_COMPAT)],
  ['GET /google/v1/models', geminiModelsEndpoint],
  ['GET /google/v1beta/models', geminiModelsEndpoint],
]);

const GEMINI_PATH = /^\/google\/v1(?:beta)?\/models\/([^/:]+):([A-Za-z]+)$/;

function openAiRoutes(base: string, dialect: OpenAiDialect): [string, Endpoint][] {
  return [
    [`POST ${base}/chat/completions`, chatEndpoint(dialect)],
    [`POST ${base}/completions`, completionsEndpoint(dialect)],
    [`POST ${base}/responses`, responsesEndpoint(dialect)],
    [`POST ${base}/embeddings`, embeddingsEndpoint(dialect)],
    [`GET ${base}/models`, modelsEndpoint(dialect)],
  ];
}

/** The endpoint behind a method and path, or undefined. */
export function findEndpoint(method: string, pathname: string): Endpoint | undefined {
  const fixed = FIXED_ROUTES.get(`${method} ${pathname}`);
  if (fixed !== undefined) return fixed;
  const [, model, operation] = (method === 'POST' && GEMINI_PATH.exec(pathname)) || [];
  if (model === undefined || operation === undefined) return undefined;
  const endpoint = geminiEndpoints.get(operation);
  const pathModel = decodeModel(model);
  return endpoint !== undefined && pathModel !== undefined ? { ...endpoint, pathModel } : undefined;
}

/** Whose error body refuses a path that no provider has, by the path's first segments. */
export function unknownPathFormat(pathname: string): {
  readonly provider: Provider | undefined;
  readonly errorFormat: ErrorFormat;
} {
  if (pathname.startsWith('/anthropic/')) return { provider: 'anthropic', errorFormat: 'anthropic' };
  if (pathname.startsWith('/google/v1beta/openai/')) return { provider: 'google', errorFormat: 'google-compat' };
  if (pathname.startsWith('/google/')) return { provider: 'google', errorFormat: 'google' };
  if (pathname.startsWith('/openrouter/')) return { provider: 'openrouter', errorFormat: 'openrouter' };
  return { provider: pathname.startsWith('/openai/') ? 'openai' : undefined, errorFormat: 'openai' };
}

function decodeModel(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
