import type { Micro } from './microcredits.ts';
import {
  AUDIO_INPUT_METERS,
  costForUnits,
  dearestRate,
  dearestRates,
  type ModelPrice,
  OUTPUT_METERS,
  TEXT_INPUT_METERS,
} from './prices.ts';

/** How large a call can become, as far as its request tells. */
export interface CallExtent {
  /** UTF-8 bytes of the request body: no tokenizer makes more tokens of a text than it has bytes. */
  readonly bodyBytes: number;
  /**
   * `text`: all input is in the body. `opaque`: some of it is elsewhere or packed (a URL, a file id, a PDF, sound), so that
   * the body's size says nothing and the context window is the bound.
   */
  readonly input: 'text' | 'opaque';
  /** Pictures inside the body: their tokens follow their dimensions, not their bytes. */
  readonly inlineImages: number;
  /** Providers put instructions of their own before the prompt when tools are declared. */
  readonly declaresTools: boolean;
  /** Prompts that are answered apart, each with its own context window (completions, embeddings). Default 1. */
  readonly prompts?: number;
  /** How often the model may read everything anew, because the provider runs tools in between. Default 1. */
  readonly turns?: number;
  /** Answers to each prompt: `n`, `candidateCount`. */
  readonly answers: number;
  /** Most tokens of one answer: the caller's limit, or the one put in for it. */
  readonly outputTokens: number;
  /** Output that can be charged beyond the limit: a predicted output that is rejected. */
  readonly extraOutputTokens?: number;
  /** Most searches that the provider can run by itself. */
  readonly webSearches: number;
}

/**
 * Put in where the caller sets no limit to the answer, if the model can answer that much: room for an answer with its
 * reasoning, small enough that a free account can hold it. Forwarded, so that the bound holds.
 */
export const OUTPUT_CAP_TOKENS = 16_384;

/** The context window where the price list says none: as large as any it lists. */
export const ASSUMED_CONTEXT_TOKENS = 2_000_000;

/** More than the largest picture counts with any provider (OpenAI's small models: 48,169 for the most tiles). */
const IMAGE_TOKENS = 50_000;

/** More than the instructions that providers add for declared tools (Anthropic: up to about 1,300). */
const TOOL_PROMPT_TOKENS = 2_048;

/** The limit put in for a call without one. */
export function outputCap(price: ModelPrice): number {
  const most = price.maxOutputTokens ?? OUTPUT_CAP_TOKENS;
  // An answer shares the window with its prompt: half of a small window each.
  return Math.min(most, OUTPUT_CAP_TOKENS, Math.floor((price.contextTokens ?? ASSUMED_CONTEXT_TOKENS) / 2));
}

/** No call of this extent has more input tokens. */
export function inputBound(price: ModelPrice, extent: CallExtent): number {
  const window = (price.contextTokens ?? ASSUMED_CONTEXT_TOKENS) * (extent.prompts ?? 1) * (extent.turns ?? 1);
  if (extent.input === 'opaque') return window;
  const hidden = (extent.declaresTools ? TOOL_PROMPT_TOKENS : 0) + extent.inlineImages * IMAGE_TOKENS;
  return Math.min(extent.bodyBytes + hidden, window);
}

/** No call of this extent costs more: full input, the output limit for every answer, the dearest rates in reach. */
export function upperBound(price: ModelPrice, extent: CallExtent): Micro {
  const inputTokens = inputBound(price, extent);
  const rates = dearestRates(price, inputTokens);
  const inputMeters = extent.input === 'opaque' ? [...TEXT_INPUT_METERS, ...AUDIO_INPUT_METERS] : TEXT_INPUT_METERS;
  const answers = BigInt(extent.answers) * BigInt(extent.prompts ?? 1);
  const outputTokens = BigInt(extent.outputTokens + (extent.extraOutputTokens ?? 0)) * answers;
  return costForUnits([
    [BigInt(inputTokens), dearestRate(rates, inputMeters)],
    [outputTokens, dearestRate(rates, OUTPUT_METERS)],
    [BigInt(extent.webSearches), rates.webSearch],
  ]);
}
