import { countTokensEndpoint, messagesEndpoint } from './anthropic-messages.ts';
import type { Endpoint, EnvelopeName } from './call.ts';
import { batchEmbedContentsEndpoint, embedContentEndpoint, embeddingsEndpoint } from './embeddings.ts';
import { geminiCountTokensEndpoint, generateContentEndpoint, streamGenerateContentEndpoint } from './gemini.ts';
import { anthropicModelsEndpoint, geminiModelsEndpoint, openAiModelsEndpoint } from './models.ts';
import { chatEndpoint } from './openai-chat.ts';
import { completionsEndpoint } from './openai-completions.ts';
import { ANTHROPIC_COMPAT, GOOGLE_COMPAT, OPENAI, OPENROUTER, type OpenAiDialect } from './openai-dialect.ts';
import { responsesEndpoint } from './openai-responses.ts';
import type { Provider } from './operation.ts';

const FIXED_ROUTES: ReadonlyMap<string, Endpoint> = new Map([
  ...openAiRoutes('/openai/v1', OPENAI),
  ...openAiRoutes('/openrouter/v1', OPENROUTER),
  ['POST /anthropic/v1/messages', messagesEndpoint],
  ['POST /anthropic/v1/messages/count_tokens', countTokensEndpoint],
  ['POST /anthropic/v1/chat/completions', chatEndpoint(ANTHROPIC_COMPAT)],
  ['GET /anthropic/v1/models', anthropicModelsEndpoint],
  ['POST /google/v1beta/openai/chat/completions', chatEndpoint(GOOGLE_COMPAT)],
  ['POST /google/v1beta/openai/embeddings', embeddingsEndpoint(GOOGLE_COMPAT)],
  ['GET /google/v1beta/openai/models', openAiModelsEndpoint(GOOGLE_COMPAT)],
  ['GET /google/v1/models', geminiModelsEndpoint],
  ['GET /google/v1beta/models', geminiModelsEndpoint],
]);

const GEMINI_ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map(
  [
    generateContentEndpoint,
    streamGenerateContentEndpoint,
    geminiCountTokensEndpoint,
    embedContentEndpoint,
    batchEmbedContentsEndpoint,
  ].map((endpoint) => [endpoint.operation, endpoint]),
);

const GEMINI_PATH = /^\/google\/v1(?:beta)?\/models\/([^/:]+):([A-Za-z]+)$/;

function openAiRoutes(base: string, dialect: OpenAiDialect): [string, Endpoint][] {
  return [
    [`POST ${base}/chat/completions`, chatEndpoint(dialect)],
    [`POST ${base}/completions`, completionsEndpoint(dialect)],
    [`POST ${base}/responses`, responsesEndpoint(dialect)],
    [`POST ${base}/embeddings`, embeddingsEndpoint(dialect)],
    [`GET ${base}/models`, openAiModelsEndpoint(dialect)],
  ];
}

/** The endpoint behind a method and path, or undefined. */
export function findEndpoint(method: string, pathname: string): Endpoint | undefined {
  const fixed = FIXED_ROUTES.get(`${method} ${pathname}`);
  if (fixed !== undefined) return fixed;
  const [, model, operation] = (method === 'POST' && GEMINI_PATH.exec(pathname)) || [];
  if (model === undefined || operation === undefined) return undefined;
  const endpoint = GEMINI_ENDPOINTS.get(operation);
  const pathModel = decodeModel(model);
  return endpoint !== undefined && pathModel !== undefined ? { ...endpoint, pathModel } : undefined;
}

/** Whose error body answers a path that nobody has, by the path's first segments. */
export function ownerOf(pathname: string): {
  readonly provider: Provider | undefined;
  readonly envelope: EnvelopeName;
} {
  if (pathname.startsWith('/anthropic/')) return { provider: 'anthropic', envelope: 'anthropic' };
  if (pathname.startsWith('/google/v1beta/openai/')) return { provider: 'google', envelope: 'google-compat' };
  if (pathname.startsWith('/google/')) return { provider: 'google', envelope: 'google' };
  if (pathname.startsWith('/openrouter/')) return { provider: 'openrouter', envelope: 'openrouter' };
  return { provider: pathname.startsWith('/openai/') ? 'openai' : undefined, envelope: 'openai' };
}

function decodeModel(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
