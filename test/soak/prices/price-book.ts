import { findProvider } from '@pydantic/genai-prices';
import type { ChargedUse, ListedPrice } from '../../harness/cost.ts';
import type { OperatorPrice, OperatorPrices } from './operator-prices.ts';

export type Maker = 'openai' | 'anthropic' | 'google';

/** As much as any model reads, where no list says how much. */
const LARGEST_WINDOW = 2_000_000;

/** Tokens that a model reads at most, by every list that may be asked. */
export function contextWindow(maker: Maker, model: string): number {
  const id = LISTED_AS[model] ?? model;
  const lists = [
    ['openrouter', `${maker}/${id}`],
    [maker, id],
  ] as const;
  const windows = lists.map(
    ([provider, name]) =>
      findProvider({ providerId: provider })?.models.find((listed) => listed.id === name)?.context_window,
  );
  return Math.min(...windows.map((window) => window ?? LARGEST_WINDOW));
}

/** How a call was served. */
export interface Terms {
  readonly serviceTier?: string;
  readonly inferenceGeo?: string;
  readonly speed?: string;
}

export interface PriceBook {
  /** OpenRouter's price of a model that it lists under the maker's name. */
  openRouterPrice(maker: Maker, model: string, inputTokens: number): ListedPrice | undefined;
  /** The price of a model on other terms than the usual ones. */
  priceOn(terms: Terms, maker: Maker, model: string, inputTokens: number): Omit<ChargedUse, 'used'>;
  /** The price of a model for a call with that much input. Throws for a model that the book lacks. */
  priceOf(maker: Maker, model: string, inputTokens: number): ListedPrice;
}

/** Names under which the catalogue keeps a model that is called by another one. */
const LISTED_AS: Readonly<Record<string, string>> = {
  'gpt-4o-2024-08-06': 'gpt-4o',
  'claude-haiku-4-5-20251001': 'claude-haiku-4-5',
};

/** The operator's prices over the catalogue of @pydantic/genai-prices, as it stands at a time. */
export function createPriceBook(operatorPrices: OperatorPrices, at: number): PriceBook {
  const usualPrice: PriceBook['priceOf'] = (maker, model, inputTokens) => {
    const own = operatorPrices[model];
    // What an operator does not state of searches is as in the catalogue.
    const search = cataloguePrice(maker, model, inputTokens, at)?.search ?? '0';
    return own?.provider === maker
      ? { ...statedPrice(own), search }
      : priceIn(maker, LISTED_AS[model] ?? model, inputTokens, at);
  };
  return {
    priceOf: usualPrice,
    openRouterPrice: (maker, model, inputTokens) => cataloguePrice('openrouter', `${maker}/${model}`, inputTokens, at),
    priceOn({ serviceTier, inferenceGeo, speed }, maker, model, inputTokens) {
      const usual = usualPrice(maker, model, inputTokens);
      const priority = serviceTier === 'priority' && maker === 'openai' ? PRIORITY[model] : undefined;
      if (serviceTier === 'priority' && maker === 'openai' && priority === undefined) {
        throw new Error(`no page has a priority price for ${model}`);
      }
      const fractions: readonly Fraction[] = [
        ...(serviceTier === 'flex' ? [HALF] : []),
        ...(serviceTier === 'priority' && maker === 'google' ? [GOOGLE_PRIORITY] : []),
        ...(inferenceGeo === 'us' ? [IN_ONE_REGION] : []),
        ...(speed === 'fast' ? [FAST] : []),
      ];
      const times = fractions.reduce<Fraction>(([a, b], [c, d]) => [a * c, b * d], [1, 1]);
      return { price: priority === undefined ? usual : { ...usual, ...priority }, times };
    },
  };
}

function listedAlike(input: string, cached: string, output: string): Partial<ListedPrice> {
  return { input, cached, write5m: input, write1h: input, output };
}

/** https://platform.openai.com/docs/pricing, the table of the priority tier: input, cached input, output. */
const PRIORITY: Readonly<Record<string, Partial<ListedPrice>>> = {
  'gpt-4o-mini': listedAlike('0.25', '0.125', '1'),
  'gpt-4o-2024-08-06': listedAlike('4.25', '2.125', '17'),
  'gpt-4.1-nano': listedAlike('0.2', '0.05', '0.8'),
  'gpt-5-mini': listedAlike('0.45', '0.045', '3.6'),
  o3: listedAlike('3.5', '0.875', '14'),
};
type Fraction = readonly [numerator: number, denominator: number];
/** The flex tiers of OpenAI and Google: half. */
const HALF: Fraction = [1, 2];
/** https://ai.google.dev/gemini-api/docs/optimization: 75 to 100 percent more. */
const GOOGLE_PRIORITY: Fraction = [2, 1];
/** https://platform.claude.com/docs/en/about-claude/pricing: 1.1 times in the US alone. */
const IN_ONE_REGION: Fraction = [11, 10];
/** https://platform.claude.com/docs/en/about-claude/pricing, fast mode of Claude Opus 4.6: 30 and 150 dollars. */
const FAST: Fraction = [6, 1];

function priceIn(maker: Maker, id: string, inputTokens: number, at: number): ListedPrice {
  const price = cataloguePrice(maker, id, inputTokens, at);
  if (price === undefined) throw new Error(`the catalogue lacks ${maker} ${id}`);
  return price;
}

function cataloguePrice(
  providerId: Maker | 'openrouter',
  id: string,
  inputTokens: number,
  at: number,
): ListedPrice | undefined {
  const listed = findProvider({ providerId })?.models.find((candidate) => candidate.id === id);
  if (listed === undefined) return undefined;
  const periods = Array.isArray(listed.prices) ? listed.prices : [{ prices: listed.prices }];
  const current = periods.findLast(({ constraint }) => constraint === undefined || startsBefore(constraint, at));
  if (current === undefined) throw new Error(`${id} has no price now`);
  const read = (key: string, otherwise: string): string => {
    const price = current.prices[key];
    if (price === undefined) return otherwise;
    if (typeof price === 'number') return String(price);
    const reached = price.tiers.filter((tier) => inputTokens > boundary(tier.start)).sort((a, b) => b.start - a.start);
    return String(reached[0]?.price ?? price.base);
  };
  const input = read('input_mtok', '0');
  const write5m = read('cache_write_mtok', input);
  return {
    input,
    cached: read('cache_read_mtok', input),
    write5m,
    write1h: read('cache_write_1h_mtok', write5m),
    output: read('output_mtok', '0'),
    search: read('web_searches_kcount', '0'),
  };
}

/** OpenAI's pages say above 272,000 tokens, the catalogue above 271,999. */
function boundary(start: number): number {
  return start === 271_999 ? 272_000 : start;
}

function startsBefore(constraint: { readonly type: string }, at: number): boolean {
  return 'start_date' in constraint && Date.parse(String(constraint.start_date)) <= at;
}

function statedPrice(own: OperatorPrice): Omit<ListedPrice, 'search'> {
  const write5m = own.cache_write_5m ?? own.input;
  const write1h = own.cache_write_1h ?? write5m;
  return { input: own.input, cached: own.cached_input ?? own.input, write5m, write1h, output: own.output };
}
