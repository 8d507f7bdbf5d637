import type { Picture } from '../../harness/attachments.ts';
import { contextWindow } from '../prices/price-book.ts';
import type { Carried, Plan } from './plan.ts';

/**
 * The most that a provider counts for a request, as its own pages say. A plan's usage is never above it: what it costs at the
 * listed price has to be held.
 */

/** A request as far as its counts depend on it. */
export type Countable = Pick<Plan, 'shape' | 'model' | 'prompt' | 'carried' | 'outputLimit' | 'answers'>;

/** What a model writes at most, where that is less than 16,384 tokens. */
const MOST_OUTPUT: Readonly<Record<string, number>> = { 'claude-3-haiku': 4_096, 'gpt-3.5-turbo-instruct': 2_048 };

/** Put in by the platform for a call that sets no limit (docs/operate.md); completions have a limit of their own. */
const PUT_IN_TOKENS = 16_384;
const COMPLETION_TOKENS = 16;

/** Whether another model of the maker reads and writes as much at least. */
export function isAsLarge({ maker, name }: Plan['model'], other: string): boolean {
  const output = (model: string) => MOST_OUTPUT[model] ?? PUT_IN_TOKENS;
  return contextWindow(maker, other) >= contextWindow(maker, name) && output(other) >= output(name);
}

/** Output of all answers, without Gemini's thoughts beyond the limit. */
export function mostOutput({ shape, model: { name }, outputLimit, answers }: Countable): number {
  const limit = outputLimit ?? (shape === 'completions' ? COMPLETION_TOKENS : PUT_IN_TOKENS);
  return Math.min(limit, MOST_OUTPUT[name] ?? PUT_IN_TOKENS) * answers;
}

/** Input of all requests that the provider makes of one, when it searches so often in between. */
export function mostInput(request: Countable, searches: number): number {
  const { model, carried } = request;
  const window = contextWindow(model.maker, model.name);
  const once =
    Buffer.byteLength(request.prompt) +
    carried.pictures.reduce((sum, picture) => sum + pictureTokens(model, picture), 0) +
    carried.pages * pageTokens(model) +
    thoughtTokens(carried) +
    toolTokens(model, carried);
  const turns = Array.from({ length: searches + 1 }, (_, turn) => once + turn * FOUND_TOKENS);
  return turns.reduce((sum, tokens) => sum + Math.min(window, tokens), 0);
}

/** What one search brings. No page says; a context of 128,000 tokens holds what OpenAI's search finds. */
const FOUND_TOKENS = 20_000;

/** A token of a text has four characters on average, and of base64 three quarters of that; two are rare. */
function thoughtTokens({ thoughtCharacters }: Carried): number {
  return Math.floor((thoughtCharacters * 3) / 4 / 2);
}

/** https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview: up to 530 tokens explain the use of tools. */
function toolTokens({ maker }: Plan['model'], { functions, mostSearches }: Carried): number {
  return maker === 'anthropic' && functions + mostSearches > 0 ? 530 : 0;
}

/**
 * https://platform.claude.com/docs/en/build-with-claude/pdf-support: 1,500 to 3,000 tokens of text for a page, and its picture.
 * https://ai.google.dev/gemini-api/docs/document-processing: a page is 258 tokens; Gemini 3 counts 1,120 for a picture.
 */
function pageTokens({ maker, name }: Plan['model']): number {
  if (maker === 'google') return isGemini2(name) ? 258 : 1_120;
  return 3_000 + 1_600;
}

function pictureTokens({ maker, name }: Plan['model'], picture: Picture): number {
  if (maker === 'anthropic') return inArea(picture);
  if (maker === 'google') return isGemini2(name) ? inCrops(picture) : 1_120;
  const tiles = TILES[name];
  return tiles === undefined ? inPatches(name, picture) : inTiles(tiles, picture);
}

function isGemini2(name: string): boolean {
  return name.startsWith('gemini-2');
}

/** https://platform.claude.com/docs/en/build-with-claude/vision: at most 1,568 pixels at the long edge, and about 1,600 tokens. */
function inArea({ width, height }: Picture): number {
  const scale = Math.min(1, 1_568 / Math.max(width, height));
  return Math.min(1_600, Math.ceil((width * scale * height * scale) / 750));
}

/** https://ai.google.dev/gemini-api/docs/image-understanding: 258 up to 384 pixels, else 258 for each tile. */
function inCrops({ width, height }: Picture): number {
  if (Math.max(width, height) <= 384) return 258;
  const side = Math.min(768, Math.max(256, Math.floor(Math.min(width, height) / 1.5)));
  return Math.ceil(width / side) * Math.ceil(height / side) * 258;
}

/** https://developers.openai.com/api/docs/guides/images-vision: a base, and so much for each tile of 512 pixels. */
const TILES: Readonly<Record<string, readonly [base: number, tile: number]>> = {
  'gpt-4o-mini': [2_833, 5_667],
  'gpt-4o-2024-08-06': [85, 170],
  o3: [75, 150],
};

/** Made to fit 2,048 pixels, then to 768 at the short edge. */
function inTiles([base, tile]: readonly [number, number], { width, height }: Picture): number {
  const fitting = Math.min(1, 2_048 / Math.max(width, height));
  const scale = fitting * Math.min(1, 768 / (Math.min(width, height) * fitting));
  return base + tile * Math.ceil((width * scale) / 512) * Math.ceil((height * scale) / 512);
}

/** The same page: patches of 32 pixels times a factor of the model, in a budget of patches. */
function inPatches(name: string, { width, height }: Picture): number {
  const [budget, factor] = PATCHES[name] ?? [10_000, 1.2];
  return Math.ceil(Math.min(budget, Math.ceil(width / 32) * Math.ceil(height / 32)) * factor);
}

const PATCHES: Readonly<Record<string, readonly [budget: number, factor: number]>> = {
  'gpt-4.1-mini': [1_536, 1.62],
  'gpt-4.1-nano': [1_536, 2.46],
  'gpt-5-mini': [1_536, 1.62],
};
