import type { Micro } from './microcredits.ts';
import { type Picture, pictureTokens } from './picture-tokens.ts';
import {
  AUDIO_INPUT_METERS,
  type Consumption,
  costForUnits,
  dearestRate,
  dearestRates,
  type ModelPrice,
  OUTPUT_METERS,
  ratesFor,
  TEXT_INPUT_METERS,
  unitsAtPrice,
} from './prices.ts';

/** How large a call can become, as far as its request tells. */
export interface CallExtent {
  /** UTF-8 bytes of the request body: no tokenizer makes more tokens of a text than it has bytes. */
  readonly bodyBytes: number;
  /** Of these, what is a picture or sound in base64. It is not read as text; `pictures` and `soundTokens` count it. */
  readonly packedBytes: number;
  readonly pictures: readonly Picture[];
  /** Most tokens of the sound inside the body. */
  readonly soundTokens: number;
  /**
   * Most tokens of what is not in the body, or says nothing by its size: a stored response, a PDF. Infinity where nothing
   * but the context window bounds it; there may be sound in it.
   */
  readonly unseenTokens: number;
  /**
   * Whether there may be more of it when the call comes than a count before it shows: what tools find, a file at a URL, whose
   * server may send another one each time. Default false.
   */
  readonly mayGrow?: boolean;
  /** Most tokens of a prompt as its provider has counted it before the call, see {@link withCount}. Default Infinity. */
  readonly countedTokens?: number;
  /** Providers put instructions of their own before the prompt when tools are declared. */
  readonly declaresTools: boolean;
  /** Prompts that are answered apart, each with its own context window (completions, embeddings). Default 1. */
  readonly prompts?: number;
  /** How often the model may read everything anew, because the provider runs tools in between. Default 1. */
  readonly turns?: number;
  /** A context window that the caller asked for, where it is larger than the listed one. Default 0. */
  readonly windowTokens?: number;
  /** Most tokens that tools of the provider find, in all turns: each of them is read in every turn that follows. Default 0. */
  readonly foundTokens?: number;
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

/** More than the instructions that providers add for declared tools (Anthropic: up to about 1,300). */
const TOOL_PROMPT_TOKENS = 2_048;

/** The limit put in for a call without one. */
export function outputCap(price: ModelPrice): number {
  const most = price.maxOutputTokens ?? OUTPUT_CAP_TOKENS;
  // An answer shares the window with its prompt: half of a small window each.
  return Math.min(most, OUTPUT_CAP_TOKENS, Math.floor((price.contextTokens ?? ASSUMED_CONTEXT_TOKENS) / 2));
}

/** By how much a provider's count of an input may be below what it bills. */
export interface CountMargin {
  /** Of the count: 0.1 is a tenth. */
  readonly share: number;
  /** Whether a picture may count less than it is billed: then all of them are held besides. */
  readonly pictures: boolean;
}

/** What a share of a small count does not cover: the frame around a prompt. */
const COUNT_SLACK_TOKENS = 512;

/** The extent of a call whose provider has counted its input. */
export function withCount(price: ModelPrice, extent: CallExtent, tokens: number, margin: CountMargin): CallExtent {
  const besides = COUNT_SLACK_TOKENS + (margin.pictures ? sumPictures(price, extent) : 0);
  return { ...extent, countedTokens: Math.ceil(tokens * (1 + margin.share)) + besides };
}

/** Whether the provider reads what it has counted before, and nothing else. */
export function isCountable({ mayGrow = false, pictures, prompts = 1 }: CallExtent): boolean {
  return !mayGrow && prompts === 1 && pictures.every(({ kind }) => kind !== 'remote');
}

function sumPictures(price: ModelPrice, { pictures }: CallExtent): number {
  return pictures.reduce((sum, picture) => sum + pictureTokens(price, picture), 0);
}

/** No call of this extent has more input tokens. */
export function inputBound(price: ModelPrice, extent: CallExtent): number {
  const { bodyBytes, packedBytes, soundTokens, unseenTokens, declaresTools, prompts = 1, turns = 1 } = extent;
  const window = Math.max(price.contextTokens ?? ASSUMED_CONTEXT_TOKENS, extent.windowTokens ?? 0);
  const hidden = (declaresTools ? TOOL_PROMPT_TOKENS : 0) + soundTokens + unseenTokens;
  const seen = bodyBytes - packedBytes + hidden + sumPictures(price, extent);
  const tokens = Math.min(seen, extent.countedTokens ?? seen);
  // Each turn reads what the turns before it wrote, and what their tools found.
  const added = (turns - 1) * (extent.outputTokens + (extent.foundTokens ?? 0));
  return Math.min(tokens * turns + added, window * prompts * turns);
}

/** What is known of a call whose end did not come. */
export interface KnownUse {
  /** All its input, as its provider has told it. Undefined where it has not. */
  readonly input?: Consumption | undefined;
  /** The most tokens that each of its answers can have. Default: the output limit. */
  readonly outputTokens?: number | undefined;
}

/**
 * No call of this extent costs more: full input, the output limit for every answer, the dearest rates in reach; less where
 * more is known.
 */
export function upperBound(price: ModelPrice, extent: CallExtent, known: KnownUse = {}): Micro {
  const { input, outputRate } = known.input ? told(price, known.input) : rated(price, extent);
  const mostTokens = Math.min(extent.outputTokens, known.outputTokens ?? Number.POSITIVE_INFINITY);
  const outputTokens = BigInt(mostTokens + (extent.extraOutputTokens ?? 0));
  return costForUnits([...input, [outputTokens * answerCount(extent), outputRate]]);
}

/** Whether a provider that tells the input of a call has told all of it: it reads nothing more later. */
export function readsOnce({ prompts = 1, turns = 1, webSearches, declaresTools, mayGrow }: CallExtent): boolean {
  const mayFetch = declaresTools && mayGrow === true;
  return prompts === 1 && turns === 1 && webSearches === 0 && !mayFetch;
}

/** The same as {@link rated}, for input that is known. */
function told(price: ModelPrice, consumption: Consumption): ReturnType<typeof rated> {
  const noOutput = { outputTokens: 0, audioOutputTokens: 0, imageOutputTokens: 0, webSearches: 0 };
  return {
    input: unitsAtPrice(price, { ...consumption, ...noOutput }),
    outputRate: dearestRate(ratesFor(price, consumption.inputTokens), OUTPUT_METERS),
  };
}

/** The largest output limit below that of the extent with which the call costs at most that amount; 0 where none does. */
export function outputCovered(price: ModelPrice, extent: CallExtent, amountMicro: Micro): number {
  let [covered, tooMany] = [0, extent.outputTokens];
  while (tooMany - covered > 1) {
    const outputTokens = Math.floor((covered + tooMany) / 2);
    if (upperBound(price, { ...extent, outputTokens }) <= amountMicro) covered = outputTokens;
    else tooMany = outputTokens;
  }
  return covered;
}

/** The input as units with their dearest rates, and the dearest rate of the output. */
function rated(price: ModelPrice, extent: CallExtent) {
  const inputTokens = inputBound(price, extent);
  const rates = dearestRates(price, inputTokens);
  // In what nobody has seen, everything may be sound.
  const mostSound = extent.unseenTokens === Number.POSITIVE_INFINITY ? inputTokens : extent.soundTokens;
  const sound = Math.min(inputTokens, mostSound * (extent.turns ?? 1));
  const input: readonly (readonly [units: bigint, rate: bigint])[] = [
    [BigInt(inputTokens - sound), dearestRate(rates, TEXT_INPUT_METERS)],
    [BigInt(sound), dearestRate(rates, [...TEXT_INPUT_METERS, ...AUDIO_INPUT_METERS])],
    [BigInt(extent.webSearches), rates.webSearch],
  ];
  return { input, outputRate: dearestRate(rates, OUTPUT_METERS) };
}

function answerCount({ answers, prompts = 1 }: CallExtent): bigint {
  return BigInt(answers) * BigInt(prompts);
}
