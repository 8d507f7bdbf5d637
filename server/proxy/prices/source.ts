import type { Provider } from '../../domain/ai-config.ts';
import type { ModelPrice, ProviderName } from '../../domain/prices.ts';
import { createCatalogue } from './catalogue.ts';
import { type PriceOverrides, priceOfOverride } from './overrides.ts';

/** Where the proxy looks prices up. */
export interface PriceSource {
  /**
   * The price of a model at a provider, by its exact name; undefined where nobody states one, and then no managed call to
   * it is forwarded (contract section 4). `at`, milliseconds: prices change on announced days.
   */
  find(provider: ProviderName, model: string, at: number): ModelPrice | undefined;
  /** The makers whose own model this is, by its bare name. */
  providersOf(model: string, at: number): readonly Provider[];
}

const MAKERS: readonly Provider[] = ['openai', 'anthropic', 'google'];
/** How OpenRouter marks a variant that it means to give away. */
const FREE_SUFFIX = ':free';

/**
 * The bundled catalogue, matched by exact names, dated names and an alias list only, under the operator's overrides, which
 * add to it and win. A model that is named or listed as free has no price of zero: it is free when its provider says so
 * in the answer. What a model of another maker costs at OpenRouter is bounded by OpenRouter's list, else by its maker's.
 */
export function createPriceSource(options: { readonly overrides?: PriceOverrides } = {}): PriceSource {
  const catalogue = createCatalogue();
  const overrides = new Map<string, ModelPrice>();
  for (const [model, stated] of Object.entries(options.overrides ?? {})) {
    const listed = catalogue(stated.provider, model, Number.POSITIVE_INFINITY);
    overrides.set(keyOf(stated.provider, model), priceOfOverride(model, stated, listed));
  }

  const own = (provider: ProviderName, model: string, at: number) =>
    overrides.get(keyOf(provider, model)) ?? catalogue(provider, model, at);

  const find: PriceSource['find'] = (provider, model, at) => {
    const price = own(provider, model, at);
    if (price !== undefined || provider !== 'openrouter') return price;
    if (model.endsWith(FREE_SUFFIX)) return find(provider, model.slice(0, -FREE_SUFFIX.length), at);
    const [maker, name] = splitName(model);
    return maker === undefined ? undefined : own(maker, name, at);
  };

  return {
    find,
    providersOf: (model, at) => MAKERS.filter((provider) => own(provider, model, at) !== undefined),
  };
}

/** `openai/gpt-4o` to `openai` and `gpt-4o`; a name without a known maker before the slash is a bare name. */
export function splitName(model: string): readonly [Provider | undefined, string] {
  const maker = MAKERS.find((provider) => model.startsWith(`${provider}/`));
  return maker === undefined ? [undefined, model] : [maker, model.slice(maker.length + 1)];
}

function keyOf(provider: ProviderName, model: string): string {
  return `${provider} ${model}`;
}
