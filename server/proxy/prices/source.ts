import type { ModelPrice, Provider, ProviderName } from '../../money/prices.ts';
import { type CatalogueMatch, createCatalogue, MAKERS } from './catalogue.ts';
import { bundledCatalogue, type CatalogueData } from './catalogue-data.ts';
import { type PriceOverrides, toModelPrice } from './overrides.ts';

/** Where the proxy looks prices up. */
export interface PriceSource {
  /**
   * The price of a model at a provider, by its exact name. Undefined where none is known: then no managed call to the model
   * is forwarded. `at`, milliseconds: prices change on announced days.
   */
  find(provider: ProviderName, model: string, at: number): ModelPrice | undefined;
  /** The makers whose own model this is, by its bare name. */
  providersOf(model: string, at: number): readonly Provider[];
  /** Every name that a provider's price is stated under at that time. A refusal tells those that are near; default: none. */
  names?(provider: ProviderName, at: number): readonly string[];
}

/** A price, and the name that it was found under: at OpenRouter that may be the name of a paid twin, or its maker's. */
export interface PriceMatch {
  readonly by: CatalogueMatch | 'override';
  readonly name: string;
  readonly price: ModelPrice;
}

/** Prices that can also be shown and explained. */
export interface PriceList extends PriceSource {
  /** Where the catalogue under the operator's overrides comes from. */
  readonly origin: CatalogueData['origin'];
  /** What {@link PriceSource.find} finds, and why. */
  explain(provider: ProviderName, model: string, at: number): PriceMatch | undefined;
  /** Sorted. */
  names(provider: ProviderName, at: number): readonly string[];
}

/** How OpenRouter marks a variant that it means to give away. */
const FREE_SUFFIX = ':free';

/**
 * A catalogue (default: the bundled one), matched by exact names, dated names and an alias list only, under the operator's overrides, which
 * add to it and win. A model that is named or listed as free has no price of zero: it is free when its provider says so
 * in the answer. What a model of another maker costs at OpenRouter is bounded by OpenRouter's list, else by its maker's.
 */
export function createPriceSource(
  options: { readonly overrides?: PriceOverrides; readonly catalogue?: CatalogueData } = {},
): PriceList {
  const data = options.catalogue ?? bundledCatalogue();
  const catalogue = createCatalogue(data);
  const overrides = new Map<string, PriceMatch>();
  for (const [model, stated] of Object.entries(options.overrides ?? {})) {
    const listed = catalogue.find(stated.provider, model, Number.POSITIVE_INFINITY)?.price;
    const price = toModelPrice(model, stated, listed);
    overrides.set(priceKey(stated.provider, model), { by: 'override', name: model, price });
  }

  function own(provider: ProviderName, model: string, at: number): PriceMatch | undefined {
    const override = overrides.get(priceKey(provider, model));
    if (override !== undefined) return override;
    const listed = catalogue.find(provider, model, at);
    return listed && { ...listed, name: model };
  }

  function explain(provider: ProviderName, model: string, at: number): PriceMatch | undefined {
    const match = own(provider, model, at);
    if (match !== undefined || provider !== 'openrouter') return match;
    if (model.endsWith(FREE_SUFFIX)) return explain(provider, model.slice(0, -FREE_SUFFIX.length), at);
    const [maker, name] = splitName(model);
    return maker === undefined ? undefined : own(maker, name, at);
  }

  return {
    origin: data.origin,
    find: (provider, model, at) => explain(provider, model, at)?.price,
    providersOf: (model, at) => MAKERS.filter((provider) => own(provider, model, at) !== undefined),
    explain,
    names(provider, at) {
      const stated = [...overrides.values()].filter(({ price }) => price.provider === provider).map(({ name }) => name);
      return [...new Set([...catalogue.names(provider, at), ...stated])].sort();
    },
  };
}

/** `openai/gpt-4o` to `openai` and `gpt-4o`; a name without a known maker before the slash is a bare name. */
export function splitName(model: string): readonly [Provider | undefined, string] {
  const maker = MAKERS.find((provider) => model.startsWith(`${provider}/`));
  return maker === undefined ? [undefined, model] : [maker, model.slice(maker.length + 1)];
}

function priceKey(provider: ProviderName, model: string): string {
  return `${provider} ${model}`;
}
