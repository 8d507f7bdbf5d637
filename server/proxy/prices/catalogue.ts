import { type Provider as CatalogueProvider, findProvider, type ModelInfo } from '@pydantic/genai-prices';
import type { ModelPrice, ProviderName } from '../../money/prices.ts';
import { ALIASES } from './aliases.ts';
import { literalNames, withoutDate } from './catalogue-names.ts';
import { rateTable } from './catalogue-rates.ts';
import { mostOutputTokens } from './output-limits.ts';

/** A price and the day from which it holds, milliseconds. */
interface Period {
  readonly from: number;
  readonly price: ModelPrice;
}

/** Oldest first; empty where the catalogue knows the model but no usable price. */
type Periods = readonly Period[];

/** How a name led to a price: as the model's id, another name that the list states, an alias of ours, or with a date. */
export type CatalogueMatch = 'id' | 'listed_name' | 'alias' | 'date_suffix';

interface Entry {
  readonly by: CatalogueMatch;
  readonly periods: Periods;
}

export interface Catalogue {
  /** The price of a model at a time, and how its name led there; undefined where its exact name has none. */
  find(
    provider: ProviderName,
    model: string,
    at: number,
  ): { readonly by: CatalogueMatch; readonly price: ModelPrice } | undefined;
  /** Every name with a price at that time, but for dated ones that are not listed. */
  names(provider: ProviderName, at: number): readonly string[];
}

/** Reads the bundled catalogue once; looking up is then a few look-ups in maps. */
export function createCatalogue(): Catalogue {
  const books = {
    openai: readProvider('openai'),
    anthropic: readProvider('anthropic'),
    google: readProvider('google'),
    openrouter: readProvider('openrouter'),
  };
  return {
    find(provider, model, at) {
      const book = books[provider];
      const entry = book.get(model);
      if (entry !== undefined) return priced(entry.periods, entry.by, at);
      const undated = withoutDate(model);
      const dated = undated === undefined ? undefined : book.get(undated);
      return dated && priced(dated.periods, 'date_suffix', at);
    },
    names: (provider, at) =>
      [...books[provider]].flatMap(([name, { periods, by }]) => (priced(periods, by, at) === undefined ? [] : [name])),
  };
}

function priced(periods: Periods, by: CatalogueMatch, at: number) {
  const price = periods.findLast((period) => period.from <= at)?.price;
  return price && { by, price };
}

function readProvider(provider: ProviderName): ReadonlyMap<string, Entry> {
  const found = findProvider({ providerId: provider });
  if (found === undefined) throw new Error(`the price catalogue lacks ${provider}`);
  const book = new Map<string, Entry>();
  for (const model of found.models.filter((candidate) => isServed(provider, candidate))) {
    const periods = periodsOf(provider, model);
    for (const name of literalNames(model)) {
      if (book.has(name) || searchesByItself(name)) continue;
      book.set(name, { by: name === model.id ? 'id' : 'listed_name', periods });
    }
  }
  const aliases = provider === 'openrouter' ? {} : ALIASES[provider];
  for (const [alias, name] of Object.entries(aliases)) {
    const periods = book.get(name)?.periods;
    if (periods !== undefined && !book.has(alias)) book.set(alias, { by: 'alias', periods });
  }
  return book;
}

/** The catalogue files Anthropic's models on Google Cloud under google; the Gemini API does not serve them. */
function isServed(provider: ProviderName, model: ModelInfo): boolean {
  return provider !== 'google' || !model.id.startsWith('claude');
}

function periodsOf(provider: ProviderName, model: CatalogueProvider['models'][number]): Periods {
  const conditional = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }];
  // Prices by the time of day do not fit a call that lasts: such a model counts as having none.
  if (conditional.some(({ constraint }) => constraint?.type === 'time_of_date')) return [];
  return conditional.flatMap(({ constraint, prices }) => {
    const table = namesSoundWithoutPrice(model.id, prices) ? undefined : rateTable(prices);
    if (table === undefined) return [];
    const from = constraint?.type === 'start_date' ? Date.parse(constraint.start_date) : Number.NEGATIVE_INFINITY;
    const price: ModelPrice = {
      provider,
      model: model.id,
      source: 'catalogue',
      ...table,
      contextTokens: model.context_window,
      maxOutputTokens: mostOutputTokens(model.id),
    };
    return [{ from, price }];
  });
}

/** Models that search without being asked charge by the search, and do not tell how often they did. */
function searchesByItself(name: string): boolean {
  return /-search-preview|-deep-research/.test(name);
}

/** Some sound models are listed with their text prices only, a fraction of what their sound costs. */
function namesSoundWithoutPrice(id: string, prices: object): boolean {
  return id.includes('audio') && !('input_audio_mtok' in prices);
}
