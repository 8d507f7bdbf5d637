import { geminiInputKind } from './gemini-content.ts';
import { geminiEnvelope } from './gemini-envelope.ts';
import { readUsageMetadata } from './gemini-usage.ts';
import { listOf, objectOf, parseJson } from './json.ts';
import type { InputKind, JsonObject, Operation, PathParts, RequestFacts } from './operation.ts';

function embed(name: string, contentsOf: (body: JsonObject) => readonly unknown[]): Operation {
  const endpoint = (model: string, { version = 'v1beta' }: PathParts, action: string) =>
    ({ path: `/${version}/models/${encodeURIComponent(model)}:${action}`, dialect: 'native' }) as const;
  return {
    name,
    method: 'POST',
    envelope: geminiEnvelope,
    charge: 'metered',
    provider: 'google',
    nestedObjects: [],
    queryParameters: [],
    endpoint: (_provider, model, parts) => endpoint(model, parts, name),
    read: (body, parts) => ({ kind: 'facts', facts: facts(body, contentsOf(body), parts) }),
    place: () => [],
    readAnswer: (text) => readUsageMetadata(objectOf(parseJson(text)).usageMetadata),
    costPath: undefined,
    readStream: () => {
      throw new Error(`${name} is not streamed`);
    },
    counting: {
      endpoint: (model, parts) => endpoint(model, parts, 'countTokens'),
      body: (body) => JSON.stringify({ contents: contentsOf(body) }),
      readTokens: (text) => {
        const { totalTokens } = objectOf(parseJson(text));
        return typeof totalTokens === 'number' && Number.isSafeInteger(totalTokens) && totalTokens >= 0
          ? totalTokens
          : undefined;
      },
    },
  };
}

/** `POST /v1beta/models/MODEL:embedContent` */
export const embedContent = embed('embedContent', (body) => [body.content]);
/** `POST /v1beta/models/MODEL:batchEmbedContents` */
export const batchEmbedContents = embed('batchEmbedContents', (body) =>
  listOf(body.requests).map((request) => objectOf(request).content),
);

function facts(body: JsonObject, contents: readonly unknown[], parts: PathParts): RequestFacts {
  const kind: InputKind = geminiInputKind({ contents });
  return {
    model: parts.model,
    streamed: false,
    usageAsked: false,
    outputLimit: { kind: 'none' },
    extent: { ...kind, declaresTools: false, prompts: Math.max(1, contents.length), answers: 1, webSearches: 0 },
    unpricedParameter: undefined,
    user: typeof body.user === 'string' ? body.user : undefined,
  };
}
