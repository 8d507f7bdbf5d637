import type { Provider } from '../../money/prices.ts';
import { anthropicEnvelope, countMessageTokens, listAnthropicModels, messages } from './anthropic.ts';
import {
  batchEmbedContents,
  countTokens,
  embedContent,
  geminiEnvelope,
  generateContent,
  listGeminiModels,
  streamGenerateContent,
} from './gemini.ts';
import { chatCompletions, completions, embeddings, listOpenAiModels, openAiEnvelope } from './openai.ts';
import { responses } from './openai-responses.ts';
import { openRouterEnvelope } from './openrouter.ts';
import type { Envelope, Operation, PathParts } from './operation.ts';

/** The operation of a path. */
interface Found {
  readonly operation: Operation;
  /** The provider of a native route; undefined on the plain ones. */
  readonly native: Provider | undefined;
  readonly parts: PathParts;
}

/** Where a request goes, with the envelope in which its caller reads errors. */
export type Route = { readonly envelope: Envelope } & (
  | ({ readonly kind: 'operation' } & Found)
  /** The proxy's own `GET /rig/v1/usage`. */
  | { readonly kind: 'subject_usage' }
  | { readonly kind: 'not_found' }
  /** A WebSocket, at a path that is served over HTTP only. */
  | { readonly kind: 'upgrade_required' }
  | { readonly kind: 'method_not_allowed'; readonly allow: string }
);

/** The headers of a request. Some name the API of the caller, where the path does not. */
type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The first segment of every path that is the proxy's. What is below them and in no table is not forwarded. */
const PREFIXES = /^\/(?:v1|v1beta|openai|anthropic|google|rig)(?:\/|$)/;

const OPENAI_ROUTES: ReadonlyMap<string, Operation> = new Map([
  ['/v1/chat/completions', chatCompletions],
  ['/v1/completions', completions],
  ['/v1/responses', responses],
  ['/v1/embeddings', embeddings],
  ['/v1/models', listOpenAiModels],
]);
const ANTHROPIC_ROUTES: ReadonlyMap<string, Operation> = new Map([
  ['/v1/messages', messages],
  ['/v1/messages/count_tokens', countMessageTokens],
  ['/v1/models', listAnthropicModels],
]);
const GEMINI_ACTIONS: ReadonlyMap<string, Operation> = new Map(
  [generateContent, streamGenerateContent, countTokens, embedContent, batchEmbedContents].map((operation) => [
    operation.name,
    operation,
  ]),
);
/** `/v1/models` is a path of three APIs: the headers of the caller's SDK say which list it wants. */
const MODEL_LISTS = { openai: listOpenAiModels, anthropic: listAnthropicModels, google: listGeminiModels };

const GEMINI_PATH = /^\/(v1|v1beta)\/models(?:\/([^/:]+):([A-Za-z]+))?$/;
const MODEL_NAME = /^[A-Za-z0-9][\w.@-]*$/;

/** The route of a request; undefined for a path that is not the proxy's. */
export function findRoute(method: string, path: string, headers: Headers): Route | undefined {
  if (!PREFIXES.test(path)) return undefined;
  const byPath = findEnvelope(path, headers);
  if (path === '/rig/v1/usage') {
    const envelope = inDialect(openAiEnvelope, headers);
    return method === 'GET'
      ? { kind: 'subject_usage', envelope }
      : { kind: 'method_not_allowed', envelope, allow: 'GET' };
  }
  const found = findOperation(path, byPath);
  if (found === undefined) return { kind: 'not_found', envelope: inDialect(byPath, headers) };
  const { operation } = found;
  const envelope = inDialect(operation.envelope, headers);
  if (method === 'GET' && asksForWebSocket(headers)) return { kind: 'upgrade_required', envelope };
  if (operation.method === method) return { kind: 'operation', envelope, ...found };
  return { kind: 'method_not_allowed', envelope, allow: operation.method };
}

function asksForWebSocket({ upgrade }: Headers): boolean {
  return typeof upgrade === 'string' && /\bwebsocket\b/i.test(upgrade);
}

/** OpenRouter's SDK names itself. It shares OpenAI's routes, and reads errors of its own. */
function inDialect(envelope: Envelope, headers: Headers): Envelope {
  const isOpenRouterSdk = envelope === openAiEnvelope && headers['user-agent']?.includes('@openrouter/sdk');
  return isOpenRouterSdk ? openRouterEnvelope : envelope;
}

function findOperation(path: string, envelope: Envelope): Found | undefined {
  const [, prefix, below = ''] = /^\/(openai|anthropic|google)(\/.*)$/.exec(path) ?? [undefined, undefined, path];
  if (prefix === 'openai') return findFixed(OPENAI_ROUTES, below, 'openai');
  if (prefix === 'anthropic') return findFixed(ANTHROPIC_ROUTES, below, 'anthropic');
  if (prefix === 'google') return findGemini(below, 'google');
  if (path === '/v1/models') {
    return { operation: MODEL_LISTS[envelope.api], native: undefined, parts: { version: 'v1' } };
  }
  return (
    findFixed(OPENAI_ROUTES, path, undefined) ??
    findFixed(ANTHROPIC_ROUTES, path, undefined) ??
    findGemini(path, undefined)
  );
}

function findFixed(
  routes: ReadonlyMap<string, Operation>,
  path: string,
  native: Provider | undefined,
): Found | undefined {
  const operation = routes.get(path);
  return operation && { operation, native, parts: {} };
}

function findGemini(path: string, native: Provider | undefined): Found | undefined {
  const match = GEMINI_PATH.exec(path);
  if (match === null) return undefined;
  const version = match[1] === 'v1' ? 'v1' : 'v1beta';
  const [, , encodedModel, action] = match;
  if (encodedModel === undefined || action === undefined) {
    return { operation: listGeminiModels, native, parts: { version } };
  }
  const model = decode(encodedModel);
  const operation = GEMINI_ACTIONS.get(action);
  if (operation === undefined || model === undefined || !MODEL_NAME.test(model)) return undefined;
  return { operation, native, parts: { version, model } };
}

/** The envelope that a caller of this path can read: by the path, else by the headers that its SDK sends. */
function findEnvelope(path: string, headers: Headers): Envelope {
  if (path.startsWith('/anthropic') || /^\/v1\/messages(\/|$)/.test(path)) return anthropicEnvelope;
  if (path.startsWith('/google') || path.startsWith('/v1beta') || /^\/v1\/models\/[^/]*:/.test(path))
    return geminiEnvelope;
  if (path !== '/v1' && !path.startsWith('/v1/')) return openAiEnvelope;
  if (headers['anthropic-version'] !== undefined) return anthropicEnvelope;
  return headers['x-goog-api-key'] === undefined ? openAiEnvelope : geminiEnvelope;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
