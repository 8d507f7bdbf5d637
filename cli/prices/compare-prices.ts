/** What differs between two price lists, and which differences are too strange to be taken without a word. */
import { METERS, type ModelPrice, microToUsd, type ProviderName, ratesFor } from '../../server/money/prices.ts';
import type { Charges } from '../../server/proxy/charges/index.ts';
import type { PriceList } from '../../server/proxy/prices/source.ts';
import { SHOWN } from './price-sheet.ts';

/** One line of the difference. */
export interface PriceChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly provider: ProviderName;
  /** The model, or the operations of a rule. */
  readonly model: string;
  /** The rate, the limit or the entry that differs. */
  readonly what: string;
  /** US dollars per million units, or tokens, as text; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
  /** Why an operator has to accept it; null where it is nothing strange. */
  readonly objection: string | null;
}

const PROVIDERS = ['openai', 'anthropic', 'google', 'openrouter'] as const satisfies readonly ProviderName[];
/** No provider has changed a price by more than this at once. */
const MOST_FACTOR = 10n;
/** A catalogue that loses more of a provider's models is damaged rather than newer. */
const MOST_REMOVED = 0.5;

/**
 * What changes from one list to another, model by model, now and by changes that are announced for later. Of the further
 * names of a model only those are told that lead to another model, or to a strange price.
 */
export function comparePrices(before: PriceList, after: PriceList, at: number): readonly PriceChange[] {
  return PROVIDERS.flatMap((provider) => {
    const today = compareProvider(before, after, provider, at);
    const known = new Set(today.map(({ model, what, after: to }) => `${model} ${what} ${to}`));
    const announced = compareProvider(before, after, provider, Number.POSITIVE_INFINITY)
      .filter(({ model, what, after: to }) => !known.has(`${model} ${what} ${to}`))
      .map((change) => ({ ...change, what: `${change.what}, from an announced day` }));
    return [...today, ...announced];
  });
}

function compareProvider(before: PriceList, after: PriceList, provider: ProviderName, at: number) {
  const [old, now] = [before, after].map(
    (list) => new Map(list.names(provider, at).map((name) => [name, list.explain(provider, name, at)])),
  );
  const names = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].sort();
  const changes = names.flatMap((name) => {
    const [from, to] = [old?.get(name), now?.get(name)];
    const isModel = from?.by === 'id' || to?.by === 'id' || (from && to && from.price.model !== to.price.model);
    const rows = compareModel(provider, name, from?.price, to?.price);
    return isModel ? rows : rows.filter(({ objection }) => objection !== null);
  });
  const removed = changes.filter(({ change }) => change === 'removed').length;
  const models = [...(old?.values() ?? [])].filter((match) => match?.by === 'id').length;
  if (removed <= models * MOST_REMOVED) return changes;
  const objection = `most models of ${provider} are gone`;
  return changes.map((change) => (change.change === 'removed' ? { ...change, objection } : change));
}

function compareModel(
  provider: ProviderName,
  model: string,
  old: ModelPrice | undefined,
  now: ModelPrice | undefined,
): readonly PriceChange[] {
  const row = { provider, model, objection: null };
  if (old === undefined || now === undefined) {
    const price = old ?? now;
    if (price === undefined) return [];
    const change = old === undefined ? 'added' : 'removed';
    const { input, output } = price.base;
    const told = `${microToUsd(input)} in, ${microToUsd(output)} out`;
    return [{ ...row, change, what: 'model', before: old ? told : null, after: now ? told : null }];
  }
  const changed = { ...row, change: 'changed' as const };
  const limits = [
    ['context tokens', old.contextTokens, now.contextTokens],
    ['max output tokens', old.maxOutputTokens, now.maxOutputTokens],
  ] as const;
  return [
    ...compareRates(old, now).map((rate) => ({ ...changed, ...rate })),
    ...limits.flatMap(([what, from, to]) =>
      from === to ? [] : [{ ...changed, what, before: from ? String(from) : null, after: to ? String(to) : null }],
    ),
  ];
}

/** Compares the rates for short calls, and for calls above each size at which either price changes. */
function compareRates(old: ModelPrice, now: ModelPrice) {
  const sizes = [0, ...[old, now].flatMap(({ tiers }) => tiers.map((tier) => tier.aboveInputTokens))];
  return [...new Set(sizes)]
    .sort((a, b) => a - b)
    .flatMap((above) => {
      const [from, to] = [ratesFor(old, above + 1), ratesFor(now, above + 1)];
      return METERS.filter((meter) => from[meter] !== to[meter]).map((meter) => ({
        what: above === 0 ? SHOWN[meter] : `${SHOWN[meter]} above ${above.toLocaleString('en')} tokens`,
        before: microToUsd(from[meter]),
        after: microToUsd(to[meter]),
        objection: objectionTo(from[meter], to[meter]),
      }));
    });
}

function objectionTo(from: bigint, to: bigint): string | null {
  if (from === 0n) return null;
  if (to === 0n) return 'falls to zero';
  return to > from * MOST_FACTOR || from > to * MOST_FACTOR ? `changes more than ${MOST_FACTOR}-fold` : null;
}

/** The rules that differ. One that newly lets something through as free of charge has to be accepted. */
export function compareRules(before: Charges, after: Charges): readonly PriceChange[] {
  const [old, now] = [before, after].map(
    (charges) =>
      new Map(charges.rows().map((row) => [`${row.provider} ${row.operations.join(', ')} ${row.path}`, row] as const)),
  );
  return [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].flatMap((key): PriceChange[] => {
    const [from, to] = [old?.get(key), now?.get(key)];
    const row = to ?? from;
    if (row === undefined || from?.verdict === to?.verdict) return [];
    const change = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
    const [was, is] = [from?.verdict ?? null, to?.verdict ?? null];
    const objection = is === 'free' ? 'is free of charge by a rule' : null;
    const { provider, operations, path: what } = row;
    return [{ change, provider, model: operations.join(', '), what, before: was, after: is, objection }];
  });
}
