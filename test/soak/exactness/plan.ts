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
  /** `n`, `candidateCount`. */
  readonly answers: number;
  /** Undefined: the caller sets none. */
  readonly outputLimit: number | undefined;
  readonly usageAsked: boolean;
  readonly usage: Usage;
  /** The provider's own bill, US dollars, where its API has a place for it. */
  readonly bill: number | undefined;
  readonly text: string;
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
