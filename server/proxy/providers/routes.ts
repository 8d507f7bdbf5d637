import type { Provider } from '../../money/prices.ts';
import { anthropicEnvelope } from './anthropic-envelope.ts';
import { messages } from './anthropic-messages.ts';
import type { Envelope } from './envelope.ts';
import {
  countMessageTokens,
  countTokens,
  listAnthropicModels,
  listGeminiModels,
  listOpenAiModels,
} from './free-calls.ts';
import { batchEmbedContents, embedContent } from './gemini-embed.ts';
import { geminiEnvelope } from './gemini-envelope.ts';
import { generateContent, streamGenerateContent } from './gemini-generate.ts';
import { chatCompletions } from './openai-chat.ts';
import { completions } from './openai-completions.ts';
import { embeddings } from './openai-embeddings.ts';
import { openAiEnvelope } from './openai-envelope.ts';
import { responses } from './openai-responses.ts';
import type { Operation, PathParts } from './operation.ts';

export type Route =
  | {
      readonly kind: 'operation';
      readonly operation: Operation;
      /** The provider of a native route; undefined on the plain ones. */
      readonly native: Provider | undefined;
      readonly parts: PathParts;
    }
  /** The proxy's own `GET /rig/v1/usage`. */
  | { readonly kind: 'subject_usage'; readonly envelope: Envelope }
  | { readonly kind: 'not_found'; readonly envelope: Envelope }
  | { readonly kind: 'method_not_allowed'; readonly envelope: Envelope; readonly allow: string };

/** Header names that tell the API of a caller where the path does not. */
type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The top of every path that is the proxy's (contract section 4). Nothing below them is forwarded unless a route says so. */
const PREFIXES = /^\/(?:v1|v1beta|openai|anthropic|google|rig)(?:\/|$)/;

const OPENAI_ROUTES: ReadonlyMap<string, Operation> = new Map([
  ['/chat/completions', chatCompletions],
  ['/completions', completions],
  ['/responses', responses],
  ['/embeddings', embeddings],
  ['/models', listOpenAiModels],
]);
const ANTHROPIC_ROUTES: ReadonlyMap<string, Operation> = new Map([
  ['/messages', messages],
  ['/messages/count_tokens', countMessageTokens],
  ['/models', listAnthropicModels],
]);
const GEMINI_ACTIONS: ReadonlyMap<string, Operation> = new Map(
  [generateContent, streamGenerateContent, countTokens, embedContent, batchEmbedContents].map((operation) => [
    operation.name,
    operation,
  ]),
);

const GEMINI_PATH = /^\/(v1|v1beta)\/models(?:\/([^/:]+):([A-Za-z]+))?$/;
const MODEL_NAME = /^[A-Za-z0-9][\w.@-]*$/;

/** The route of a request; undefined for a path outside the proxy's prefixes. */
export function findRoute(method: string, path: string, headers: Headers): Route | undefined {
  if (!PREFIXES.test(path)) return undefined;
  if (path === '/rig/v1/usage') {
    if (method === 'GET') return { kind: 'subject_usage', envelope: openAiEnvelope };
    return { kind: 'method_not_allowed', envelope: openAiEnvelope, allow: 'GET' };
  }
  const envelope = envelopeOf(path, headers);
  const found = findOperation(path, envelope);
  if (found === undefined) return { kind: 'not_found', envelope };
  const { operation, native, parts } = found;
  if (operation.method === method) return { kind: 'operation', operation, native, parts };
  return { kind: 'method_not_allowed', envelope: operation.envelope, allow: operation.method };
}

interface Found {
  readonly operation: Operation;
  readonly native: Provider | undefined;
  readonly parts: PathParts;
}

function findOperation(path: string, envelope: Envelope): Found | undefined {
  const [, prefix, below = ''] = /^\/(openai|anthropic|google)(\/.*)$/.exec(path) ?? [undefined, undefined, path];
  if (prefix === 'openai') return fixed(OPENAI_ROUTES, below, 'openai');
  if (prefix === 'anthropic') return fixed(ANTHROPIC_ROUTES, below, 'anthropic');
  if (prefix === 'google') return gemini(below, 'google');
  // `/v1/models` is everybody's: the caller's own headers tell whose list it wants.
  if (path === '/v1/models') {
    const lists = { openai: listOpenAiModels, anthropic: listAnthropicModels, google: listGeminiModels };
    return { operation: lists[envelope.api], native: undefined, parts: { version: 'v1' } };
  }
  return fixed(OPENAI_ROUTES, path, undefined) ?? fixed(ANTHROPIC_ROUTES, path, undefined) ?? gemini(path, undefined);
}

function fixed(routes: ReadonlyMap<string, Operation>, path: string, native: Provider | undefined): Found | undefined {
  const operation = path.startsWith('/v1/') ? routes.get(path.slice('/v1'.length)) : undefined;
  return operation && { operation, native, parts: {} };
}

function gemini(path: string, native: Provider | undefined): Found | undefined {
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

/** The envelope that a caller of this path understands: by the path, else by the headers that its SDK sends. */
function envelopeOf(path: string, headers: Headers): Envelope {
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
