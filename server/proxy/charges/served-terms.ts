/** What the terms under which a provider served a call do to the price of its tokens. */
import type { Factor, ModelPrice, ProviderName } from '../../money/prices.ts';

/** A term of the service that an answer names: `service_tier` is `priority`. */
export interface ServedTerm {
  readonly field: TermField;
  /** As the provider wrote it, in lower case. */
  readonly value: string;
}

export type TermField = 'service_tier' | 'inference_geo' | 'speed';

/** For every model, or for those that the provider lists, by their names in the price list. */
type TermPrice = Factor | Readonly<Record<string, Factor>>;

const SAME: Factor = [1n, 1n];
const HALF: Factor = [1n, 2n];

/**
 * Names under which every provider serves at its listed price. `scale` (OpenAI), `priority` (Anthropic) and
 * `provisioned_throughput` (Google) stand in the tables: their tokens are paid for in advance, and cost no more.
 */
const LISTED_PRICE = new Set(['default', 'standard', 'auto', 'unspecified', 'on_demand', 'global', 'not_available']);

/**
 * - OpenAI: `priority` is the name of Fast mode in answers; flex is "priced at Batch API rates", which are half.
 * - Anthropic: "1.1x multiplier on all token pricing categories" for `inference_geo: us`; fast mode, a multiple of all token
 *   prices; batches, half.
 * - Google: Flex "50% discount", Priority "75% to 100% more than standard", of which the larger is taken.
 */
const TERM_PAGES: Readonly<Record<ProviderName, string>> = {
  openai: 'https://openai.com/api-fast-mode, https://developers.openai.com/api/docs/guides/flex-processing',
  anthropic: 'https://platform.claude.com/docs/en/about-claude/pricing',
  google: 'https://ai.google.dev/gemini-api/docs/optimization',
  openrouter: '',
};

/**
 * Multipliers of token prices, by what the answer says. Searches are not multiplied. {@link TERM_PAGES} say so.
 */
const TERM_PRICES: Readonly<Record<ProviderName, Partial<Record<TermField, Readonly<Record<string, TermPrice>>>>>> = {
  openai: {
    service_tier: {
      scale: SAME,
      flex: HALF,
      priority: {
        'gpt-4.1': [7n, 4n],
        'gpt-4.1-mini': [7n, 4n],
        'gpt-4.1-nano': [2n, 1n],
        'gpt-4o': [17n, 10n],
        'gpt-4o-2024-05-13': [7n, 4n],
        'gpt-4o-mini': [5n, 3n],
        'gpt-5': [2n, 1n],
        'gpt-5-mini': [9n, 5n],
        'gpt-5.1': [2n, 1n],
        'gpt-5.2': [2n, 1n],
        'gpt-5.4': [2n, 1n],
        'gpt-5.4-mini': [2n, 1n],
        'gpt-5.5': [5n, 2n],
        'gpt-5.6-luna': [2n, 1n],
        'gpt-5.6-sol': [2n, 1n],
        'gpt-5.6-terra': [2n, 1n],
        o3: [7n, 4n],
        'o4-mini': [20n, 11n],
      },
    },
  },
  anthropic: {
    service_tier: { priority: SAME, batch: HALF },
    inference_geo: { us: [11n, 10n] },
    speed: {
      fast: {
        'claude-opus-4-6': [6n, 1n],
        'claude-opus-4-7': [6n, 1n],
        'claude-opus-4-8': [2n, 1n],
        'claude-opus-5': [2n, 1n],
      },
    },
  },
  google: {
    service_tier: {
      flex: HALF,
      on_demand_flex: HALF,
      priority: [2n, 1n],
      on_demand_priority: [2n, 1n],
      provisioned_throughput: SAME,
    },
  },
  // OpenRouter sends its bill. Without one, the dearest of the makers' multipliers stands in.
  openrouter: {},
};

/** The multiplier for the terms of a call, and the terms whose price is not known. */
interface TermsPrice {
  readonly factor: Factor;
  readonly unknown: readonly TermField[];
}

/**
 * What the terms do to the token prices of a model. A term or model that is in no table costs as much as the dearest that
 * is, and is named in `unknown`: so nobody is charged too little, and the operator learns of it.
 */
export function priceTerms(price: ModelPrice, terms: readonly ServedTerm[]): TermsPrice {
  let factor = SAME;
  const unknown: TermField[] = [];
  for (const { field, value } of terms) {
    if (LISTED_PRICE.has(value)) continue;
    const listed = findFactor(price, field, value);
    if (listed === undefined) unknown.push(field);
    const [times, dividedBy] = listed ?? dearestFactor(price.provider, field);
    factor = [factor[0] * times, factor[1] * dividedBy];
  }
  return { factor, unknown };
}

function findFactor({ provider, model }: ModelPrice, field: TermField, value: string): Factor | undefined {
  const found = TERM_PRICES[provider][field]?.[value];
  if (found === undefined || isFactor(found)) return found;
  return found[model];
}

function dearestFactor(provider: ProviderName, field: TermField): Factor {
  const own = TERM_PRICES[provider][field];
  const tables = own === undefined ? Object.values(TERM_PRICES).map((fields) => fields[field] ?? {}) : [own];
  const factors = tables
    .flatMap((table) => Object.values(table))
    .flatMap((found) => (isFactor(found) ? [found] : Object.values(found)));
  return factors.reduce((dearest, other) => (isDearer(other, dearest) ? other : dearest), SAME);
}

function isDearer([times, dividedBy]: Factor, other: Factor): boolean {
  return times * other[1] > other[0] * dividedBy;
}

function isFactor(found: TermPrice): found is Factor {
  return Array.isArray(found);
}

/** A line of the printed table. */
export interface TermRow {
  readonly provider: ProviderName;
  readonly field: TermField;
  readonly value: string;
  /** Undefined: every model. */
  readonly models: readonly string[] | undefined;
  /** Multiplies token prices: `2`, `7/4`. */
  readonly factor: string;
  readonly clause: string;
}

/** All multipliers, to be printed; models that share one stand in one line. */
export function termRows(): readonly TermRow[] {
  const providers = Object.keys(TERM_PRICES) as ProviderName[];
  return providers.flatMap((provider) =>
    (Object.keys(TERM_PRICES[provider]) as TermField[]).flatMap((field) =>
      Object.entries(TERM_PRICES[provider][field] ?? {}).flatMap(([value, found]): readonly TermRow[] => {
        const row = { provider, field, value, clause: TERM_PAGES[provider] };
        if (isFactor(found)) return [{ ...row, models: undefined, factor: printFactor(found) }];
        const byFactor = Map.groupBy(Object.entries(found), ([, factor]) => printFactor(factor));
        return [...byFactor].map(([factor, own]) => ({ ...row, models: own.map(([model]) => model), factor }));
      }),
    ),
  );
}

function printFactor([times, dividedBy]: Factor): string {
  return dividedBy === 1n ? `${times}` : `${times}/${dividedBy}`;
}
