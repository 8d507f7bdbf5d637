import type { ProviderName } from '../../server/money/prices.ts';
import type { PriceSource } from '../../server/proxy/prices/source.ts';

/** Rates are microcredits per million tokens, and 1 USD is 10^8 microcredits. Exact for every listed price. */
const usd = (rate: bigint) => Number(rate) / 1e8;

/** What the platform charges for some models, in the format of `RIGKIT_PRICES_FILE`. Tiered models are left out. */
export function pricesAsFile(prices: PriceSource, models: readonly (readonly [ProviderName, string])[]) {
  const entries = models.flatMap(([provider, model]) => {
    const price = prices.find(provider, model, Date.now());
    if (price === undefined || price.tiers.length > 0) return [];
    const { base } = price;
    const entry = {
      provider,
      input: usd(base.input),
      cached_input: usd(base.cachedInput),
      cache_write_5m: usd(base.cacheWrite5m),
      cache_write_1h: usd(base.cacheWrite1h),
      output: usd(base.output),
      context: price.contextTokens,
      max_output: price.maxOutputTokens,
    };
    return [[model, entry] as const];
  });
  return Object.fromEntries(entries);
}
