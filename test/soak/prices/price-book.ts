import { findProvider } from '@pydantic/genai-prices';
import type { ListedPrice } from '../../harness/cost.ts';
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

export interface PriceBook {
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
  return {
    priceOf(maker, model, inputTokens) {
      const own = operatorPrices[model];
      return own?.provider === maker ? statedPrice(own) : cataloguePrice(maker, model, inputTokens, at);
    },
  };
}

function cataloguePrice(maker: Maker, model: string, inputTokens: number, at: number): ListedPrice {
  const id = LISTED_AS[model] ?? model;
  const listed = findProvider({ providerId: maker })?.models.find((candidate) => candidate.id === id);
  if (listed === undefined) throw new Error(`the catalogue lacks ${maker} ${id}`);
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

function statedPrice(own: OperatorPrice): ListedPrice {
  const write5m = own.cache_write_5m ?? own.input;
  const write1h = own.cache_write_1h ?? write5m;
  return { input: own.input, cached: own.cached_input ?? own.input, write5m, write1h, output: own.output, search: '0' };
}
