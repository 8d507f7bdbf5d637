/** A price catalogue, read strictly: exact names, dated names and an alias list; whole microcredits. */
import type { ModelPrice as CatalogueRates, MatchLogic, ModelInfo } from '@pydantic/genai-prices';
import {
  dearestRates,
  type Meter,
  type ModelPrice,
  type PriceTier,
  type Provider,
  type ProviderName,
  type Rates,
  ratesByMeter,
  toRate,
} from '../../money/prices.ts';
import type { CatalogueData } from './catalogue-data.ts';
import { tierBoundary } from './tier-boundaries.ts';

export const MAKERS: readonly Provider[] = ['openai', 'anthropic', 'google'];

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

interface Catalogue {
  /** The price of a model at a time, and how its name led there; undefined where its exact name has none. */
  find(
    provider: ProviderName,
    model: string,
    at: number,
  ): { readonly by: CatalogueMatch; readonly price: ModelPrice } | undefined;
  /** Every name with a price at that time, but for dated ones that are not listed. */
  names(provider: ProviderName, at: number): readonly string[];
}

/** Reads the data once; looking up is then a few look-ups in maps. */
export function createCatalogue({ models, origin }: CatalogueData): Catalogue {
  const read = (provider: ProviderName) => readProvider(provider, models[provider], origin.kind);
  const makers = { openai: read('openai'), anthropic: read('anthropic'), google: read('google') };
  const books = { ...makers, openrouter: withMakersTiers(read('openrouter'), makers) };
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

function readProvider(provider: ProviderName, models: readonly ModelInfo[], source: ModelPrice['source']): Book {
  const book = new Map<string, Entry>();
  for (const model of models.filter((candidate) => isServed(provider, candidate))) {
    const periods = readPeriods(provider, model, source);
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

type Book = ReadonlyMap<string, Entry>;

/**
 * OpenRouter bills what the maker bills (https://openrouter.ai/docs/faq), and its list leaves out most tiers, and what sound
 * and pictures cost. A model without them has those that its maker states now, at the dearer of both rates.
 */
function withMakersTiers(book: Book, makers: Readonly<Record<Provider, Book>>): Book {
  const entries = [...book].map(([name, entry]): [string, Entry] => {
    const maker = MAKERS.find((candidate) => name.startsWith(`${candidate}/`));
    const own = maker && makers[maker].get(name.slice(maker.length + 1))?.periods.at(-1)?.price;
    if (own === undefined) return [name, entry];
    const periods = entry.periods.map(({ from, price: listed }) => {
      const price = { ...listed, base: withMedia(listed.base, own.base) };
      const tiers = own.tiers.map(({ aboveInputTokens, rates }) => ({
        aboveInputTokens,
        rates: dearestRates({ ...price, tiers: [{ aboveInputTokens: 0, rates }] }, 1),
      }));
      return { from, price: price.tiers.length > 0 ? price : { ...price, tiers } };
    });
    return [name, { ...entry, periods }];
  });
  return new Map(entries);
}

const MEDIA: readonly Meter[] = ['audioInput', 'cachedAudioInput', 'audioOutput', 'imageOutput'];

function withMedia(listed: Rates, own: Rates): Rates {
  return ratesByMeter((meter) => (MEDIA.includes(meter) && own[meter] > listed[meter] ? own[meter] : listed[meter]));
}

/**
 * The catalogue files Anthropic's models on Google Cloud under google; the Gemini API does not serve them. A `~` begins
 * names of OpenRouter that move from model to model: they have no price of their own.
 */
function isServed(provider: ProviderName, model: ModelInfo): boolean {
  return !(provider === 'google' && model.id.startsWith('claude')) && !model.id.startsWith('~');
}

function readPeriods(provider: ProviderName, model: ModelInfo, source: ModelPrice['source']): Periods {
  const conditional = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }];
  // Prices by the time of day do not fit a call that lasts: such a model counts as having none.
  if (conditional.some(({ constraint }) => constraint?.type === 'time_of_date')) return [];
  return conditional.flatMap(({ constraint, prices }) => {
    const table = namesSoundWithoutPrice(model.id, prices) ? undefined : rateTable(prices);
    if (table === undefined) return [];
    const tiers = table.tiers.map(({ aboveInputTokens, rates }) => ({
      aboveInputTokens: tierBoundary(provider, model.id, aboveInputTokens),
      rates,
    }));
    const from = constraint?.type === 'start_date' ? Date.parse(constraint.start_date) : Number.NEGATIVE_INFINITY;
    const price: ModelPrice = {
      provider,
      model: model.id,
      source,
      base: table.base,
      tiers,
      contextTokens: mostContextTokens(model),
      maxOutputTokens: mostOutputTokens(model.id),
    };
    return [{ from, price }];
  });
}

/** Models that search without being asked charge by the search or the call: what that comes to cannot be held. */
function searchesByItself(name: string): boolean {
  return /-search-(?:preview|api)|-deep-research|\bsonar\b|-online$/.test(name);
}

/** Some sound models are listed with their text prices only, a fraction of what their sound costs. */
function namesSoundWithoutPrice(id: string, prices: object): boolean {
  return id.includes('audio') && !('input_audio_mtok' in prices);
}

/**
 * Names under which providers serve a model that the catalogue lists under another name. Each stands here on purpose: a
 * name that is neither listed by the catalogue, nor a listed name with a date, nor in this table has no price.
 */
const ALIASES: Readonly<Record<Provider, Readonly<Record<string, string>>>> = {
  openai: {},
  anthropic: {
    'claude-3-5-haiku': 'claude-3-5-haiku-latest',
    'claude-3-5-sonnet-latest': 'claude-3-5-sonnet',
    'claude-3-7-sonnet': 'claude-3-7-sonnet-latest',
    'claude-3-opus': 'claude-3-opus-latest',
    'claude-opus-4': 'claude-opus-4-0',
    'claude-sonnet-4': 'claude-sonnet-4-0',
  },
  google: {
    'gemini-1.5-flash-001': 'gemini-1.5-flash',
    'gemini-1.5-flash-002': 'gemini-1.5-flash',
    'gemini-1.5-flash-latest': 'gemini-1.5-flash',
    'gemini-1.5-pro-001': 'gemini-1.5-pro',
    'gemini-1.5-pro-002': 'gemini-1.5-pro',
    'gemini-1.5-pro-latest': 'gemini-1.5-pro',
    'gemini-2.0-flash-001': 'gemini-2.0-flash',
    'gemini-2.0-flash-lite-001': 'gemini-2.0-flash-lite',
  },
};

/** `-2024-07-18`, `-20250514`: what providers append to name one release of a model. */
const DATE_SUFFIX = /-20\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])$/;

/** `gpt-4o-2024-08-06` to `gpt-4o`; undefined where there is no date. */
export function withoutDate(model: string): string | undefined {
  const undated = model.replace(DATE_SUFFIX, '');
  return undated === model ? undefined : undated;
}

/**
 * The names that the catalogue states literally for a model: its id and its exact matches. The catalogue's patterns
 * ("starts with", "contains") are left aside: they price models that they were never written for.
 */
function literalNames(model: ModelInfo): readonly string[] {
  return [model.id, ...literals(model.match)].filter((name) => !name.includes(' '));
}

function literals(match: MatchLogic): readonly string[] {
  if ('equals' in match) return [match.equals];
  return 'or' in match ? match.or.flatMap(literals) : [];
}

/** Where the catalogue keeps each meter's rate, and what stands in for a rate that it leaves out. */
const KEYS: Readonly<Record<Meter, { readonly key: string; readonly otherwise?: Meter }>> = {
  input: { key: 'input_mtok' },
  cachedInput: { key: 'cache_read_mtok', otherwise: 'input' },
  cacheWrite5m: { key: 'cache_write_mtok', otherwise: 'input' },
  cacheWrite1h: { key: 'cache_write_1h_mtok', otherwise: 'cacheWrite5m' },
  audioInput: { key: 'input_audio_mtok', otherwise: 'input' },
  cachedAudioInput: { key: 'cache_audio_read_mtok', otherwise: 'cachedInput' },
  output: { key: 'output_mtok' },
  audioOutput: { key: 'output_audio_mtok', otherwise: 'output' },
  imageOutput: { key: 'output_image_mtok', otherwise: 'output' },
  webSearch: { key: 'web_searches_kcount' },
};
/** Charged by OpenAI's Responses tools, which no metered call may declare. */
const CHARGED_APART = new Set(['storage_searches_kcount']);
const METERED = new Set([...Object.values(KEYS).map(({ key }) => key), ...CHARGED_APART]);

interface RateTable {
  readonly base: Rates;
  readonly tiers: readonly PriceTier[];
}

/**
 * The catalogue's US dollars as integer rates. Undefined where a price is missing (no input rate: also models that the
 * catalogue thinks free), or where the model charges by something that this proxy does not meter.
 */
function rateTable(catalogue: CatalogueRates): RateTable | undefined {
  const keys = Object.keys(catalogue).filter((key) => catalogue[key] !== undefined);
  if (keys.some((key) => !METERED.has(key)) || !catalogue.input_mtok) return undefined;
  const starts = keys.flatMap((key) => {
    const price = catalogue[key];
    return typeof price === 'object' ? price.tiers.map((tier) => tier.start) : [];
  });
  return {
    base: ratesAt(catalogue, 0),
    tiers: [...new Set(starts)]
      .sort((a, b) => a - b)
      .map((start) => ({ aboveInputTokens: start, rates: ratesAt(catalogue, start + 1) })),
  };
}

function ratesAt(catalogue: CatalogueRates, inputTokens: number): Rates {
  const readUsd = (meter: Meter): number => {
    const { key } = KEYS[meter];
    // Sound that has a price of its own, but none from the cache, costs its full price there too.
    const otherwise =
      meter === 'cachedAudioInput' && 'input_audio_mtok' in catalogue ? 'audioInput' : KEYS[meter].otherwise;
    const price = catalogue[key];
    if (price === undefined) return otherwise === undefined ? 0 : readUsd(otherwise);
    if (typeof price === 'number') return price;
    return price.tiers.findLast((tier) => inputTokens > tier.start)?.price ?? price.base;
  };
  return ratesByMeter((meter) => {
    const { key } = KEYS[meter];
    return toRate(readUsd(meter)) * (key.endsWith('_kcount') ? 1_000n : 1n);
  });
}

/**
 * Models that answer less than the cap that is put in for calls without a limit, by their name in the catalogue (which
 * lists context windows only). Their providers refuse a larger limit instead of lowering it.
 */
const MOST_OUTPUT_TOKENS: Readonly<Record<string, number>> = {
  'gpt-3.5-0301': 4_096,
  'gpt-3.5-turbo': 4_096,
  'gpt-3.5-turbo-0613': 4_096,
  'gpt-3.5-turbo-1106': 4_096,
  'gpt-3.5-turbo-16k': 4_096,
  'gpt-3.5-turbo-instruct': 2_048,
  'gpt-4': 4_096,
  'gpt-4-32k': 8_192,
  'gpt-4-turbo': 4_096,
  'gpt-4-vision-preview': 4_096,
  'gpt-4o-2024-05-13': 4_096,
  'claude-2': 4_096,
  'claude-3-haiku': 4_096,
  'claude-3-sonnet': 4_096,
  'claude-3-opus-latest': 4_096,
  'claude-3-5-haiku-latest': 8_192,
  'claude-3-5-sonnet': 8_192,
  'gemini-1.5-flash': 8_192,
  'gemini-1.5-pro': 8_192,
  'gemini-2.0-flash': 8_192,
  'gemini-2.0-flash-lite': 8_192,
};

function mostOutputTokens(catalogueModel: string): number | undefined {
  return MOST_OUTPUT_TOKENS[catalogueModel];
}

/** Price lists say "1M" for 1,048,576 and for 1,050,000, and "32k" for 32,768. */
const ROUNDING = 1.05;

/** Models whose context window the catalogue does not have, or has far too small. https://ai.google.dev/gemini-api/docs/models */
const CONTEXT_TOKENS: Readonly<Record<string, number>> = {
  'gemini-1.5-pro': 2_097_152,
  'gemini-2.5-pro': 1_048_576,
  'gemini-3-pro-preview': 1_048_576,
  'gemini-3.1-pro-preview': 1_048_576,
};

/** No prompt of the model is longer: the bound of a call may be too high, and must not be too low. */
function mostContextTokens({ id, context_window: listed }: ModelInfo): number | undefined {
  return CONTEXT_TOKENS[id] ?? (listed && Math.ceil(listed * ROUNDING));
}
