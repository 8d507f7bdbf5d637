import type { Picture } from '../../harness/attachments.ts';
import type { Maker } from '../prices/price-book.ts';

/** One request, drawn whole before it is sent: what the caller asks, what the provider answers, and what goes wrong. */
export interface Plan {
  readonly shape: Shape;
  readonly model: { readonly maker: Maker; readonly name: string };
  /** The plain routes, or the provider's native ones. */
  readonly native: boolean;
  /** Gemini's API version; the others have one. */
  readonly version: 'v1' | 'v1beta';
  readonly transport: 'document' | 'sse' | 'json-array';
  readonly payer: 'rich' | 'second' | 'poor' | 'own-key';
  readonly prompt: string;
  readonly carried: Carried;
  /** Something whose cost no list tells. */
  readonly unpriced: 'nothing' | 'tier' | 'tool';
  /** `n`, `candidateCount`. */
  readonly answers: number;
  /** Undefined: the caller sets none. */
  readonly outputLimit: number | undefined;
  readonly usageAsked: boolean;
  readonly usage: Usage;
  /** Requests that the provider made by itself; the counts of `usage` leave them out. */
  readonly iterations: readonly Iteration[];
  /** How the call was served, where that is not how it was asked for. */
  readonly served: Served;
  /** The provider's own bill, US dollars, where its API has a place for it. */
  readonly bill: number | undefined;
  readonly text: string;
  /** How long the provider thinks before it answers. */
  readonly thinksMs: number;
  readonly chunks: number;
  readonly chunking: Chunking;
  readonly fault: PlannedFailure;
  readonly leaves: Leaving;
}

export type Shape =
  | 'chat'
  | 'completions'
  | 'responses'
  | 'embeddings'
  | 'messages'
  | 'generateContent'
  | 'embedContent'
  | 'batchEmbedContents';

/** What a request brings beside its text. */
export interface Carried {
  readonly pictures: readonly Picture[];
  /** Of a PDF; 0: there is none. */
  readonly pages: number;
  /** Whether pictures and PDF stand at a URL. */
  readonly isRemote: boolean;
  /** Characters of what the model thought in earlier turns, encrypted. */
  readonly thoughtCharacters: number;
  /** Functions that run at the caller. */
  readonly functions: number;
  /** Most searches of the provider's own tool; 0: the tool is not offered. */
  readonly mostSearches: number;
  /** Whether the provider may shorten the context. */
  readonly compacts: boolean;
  /** Gemini's budget for thoughts, beside the output limit. */
  readonly thinkingBudget: number;
}

/** `message`: a try of the model that was asked for, before another one answered. */
export interface Iteration {
  readonly type: 'compaction' | 'advisor_message' | 'message';
  readonly model: string;
  readonly usage: Usage;
}

export interface Served {
  readonly model?: string;
  readonly serviceTier?: string;
  readonly inferenceGeo?: string;
  readonly speed?: string;
}

/** As the stub's scripts take it. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWrite5mTokens: number;
  readonly cacheWrite1hTokens: number;
  readonly reasoningTokens: number;
  readonly thoughtsTokens: number;
  readonly toolUsePromptTokens: number;
  readonly webSearchRequests: number;
}

export type Chunking = 'event' | 'byte' | 'crlf' | 'comments' | 'no-final-newline' | { readonly bytes: number };

export type PlannedFailure =
  | { readonly kind: 'none' | 'omits-usage' | 'breaks-before-head' | 'breaks-before-end' | 'refuses-to-count' }
  | { readonly kind: 'error'; readonly status: number; readonly reportsUsage: boolean }
  | { readonly kind: 'error-in-stream'; readonly afterChunks: number; readonly reportsUsage: boolean }
  | { readonly kind: 'breaks-off' | 'ends-early'; readonly afterChunks: number };

/** How the caller leaves; `at-any-time` may be before anything was forwarded, or after the end. */
export type Leaving =
  | { readonly kind: 'stays' | 'in-its-body' | 'when-forwarded' | 'when-answered' }
  | { readonly kind: 'at-any-time'; readonly afterMs: number };
