import type { CallExtent } from '../../money/bounds.ts';
import type { Consumption, ProviderName } from '../../money/prices.ts';
import type { Envelope } from './envelope.ts';

/** A JSON object that somebody else wrote: nothing is known about its values. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What the path of a call says beyond its operation. */
export interface PathParts {
  /** Gemini's model, from `models/MODEL:action`. */
  readonly model?: string;
  /** Gemini's API version, as the caller chose it. */
  readonly version?: 'v1' | 'v1beta';
}

/** A limit to the answer: the caller's, or the place where one is put in. */
export type OutputLimit =
  | { readonly kind: 'given'; readonly tokens: number }
  | {
      readonly kind: 'missing';
      readonly path: readonly string[];
      /** What the API answers at most without a limit, where it says so. */
      readonly most?: number;
    }
  /** The operation has no such limit, because it answers no text. */
  | { readonly kind: 'none' };

/** What of a prompt its bytes do not tell. */
export type InputKind = Pick<CallExtent, 'input' | 'inlineImages'>;

/** What the proxy reads of a request. */
export interface RequestFacts {
  /** As the caller named it; undefined where it is left to the workspace's configuration. */
  readonly model: string | undefined;
  readonly streamed: boolean;
  /** Whether the caller asked to see the usage of a stream. */
  readonly usageAsked: boolean;
  readonly outputLimit: OutputLimit;
  readonly extent: Omit<CallExtent, 'outputTokens' | 'bodyBytes'>;
  /** The first parameter whose use is charged apart from tokens, at a price that nobody states. */
  readonly unpricedParameter: string | undefined;
  /** The end-user that the caller attributes the call to, by the body. */
  readonly user: string | undefined;
}

export type RequestReading =
  | { readonly kind: 'facts'; readonly facts: RequestFacts }
  /** `param` is the dotted place of what is wrong. */
  | { readonly kind: 'malformed'; readonly message: string; readonly param: string | null };

/** What the proxy decided to put into the request. */
export interface RequestDecisions {
  /** The model's name for its provider; undefined leaves what the caller wrote. */
  readonly model: string | undefined;
  /** The limit for an answer that has none; undefined leaves the request without. */
  readonly outputTokens: number | undefined;
}

/** A value and its place in a JSON text. */
export interface Placement {
  readonly path: readonly string[];
  readonly json: string;
}

/** What a provider reported about a call. */
export interface Reported {
  readonly consumption: Consumption;
  /** The provider's own bill in US dollars, as it wrote the number; undefined where it sent none. */
  readonly costUsd: string | undefined;
}

/** One server-sent event. */
export interface StreamEvent {
  /** Its bytes on the wire, the blank line that ends it included. */
  readonly raw: Buffer;
  /** The `event` field; empty where there is none. */
  readonly name: string;
  /** The `data` fields, joined by line feeds; empty for a comment. */
  readonly data: string;
  /** Whether its bytes contain a text: cheaper than reading its fields. */
  mentions(text: string): boolean;
}

/**
 * What becomes of an event:
 * - `pass`: it goes on at once.
 * - `hold`: it may be the last but the end, and carries the usage: it waits until the next event passes or the call is
 *   settled. `costPath` leads to the object in its data that the cost is put into.
 * - `hide`: the caller never sees it.
 * - `end`: the answer is complete with it; it waits until the call is settled.
 */
export type EventFate =
  | { readonly kind: 'pass' | 'hide' }
  | { readonly kind: 'hold' | 'end'; readonly costPath?: readonly string[] };

/** Follows one stream. */
export interface StreamReader {
  /** Whether events (as Latin-1) have to be read. True for others too, but never false for one that is not to pass. */
  concerns(events: string): boolean;
  read(event: StreamEvent): EventFate;
  /** What the stream has reported so far; undefined while it has not. */
  reported(): Reported | undefined;
  /** Whether that is the final count, even if the stream breaks now. */
  isFinal(): boolean;
  /** Whether a clean end here is the end of the answer, where no event says that it is. */
  isWhole(): boolean;
  /** The provider's own error, if it has sent one: the caller needs no other. */
  failure(): StreamEvent | undefined;
}

/** Where an operation is found at a provider. */
export interface Endpoint {
  /** Below the provider's base URL. */
  readonly path: string;
  /** The provider's own API, or its imitation of OpenAI's: they take the key in different places. */
  readonly dialect: 'native' | 'openai-compatible';
}

/** One operation of one API shape: all that the proxy has to know of it. */
export interface Operation {
  /** For logs and metrics: `chat.completions`, `generateContent`. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly envelope: Envelope;
  /** `free` calls cost nothing at any provider: they are forwarded without a hold and not counted. */
  readonly charge: 'metered' | 'free';
  /** The provider that must serve it; undefined where the model decides. */
  readonly provider: 'anthropic' | 'google' | undefined;
  /** Objects inside the body that are read too, so that a key must not stand in them twice. */
  readonly nestedObjects: readonly string[];
  /** Query parameters that go to the provider. */
  readonly queryParameters: readonly string[];
  /** Undefined where that provider does not offer the operation. */
  endpoint(provider: ProviderName, model: string, parts: PathParts): Endpoint | undefined;
  read(body: JsonObject, parts: PathParts): RequestReading;
  /** What is put into the request, and where. */
  place(facts: RequestFacts, decisions: RequestDecisions): readonly Placement[];
  /** The usage of an answer that came in one piece; undefined where it has none. */
  readAnswer(text: string, provider: ProviderName): Reported | undefined;
  /** Leads to the object of such an answer that the cost is put into; undefined where the API shows no cost. */
  readonly costPath: readonly string[] | undefined;
  readStream(facts: RequestFacts, provider: ProviderName): StreamReader;
  /** How the input is counted, free of charge, where the answer does not tell it. */
  readonly counting?: Counting;
}

/** A call by which a provider counts the tokens of a request. */
export interface Counting {
  endpoint(model: string, parts: PathParts): Endpoint;
  body(request: JsonObject): string;
  /** Undefined where the answer tells no count. */
  readTokens(text: string): number | undefined;
}
