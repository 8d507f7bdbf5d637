import { ASSUMED_CONTEXT_TOKENS } from '../money/bounds.ts';
import type { Micro } from '../money/microcredits.ts';
import { type Consumption, costOfUses, type ModelPrice, type PricedUse, usdToMicro } from '../money/prices.ts';
import { MAX_CALL_MICRO, type TokenUsage } from '../money/usage.ts';
import type { Reported } from './apis/operation.ts';
import { isCount } from './apis/wire-values.ts';
import { priceTerms } from './charges/served-terms.ts';
import { withoutDate } from './prices/catalogue.ts';
import type { PriceSource } from './prices/source.ts';
import type { Quote } from './quote.ts';

/** What a call used, and what it is charged. */
export interface Bill {
  readonly kind: 'bill';
  readonly usage: TokenUsage;
  readonly costMicro: Micro;
  /** What of it is charged without its price being known, by the names of fields. */
  readonly unpriced: readonly string[];
}

/** What the provider says cannot be charged; the hold stays, and an operator reads why. */
type NoBill = { readonly kind: 'no_bill'; readonly reason: string };

interface Billing {
  readonly quote: Quote;
  readonly prices: PriceSource;
  readonly at: number;
}

/**
 * The bill for what a provider reports: its own, where it sends one, else what was served at the listed price; nothing in
 * byok mode. No guess is too low: what has no price is charged at the dearest one known, and named in `unpriced`. There are
 * two cases without a bill, because no charge would be safe: counts that cannot be, and a request to another model (an
 * advisor) that has no price at all.
 */
export function billCall(reported: Reported, { quote, prices, at }: Billing): Bill | NoBill {
  const { besides = [], consumption, served, costUsd, feeUsd = '0' } = reported;
  const all = [consumption, ...besides.map((beside) => beside.consumption)];
  const usage = all.map(toTokenUsage).reduce(addUsage);
  const asked = quote.price;
  if (asked === undefined) {
    const impossible = all.map((used) => findImpossible(used, undefined, quote)).find((name) => name !== undefined);
    return impossible === undefined ? { kind: 'bill', usage, costMicro: 0n, unpriced: [] } : notBelieved(impossible);
  }
  const answering = priceServed(asked, served?.model, prices, at);
  const unpriced = new Set(reported.unknownFields);
  if (!answering.isKnown) unpriced.add('model');
  const uses: PricedUse[] = [];
  for (const { model, consumption: used } of [{ model: undefined, consumption }, ...besides]) {
    const price = model === undefined ? answering.price : findPrice(asked, model, prices, at);
    if (price === undefined) return { kind: 'no_bill', reason: 'used_a_model_without_price' };
    const impossible = findImpossible(used, price, quote);
    if (impossible !== undefined) return notBelieved(impossible);
    const { factor, unknown } = priceTerms(price, served?.terms ?? []);
    for (const name of unknown) unpriced.add(name);
    if ((used.webSearches ?? 0) > 0 && price.base.webSearch === 0n) unpriced.add('web_search');
    uses.push({ price, consumption: used, factor });
  }
  const billed = costUsd === undefined ? undefined : usdToMicro(costUsd);
  const costMicro = billed ?? costOfUses(uses) + (usdToMicro(feeUsd) ?? 0n);
  if (costMicro > MAX_CALL_MICRO) return notBelieved('cost');
  // The provider's own bill leaves nothing out.
  return { kind: 'bill', usage, costMicro, unpriced: billed === undefined ? [...unpriced] : [] };
}

function notBelieved(name: string): NoBill {
  return { kind: 'no_bill', reason: `impossible_count: ${name}` };
}

/**
 * The price of the model that answered. A name without a price is taken for another name of the model that was asked for,
 * which it nearly always is: to hold the money of all its callers until an operator acts would be worse than what a name can
 * cost. `isKnown` is false then, unless the names differ by a release alone.
 */
function priceServed(asked: ModelPrice, model: string | undefined, prices: PriceSource, at: number) {
  const price = model === undefined ? asked : findPrice(asked, model, prices, at);
  if (price !== undefined) return { price, isKnown: true };
  const [shorter = '', longer = ''] = [bareName(asked.model), bareName(model ?? '')].sort(
    (a, b) => a.length - b.length,
  );
  return { price: asked, isKnown: longer.startsWith(shorter) && RELEASE.test(longer.slice(shorter.length)) };
}

/** What providers append to the name of a model without making it another: a date, a number, or which one is meant. */
const RELEASE = /^(?:[-@:](?:\d{3}[\d-]*|latest|exp|free|preview(?:-\d\d-\d\d)?))*$/;

/** A dated name of a model that the operator has priced has the operator's price. */
function findPrice(asked: ModelPrice, model: string, prices: PriceSource, at: number): ModelPrice | undefined {
  if (model === asked.model || (asked.source === 'override' && withoutDate(model) === asked.model)) return asked;
  return prices.find(asked.provider, model, at) ?? prices.find(asked.provider, bareName(model), at);
}

/** Without the maker before it. */
function bareName(model: string): string {
  return model.slice(model.lastIndexOf('/') + 1);
}

/** So many searches in one call are no searches. */
const MOST_SEARCHES = 10_000;

/**
 * The first count that no call of that size can have: none at all, or more than all context windows that it may have read,
 * or more than all answers that it may have written. The caller's own limit is no bound: providers go over it by a few.
 */
function findImpossible(used: Consumption, price: ModelPrice | undefined, { extent }: Quote): string | undefined {
  const { answers, turns = 1, prompts = 1, extraOutputTokens = 0, windowTokens = 0 } = extent;
  const window = Math.max(price?.contextTokens ?? ASSUMED_CONTEXT_TOKENS, windowTokens);
  const most = {
    input: window * prompts * turns,
    output: (price?.maxOutputTokens ?? window) * prompts * turns * answers + extraOutputTokens,
  };
  return Object.entries(used).find(([name, count]: [string, number]) => {
    if (!isCount(count)) return true;
    if (name === 'webSearches') return count > MOST_SEARCHES;
    return count > (/output/i.test(name) ? most.output : most.input);
  })?.[0];
}

function toTokenUsage(consumption: Consumption): TokenUsage {
  const { inputTokens, cachedInputTokens, cacheWrite5mTokens, cacheWrite1hTokens, outputTokens } = consumption;
  return { inputTokens, cachedInputTokens, cacheWrite5mTokens, cacheWrite1hTokens, outputTokens };
}

function addUsage(a: TokenUsage, b: TokenUsage): TokenUsage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
    cacheWrite5mTokens: a.cacheWrite5mTokens + b.cacheWrite5mTokens,
    cacheWrite1hTokens: a.cacheWrite1hTokens + b.cacheWrite1hTokens,
    outputTokens: a.outputTokens + b.outputTokens,
  };
}
