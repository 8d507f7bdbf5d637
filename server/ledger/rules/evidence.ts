import type { Micro } from '../../money/microcredits.ts';
import type { Mode } from '../../money/prices.ts';
import { costAtPrice, type ModelPrice, usdToMicro } from '../../money/prices.ts';
import { NO_USAGE, type TokenUsage } from '../../money/usage.ts';

/** What a provider's books say about one call. */
export interface Evidence {
  readonly holdId: string;
  /** What the provider charged, in US dollars, as a decimal. */
  readonly costUsd: string | undefined;
  readonly usage: TokenUsage | undefined;
}

export type EvidencedCost =
  | { readonly kind: 'cost'; readonly costMicro: Micro; readonly usage: TokenUsage }
  /** Tokens without a price say nothing about the cost. */
  | { readonly kind: 'unpriced' };

/**
 * What a call cost by its evidence: the provider's own bill where there is one, else the tokens at the price of that time,
 * rounded up once; nothing in byok. `price` undefined: none is known.
 */
export function evidencedCost({ costUsd, usage }: Evidence, mode: Mode, price: ModelPrice | undefined): EvidencedCost {
  if (mode === 'byok') return { kind: 'cost', costMicro: 0n, usage: usage ?? NO_USAGE };
  const billed = costUsd === undefined ? undefined : usdToMicro(costUsd);
  if (billed !== undefined) return { kind: 'cost', costMicro: billed, usage: usage ?? NO_USAGE };
  if (usage === undefined || price === undefined) return { kind: 'unpriced' };
  return { kind: 'cost', costMicro: costAtPrice(price, usage), usage };
}
