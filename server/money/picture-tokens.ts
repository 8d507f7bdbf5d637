import type { ModelPrice } from './prices.ts';

/**
 * A picture of a prompt. `unreadable`: it is in the request, and its head does not tell its size. `remote`: the provider
 * fetches it, and nothing is known of it.
 */
export type Picture =
  | { readonly kind: 'sized'; readonly width: number; readonly height: number }
  | { readonly kind: 'unreadable' | 'remote' };

interface PictureRule {
  /** Most tokens of a picture of that many pixels. */
  tokens(width: number, height: number): number;
  /** Most tokens of any picture. `unreadable` and `remote` ones count so. */
  readonly most: number;
  /** Where the provider takes any file where a picture should be: only the context window bounds it. Default false. */
  readonly takesAnyFile?: boolean;
}

/** Models that cut a picture into tiles first make it smaller: no picture has more than 2 by 4 of them. */
function inTiles(base: number, tile: number): PictureRule {
  const most = base + 8 * tile;
  return { tokens: () => most, most };
}

/** Squares of so many pixels, each counted as some tokens. A picture with more than `most` tokens is made smaller. */
function inPatches(pixels: number, factor: number, most: number, mostOfSized = most): PictureRule {
  const patches = (width: number, height: number) => Math.ceil(width / pixels) * Math.ceil(height / pixels);
  return { tokens: (width, height) => Math.min(mostOfSized, Math.ceil(patches(width, height) * factor)), most };
}

/** More than the largest picture counts with any provider. */
const LARGEST = 50_000;

/**
 * https://developers.openai.com/api/docs/guides/images-vision: tiles for older models, patches of 32 pixels for others, times
 * a factor: up to 2.46 is published, 1.2 is what the large models count. Models not named here are bounded by the largest of
 * all. Newer ones scale no picture down that is sent at its full detail.
 */
const OPENAI_RULES: readonly (readonly [RegExp, PictureRule])[] = [
  [/^gpt-4o-mini/, inTiles(2_833, 5_667)],
  [/^(chatgpt-4o|gpt-4o|gpt-4-turbo|gpt-4-vision|gpt-4\.5)/, inTiles(85, 170)],
  [/^(o1|o3)(?!-mini)/, inTiles(75, 150)],
  [/^gpt-5(-chat-latest|-20\d\d.*)?$/, inTiles(85, 170)],
  [/^(gpt-4\.1|gpt-5|gpt-5\.4)-(mini|nano)|^o4-mini/, inPatches(32, 2.46, Math.ceil(1_536 * 2.46))],
  [/^/, inPatches(32, 2.46, LARGEST, Number.POSITIVE_INFINITY)],
];

/**
 * https://platform.claude.com/docs/en/build-with-claude/vision: width times height by 750, about 1,600 at most; with newer
 * models, patches of 28 pixels and 4,784 at most. "About" gets some room.
 */
const ANTHROPIC_RULE: PictureRule = {
  tokens: (width, height) =>
    Math.min(5_000, Math.max(Math.ceil((width * height) / 750), Math.ceil(width / 28) * Math.ceil(height / 28)) + 16),
  most: 5_000,
};

/**
 * https://ai.google.dev/gemini-api/docs/media-resolution: up to 2,240 with Gemini 3. Before it, 258 for each tile
 * (https://ai.google.dev/gemini-api/docs/image-understanding): their side is two thirds of the shorter one, in bounds.
 */
const GOOGLE_RULE: PictureRule = {
  tokens(width, height) {
    const tile = Math.min(768, Math.max(256, Math.floor(Math.min(width, height) / 1.5)));
    return Math.max(2_240, Math.ceil(width / tile) * Math.ceil(height / tile) * 258);
  },
  most: Number.POSITIVE_INFINITY,
  takesAnyFile: true,
};

/** Makers that only OpenRouter serves: patches of 14 pixels are the smallest that any model counts. */
const OTHER_RULE: PictureRule = { ...inPatches(14, 1, LARGEST), takesAnyFile: true };

/** No picture like this counts more tokens with that model. Infinity: only its context window bounds it. */
export function pictureTokens({ provider, model }: ModelPrice, picture: Picture): number {
  const { tokens, most, takesAnyFile = false } = ruleFor(provider, model);
  if (picture.kind === 'sized') return tokens(picture.width, picture.height);
  return picture.kind === 'remote' && takesAnyFile ? Number.POSITIVE_INFINITY : most;
}

function ruleFor(provider: ModelPrice['provider'], model: string): PictureRule {
  const [maker, name] = provider === 'openrouter' ? (model.split('/', 2) as [string, string?]) : [provider, model];
  if (maker === 'anthropic') return ANTHROPIC_RULE;
  if (maker === 'google') return GOOGLE_RULE;
  const rule = maker === 'openai' && OPENAI_RULES.find(([pattern]) => pattern.test(name ?? ''))?.[1];
  if (!rule) return OTHER_RULE;
  // OpenRouter has its own way with what it fetches: it may be a document.
  return provider === 'openrouter' ? { ...rule, takesAnyFile: true } : rule;
}
