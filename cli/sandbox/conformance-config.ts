import type { Config } from '../../server/config.ts';
import type { ProviderName } from '../../server/money/prices.ts';
import type { PriceSource } from '../../server/proxy/prices/source.ts';
import type { DemoAccount, SandboxDescription } from '../sandbox-file.ts';

/** The models that the suite calls: the configuration says what they cost, as that of any platform does. */
const MODELS = [
  ['openai', 'gpt-4o-mini'],
  ['openai', 'gpt-4o'],
  ['anthropic', 'claude-haiku-4-5'],
  ['google', 'gemini-2.5-flash'],
] as const;

/** The configuration with which `rigkit conformance` tests this sandbox. The stub is the sandbox's own. */
export function conformanceConfig(sandbox: SandboxDescription, providers: Config['providers'], prices: PriceSource) {
  const account = (row: DemoAccount) => ({
    apiKey: row.api_key,
    workspaceId: row.workspace_id,
    proxyHeaders: { Authorization: `Bearer ${row.workspace_key}` },
  });
  return {
    controlPlane: { baseUrl: sandbox.control_plane },
    proxy: { baseUrl: sandbox.proxy },
    accounts: {
      funded: account(sandbox.accounts.funded),
      exhausted: account(sandbox.accounts.exhausted),
      other: account(sandbox.accounts.other),
    },
    ...(sandbox.stub === null ? {} : { stub: { url: sandbox.stub } }),
    providerKeys: {
      openai: providers.openai.apiKey,
      anthropic: providers.anthropic.apiKey,
      google: providers.google.apiKey,
    },
    prices: pricesAsFile(prices, MODELS),
  };
}

/** Rates are microcredits per million tokens, and 1 USD is 10^8 microcredits. Exact for every listed price. */
const usd = (rate: bigint) => Number(rate) / 1e8;

/** What the platform charges for some models, in the format of `RIGKIT_PRICES_FILE`. Tiered models are left out. */
function pricesAsFile(prices: PriceSource, models: readonly (readonly [ProviderName, string])[]) {
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
