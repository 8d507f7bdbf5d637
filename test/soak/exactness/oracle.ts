import { chargeAt, chargeForBill, type Used } from '../../harness/cost.ts';
import type { PriceBook } from '../prices/price-book.ts';
import type { Plan } from './plan.ts';
import { findDialect, findEvidence, type Side, toldBy, writtenBill } from './wire.ts';

/** What must be in the books for a request. */
export type Expected =
  | {
      readonly kind: 'settled';
      readonly costMicro: bigint;
      readonly inputTokens: number;
      readonly outputTokens: number;
    }
  /** What it cost is not known: the hold stays. */
  | { readonly kind: 'open' }
  | { readonly kind: 'nothing' };

/** `isForwarded`: the provider saw the call; one that it never saw leaves nothing. */
export function expect(plan: Plan, side: Side, isForwarded: boolean, book: PriceBook): Expected {
  if (!isForwarded) return { kind: 'nothing' };
  const dialect = findDialect(plan, side);
  const evidence = findEvidence(plan, dialect);
  if (evidence === 'none') return { kind: 'open' };
  if (evidence === 'nothing-used') return { kind: 'nothing' };
  const told = toldBy(plan, dialect);
  const usage = { inputTokens: told.input, outputTokens: told.output };
  return {
    kind: 'settled',
    costMicro: plan.payer === 'own-key' ? 0n : expectedCharge(plan, side, told, book),
    ...usage,
  };
}

/** The provider's own bill wins over the price list. */
function expectedCharge(plan: Plan, side: Side, told: Used, book: PriceBook): bigint {
  const bill = writtenBill(plan, side);
  if (bill !== undefined) return chargeForBill(bill);
  return chargeAt(book.priceOf(plan.model.maker, plan.model.name, told.input), told);
}
