import { outputCap } from '../../server/money/bounds.ts';
import {
  METERS,
  type Meter,
  type ModelPrice,
  microToUsd,
  type ProviderName,
  type Rates,
} from '../../server/money/prices.ts';
import type { CatalogueData } from '../../server/proxy/prices/catalogue-data.ts';
import type { PriceMatch } from '../../server/proxy/prices/source.ts';
import { manifest } from '../manifest.ts';

/** What a model costs at a provider, and why: as `rigkit prices MODEL --json` prints it. */
export function priceSheet(provider: ProviderName, asked: string, match: PriceMatch, origin: CatalogueData['origin']) {
  const { price, by, name } = match;
  return {
    provider,
    asked,
    /** Its name in the price list, and who states the price. */
    model: price.model,
    priced_as: `${price.provider}/${name}`,
    matched_by: by,
    source: price.source,
    /** A newer catalogue: from where, and when it was brought. The bundled one: its version. */
    catalogue:
      origin.kind === 'update'
        ? { from: origin.from, fetched_at: origin.fetchedAt }
        : { from: 'bundled', version: manifest().dependencies['@pydantic/genai-prices'] ?? 'unknown' },
    context_tokens: price.contextTokens ?? null,
    max_output_tokens: price.maxOutputTokens ?? null,
    /** Added to calls without a limit. */
    default_output_limit: outputCap(price),
    rates: ratesRow(price.base),
    tiers: price.tiers.map(({ aboveInputTokens, rates }) => ({
      above_input_tokens: aboveInputTokens,
      rates: ratesRow(rates),
    })),
  };
}

export type PriceSheet = ReturnType<typeof priceSheet>;

interface ShownRate {
  /** Exact decimal text. */
  readonly usd_per_million: string;
  readonly micro_per_million: number;
}

export const SHOWN: Readonly<Record<Meter, string>> = {
  input: 'input',
  cachedInput: 'cached_input',
  cacheWrite5m: 'cache_write_5m',
  cacheWrite1h: 'cache_write_1h',
  audioInput: 'audio_input',
  cachedAudioInput: 'cached_audio_input',
  output: 'output',
  audioOutput: 'audio_output',
  imageOutput: 'image_output',
  webSearch: 'web_search',
};

function ratesRow(rates: Rates): Readonly<Record<string, ShownRate>> {
  const shown = METERS.map((meter) => [
    SHOWN[meter],
    { usd_per_million: microToUsd(rates[meter]), micro_per_million: Number(rates[meter]) },
  ]);
  return Object.fromEntries(shown);
}

const WHY: Readonly<Record<PriceMatch['by'], string>> = {
  id: 'its id in the catalogue',
  listed_name: 'a name that the catalogue states for it',
  alias: 'an alias of this kit',
  date_suffix: 'its name in the catalogue, followed by a date',
  override: "the operator's prices file",
};

/** The sheet as text. */
export function sheetText(sheet: PriceSheet): string {
  const limit = (tokens: number | null) => (tokens === null ? 'not stated' : `${tokens.toLocaleString('en')} tokens`);
  const facts = [
    ['priced as', sheet.priced_as],
    ['model', sheet.model],
    ['matched by', WHY[sheet.matched_by]],
    ['source', sourceText(sheet)],
    ['context', limit(sheet.context_tokens)],
    ['max output', limit(sheet.max_output_tokens)],
    ['default limit', `${limit(sheet.default_output_limit)} of output, for calls without a limit`],
  ].map(([what, value]) => `  ${what?.padEnd(20)} ${value}`);
  const tiers = sheet.tiers.flatMap(({ above_input_tokens, rates }) => [
    `  above ${above_input_tokens.toLocaleString('en')} input tokens, for the whole call`,
    ...rateLines(rates),
  ]);
  return [`${sheet.asked} at ${sheet.provider}`, ...facts, '', HEADER, ...rateLines(sheet.rates), ...tiers].join('\n');
}

function sourceText({ source, catalogue }: PriceSheet): string {
  if (source === 'override') return "the operator's prices file (RIGKIT_PRICES_FILE)";
  if (catalogue.fetched_at === undefined) return `the bundled catalogue, genai-prices ${catalogue.version}`;
  return `the catalogue of ${catalogue.fetched_at.slice(0, 10)} from ${catalogue.from} (rigkit prices update)`;
}

const HEADER = `  ${'per million tokens'.padEnd(20)} ${'USD'.padStart(14)} ${'microcredits'.padStart(20)}`;
/** Rates that are usually equal to another one. They are shown only if they differ. */
const LIKE: Readonly<Record<string, string>> = {
  audio_input: 'input',
  cached_audio_input: 'cached_input',
  audio_output: 'output',
  image_output: 'output',
};

function rateLines(rates: PriceSheet['rates']): readonly string[] {
  return Object.entries(rates).flatMap(([name, rate]) => {
    const plain = rates[LIKE[name] ?? ''];
    if (plain?.micro_per_million === rate.micro_per_million) return [];
    if (name === 'web_search' && rate.micro_per_million === 0) return [];
    const what = name === 'web_search' ? 'million searches' : name.replaceAll('_', ' ');
    const micro = rate.micro_per_million.toLocaleString('en');
    return [`  ${what.padEnd(20)} ${rate.usd_per_million.padStart(14)} ${micro.padStart(20)}`];
  });
}

/** One line of the list. */
export function listRow(price: ModelPrice, name: string) {
  return {
    provider: price.provider,
    model: name,
    input_usd: microToUsd(price.base.input),
    cached_input_usd: microToUsd(price.base.cachedInput),
    output_usd: microToUsd(price.base.output),
    tiers: price.tiers.length,
    context_tokens: price.contextTokens ?? null,
    source: price.source,
  };
}
