import { createHash } from 'node:crypto';
import { isJsonObject, type ProviderCall, positiveInteger } from './api.ts';
import type { Respond } from './script.ts';
import type { LogicalUsage } from './usage.ts';

/** Pieces that a streamed text is cut into when the script does not say. */
const DEFAULT_PIECES = 4;
/** The text repeats at most this much of the prompt, so that a large prompt does not make a large completion. */
const QUOTED_CHARACTERS = 200;
const BYTES_PER_TOKEN = 4;
/** More choices than any provider generates. Bounds the size of the reply. */
const MOST_CHOICES = 128;
/** Small, because tests do not read the numbers. A call that asks for a dimension gets it, up to the maximum. */
const DEFAULT_DIMENSIONS = 16;
const MOST_DIMENSIONS = 4096;

/** What a generating call produces, before an API writes it in its own format. */
export interface Completion {
  readonly text: string;
  /** The text in the pieces in which it is streamed (one, when it is not); joined they are the text. */
  readonly pieces: readonly string[];
  readonly usage: LogicalUsage;
  /** False when the script omits the usage: then it stands nowhere. */
  readonly reportsUsage: boolean;
  /** USD, from the script; undefined leaves it to the API. */
  readonly costUsd: number | undefined;
  /** USD, from the script: what the maker bills beside that; null where OpenRouter does not tell. */
  readonly upstreamCostUsd: number | null | undefined;
  /** True when the output limit cut the text off. */
  readonly cutOff: boolean;
}

export interface CompletionBounds {
  /** Everything that counts as prompt: see {@link promptTexts}. The last text is the one that is quoted. */
  readonly prompt: readonly string[];
  /** Most tokens of one choice, undefined for no limit. */
  readonly outputLimitTokens?: number | undefined;
  /** How many choices are generated from the one prompt. Default 1. */
  readonly choices?: number;
}

/**
 * The deterministic completion. The text, scripted or not, is cut to the output limit as a model's would be. Counts that
 * the script leaves open follow one rule: a text has one token per four bytes of UTF-8, rounded up, at least 1; the
 * output counts once per choice.
 */
export function complete(call: ProviderCall, bounds: CompletionBounds): Completion {
  const { respond } = call;
  const fullText = respond.text ?? greeting(call, bounds.prompt);
  const text = cutToTokens(fullText, bounds.outputLimitTokens);
  return {
    text,
    pieces: call.transport === 'document' ? [text] : splitText(text, respond.chunks ?? DEFAULT_PIECES),
    usage: countUsage(call, bounds.prompt, countTokens([text]) * (bounds.choices ?? 1)),
    reportsUsage: respond.omitUsage !== true,
    costUsd: respond.costUsd,
    upstreamCostUsd: respond.upstreamCostUsd,
    cutOff: text.length < fullText.length,
  };
}

/** How many choices a call asks for, by its `n` or `candidateCount`: 1 without, 128 at most. */
export function choiceCount(wanted: unknown): number {
  return Math.min(positiveInteger(wanted) ?? 1, MOST_CHOICES);
}

/** The scripted usage, or the counts derived from the prompt and an output of `outputTokens`. */
export function countUsage(call: ProviderCall, prompt: readonly string[], outputTokens: number): LogicalUsage {
  return withoutGaps(call.respond.usage ?? { inputTokens: countTokens(prompt), outputTokens });
}

/** Counts as a script states them; what it leaves out is zero. */
export function withoutGaps(counts: NonNullable<Respond['usage']>): LogicalUsage {
  return {
    inputTokens: counts.inputTokens,
    outputTokens: counts.outputTokens,
    cachedInputTokens: counts.cachedInputTokens ?? 0,
    cacheWrite5mTokens: counts.cacheWrite5mTokens ?? 0,
    cacheWrite1hTokens: counts.cacheWrite1hTokens ?? 0,
    reasoningTokens: counts.reasoningTokens ?? 0,
    thoughtsTokens: counts.thoughtsTokens ?? 0,
    toolUsePromptTokens: counts.toolUsePromptTokens ?? 0,
    webSearchRequests: counts.webSearchRequests ?? 0,
  };
}

/** The texts of a prompt: strings, the items of lists, and the `text`, `content` and `parts` of objects, in order. */
export function promptTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(promptTexts);
  if (!isJsonObject(value)) return [];
  return [...promptTexts(value.text), ...promptTexts(value.content), ...promptTexts(value.parts)];
}

/** An embedding: numbers in [-1, 1] that depend on the text alone. */
export function embed(text: string, wantedDimensions: unknown): number[] {
  const dimensions = Math.min(positiveInteger(wantedDimensions) ?? DEFAULT_DIMENSIONS, MOST_DIMENSIONS);
  const vector: number[] = [];
  for (let block = 0; vector.length < dimensions; block += 1) {
    for (const byte of createHash('sha256').update(`${block}:${text}`).digest()) vector.push(byte / 127.5 - 1);
  }
  return vector.slice(0, dimensions);
}

/** One token per four bytes of UTF-8 over all texts together, rounded up, at least 1. */
function countTokens(texts: readonly string[]): number {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return Math.max(1, Math.ceil(bytes / BYTES_PER_TOKEN));
}

function greeting(call: ProviderCall, prompt: readonly string[]): string {
  // A character is at most two UTF-16 units: no need to take a long prompt apart to quote its beginning.
  const beginning = (prompt.at(-1) ?? '').slice(0, 2 * QUOTED_CHARACTERS);
  const said = [...beginning].slice(0, QUOTED_CHARACTERS).join('');
  return `Hello from the ${call.provider} stub (model ${call.model}). You said: ${said}`;
}

function cutToTokens(text: string, limitTokens: number | undefined): string {
  if (limitTokens === undefined || countTokens([text]) <= limitTokens) return text;
  let bytesLeft = limitTokens * BYTES_PER_TOKEN;
  let kept = '';
  for (const character of text) {
    bytesLeft -= Buffer.byteLength(character);
    if (bytesLeft < 0) break;
    kept += character;
  }
  return kept;
}

/** Exactly `count` pieces of nearly equal length; some are empty when there are fewer characters than pieces. */
function splitText(text: string, count: number): string[] {
  const characters = [...text];
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * characters.length) / count);
    const to = Math.floor(((index + 1) * characters.length) / count);
    return characters.slice(from, to).join('');
  });
}
