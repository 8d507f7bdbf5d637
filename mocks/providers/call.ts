import type { JsonObject } from './json.ts';
import type { Operation, Provider } from './operation.ts';
import type { Respond } from './script.ts';

/** How an answer travels: one JSON document, server-sent events, or Gemini's JSON array that grows element by element. */
export type Transport = 'document' | 'sse' | 'json-array';

/** A call that passed the credential and the shape's own checks, with the behaviour scripted for it. */
export interface Call {
  readonly provider: Provider;
  readonly operation: Operation;
  readonly model: string;
  readonly body: JsonObject;
  readonly transport: Transport;
  /** 1 for the first call that the stub received; every id in the answer is made from it. */
  readonly sequence: number;
  /** Unix seconds, from the stub's clock. */
  readonly createdSeconds: number;
  readonly respond: Respond;
}

/** An error as the stub's own checks or a script state it; `envelopes.ts` renders it for each provider. */
export interface Fault {
  readonly status: number;
  readonly code?: string | undefined;
  readonly type?: string | undefined;
  readonly message?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * The answer of one API shape before it is sent. `usage` is the usage exactly as this shape writes it, under its own
 * field name (`usage`, `usageMetadata`), empty where none is reported; a fault that reports usage carries it along.
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
  /** The frames that tell of a fault after `contentSent` content frames. `body` is the provider's envelope. */
  failure(fault: Fault, body: JsonObject, contentSent: number): readonly string[];
}

/** One route of the stub: a provider's operation, and how that provider checks, answers and refuses. */
export interface Endpoint {
  readonly provider: Provider;
  readonly operation: Operation;
  readonly envelope: EnvelopeName;
  /** The model in the path, where the shape writes it there. */
  readonly pathModel?: string;
  /** What is wrong with the body, in one sentence, or undefined. A `GET` comes with an empty object. */
  check(body: JsonObject): string | undefined;
  transport(body: JsonObject, query: URLSearchParams): Transport;
  answer(call: Call): Reply;
}

/** Whose error body: `google-compat` is Google's OpenAI-compatible endpoint, which wraps its error in an array. */
export type EnvelopeName = 'openai' | 'openrouter' | 'anthropic' | 'google' | 'google-compat';

/** An id that is the same in every run: `stubId('chatcmpl', 7)` is `chatcmpl-stub-000007`. */
export function stubId(prefix: string, sequence: number): string {
  return `${prefix}-stub-${String(sequence).padStart(6, '0')}`;
}
