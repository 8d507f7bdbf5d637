/** The vocabulary of the stub: whose API a call is for, what a call is, and what an API replies. */
import type { Operation, Provider } from './operations.ts';
import type { Respond } from './script.ts';

/** How a reply travels: one JSON document, server-sent events, or Gemini's JSON array that grows element by element. */
export type Transport = 'document' | 'sse' | 'json-array';

/** Whose error body: `google-compat` is Google's OpenAI-compatible endpoint, which wraps its error in an array. */
export type ErrorFormat = 'openai' | 'openrouter' | 'anthropic' | 'google' | 'google-compat';

/** One route of the stub: a provider's operation, and how that provider checks, replies and refuses. */
export interface Endpoint {
  readonly provider: Provider;
  readonly operation: Operation;
  readonly errorFormat: ErrorFormat;
  /** The model in the path, where the API writes it there. */
  readonly pathModel?: string;
  /** What is wrong with the body, in one sentence, or undefined. A `GET` comes with an empty object. */
  check(body: JsonObject): string | undefined;
  /** Default: one document. */
  transport?(body: JsonObject, query: URLSearchParams): Transport;
  reply(call: ProviderCall): Reply;
}

/** A call that passed the credential check and the endpoint's own, with the behaviour scripted for it. */
export interface ProviderCall {
  readonly provider: Provider;
  readonly operation: Operation;
  readonly model: string;
  readonly body: JsonObject;
  readonly transport: Transport;
  /** 1 for the first call that the stub received; every id in the reply is made from it. */
  readonly sequence: number;
  /** Unix seconds, from the stub's clock. */
  readonly createdSeconds: number;
  readonly respond: Respond;
}

/** An error as a script or the stub's own checks state it; `errors.ts` writes it as each provider does. */
export interface ScriptedFailure {
  readonly status: number;
  readonly code?: string | undefined;
  readonly type?: string | undefined;
  readonly message?: string | undefined;
}

/**
 * What an endpoint replies, before it is sent. `usage` is the usage exactly as this API writes it, under its own field
 * name (`usage`, `usageMetadata`), empty where none is reported; a failure that reports usage carries it along.
 */
export type Reply = DocumentReply | StreamReply;

export interface DocumentReply {
  readonly kind: 'document';
  readonly usage: JsonObject;
  readonly body: JsonObject;
}

/** Frames are complete events (or array elements), in the order of sending: `opening`, `content`, `closing`, `end`. */
export interface StreamReply {
  readonly kind: 'stream';
  readonly usage: JsonObject;
  /** What precedes the first text: role chunk, `message_start`, `response.created`. */
  readonly opening: readonly string[];
  /** One frame per piece of text and per choice: what `afterChunks` of a script counts. */
  readonly content: readonly string[];
  /** Finish reason and the last usage. */
  readonly closing: readonly string[];
  /** What follows the usage: `[DONE]`, `message_stop`, the array's closing bracket. */
  readonly end: readonly string[];
  /** The frames of a failure after `contentSent` content frames. `body` is the provider's error body. */
  failure(failure: ScriptedFailure, body: JsonObject, contentSent: number): readonly string[];
}

/** The model that an answer names. */
export function answeringModel({ model, respond }: ProviderCall): string {
  return respond.served?.model ?? model;
}

/** An id that is the same in every run: `stubId('chatcmpl', 7)` is `chatcmpl-stub-000007`. */
export function stubId(prefix: string, sequence: number): string {
  return `${prefix}-stub-${String(sequence).padStart(6, '0')}`;
}

/** The last event of OpenAI's chat and completion streams. */
export const DONE_FRAME = 'data: [DONE]\n\n';

/** One server-sent event. Responses and Anthropic events carry an `event:` line, chat and Gemini events do not. */
export function sseFrame(data: JsonObject, event?: string): string {
  const dataLine = `data: ${JSON.stringify(data)}\n\n`;
  return event === undefined ? dataLine : `event: ${event}\n${dataLine}`;
}

/** A typed event whose `event:` line repeats its `type`. */
export function typedFrame(data: JsonObject & { readonly type: string }): string {
  return sseFrame(data, data.type);
}

/** A JSON object of which nothing more is known. */
export type JsonObject = { readonly [key: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A positive whole number, or undefined: providers treat `null` as absent. */
export function positiveInteger(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
