import type { ModelPrice as CatalogueRates } from '@pydantic/genai-prices';
import { type Meter, microOfUsd, type PriceTier, type Rates, ratesOf } from '../../money/prices.ts';

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

export interface RateTable {
  readonly base: Rates;
  readonly tiers: readonly PriceTier[];
}

/**
 * The catalogue's US dollars as integer rates. Undefined where a price is missing (no input rate: also models that the
 * catalogue thinks free), or where the model charges by something that this proxy does not meter.
 */
export function rateTable(catalogue: CatalogueRates): RateTable | undefined {
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
  const usdOf = (meter: Meter): number => {
    const { key } = KEYS[meter];
    // Sound that has a price of its own, but none from the cache, costs its full price there too.
    const otherwise =
      meter === 'cachedAudioInput' && 'input_audio_mtok' in catalogue ? 'audioInput' : KEYS[meter].otherwise;
    const price = catalogue[key];
    if (price === undefined) return otherwise === undefined ? 0 : usdOf(otherwise);
    if (typeof price === 'number') return price;
    return price.tiers.findLast((tier) => inputTokens > tier.start)?.price ?? price.base;
  };
  return ratesOf((meter) => {
    const { key } = KEYS[meter];
    return rate(usdOf(meter)) * (key.endsWith('_kcount') ? 1_000n : 1n);
  });
}

/** Doubles print as the shortest decimal that reads back the same, which is the decimal somebody wrote. */
function rate(usd: number): bigint {
  const micro = microOfUsd(String(usd));
  if (micro === undefined) throw new RangeError(`not a price: ${usd}`);
  return micro;
}
