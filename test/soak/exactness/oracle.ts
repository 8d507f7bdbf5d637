import { chargeForAll, chargeForBill, type Used } from '../../harness/cost.ts';
import type { PriceBook } from '../prices/price-book.ts';
import type { Plan } from './plan.ts';
import { findDialect, findEvidence, type Side, servesOpenRouter, toldBesides, toldBy, writtenBill } from './wire.ts';

/** What must be in the books for a request. */
export type Expected =
  | {
      readonly kind: 'settled';
      readonly costMicro: bigint;
      readonly inputTokens: number;
      readonly outputTokens: number;
      /** What the same use costs as it was asked for: so much is held, at least. Undefined where it was asked for otherwise. */
      readonly listedMicro: bigint | undefined;
    }
  /** What it cost is not known: the hold stays. */
  | { readonly kind: 'open' }
  | { readonly kind: 'nothing' };

/** The price books of the times at which a call was admitted and settled. */
export interface BooksOfCall {
  readonly admitted: PriceBook;
  readonly settled: PriceBook;
}

/** Whether a request asks for what no list has a price for: it must not be forwarded. */
export function isRefused(plan: Plan, side: Side): boolean {
  if (plan.payer === 'own-key') return false;
  // OpenRouter has no price for searches.
  return plan.unpriced !== 'nothing' || (plan.carried.mostSearches > 0 && servesOpenRouter(plan, side));
}

/** `isForwarded`: the provider saw the call; one that it never saw leaves nothing. */
export function expect(plan: Plan, side: Side, isForwarded: boolean, books: BooksOfCall): Expected {
  if (!isForwarded) return { kind: 'nothing' };
  const dialect = findDialect(plan, side);
  const evidence = findEvidence(plan, dialect);
  if (evidence === 'none') return { kind: 'open' };
  if (evidence === 'nothing-used') return { kind: 'nothing' };
  const told = toldBy(plan, dialect);
  const all = [told, ...toldBesides(plan).map(({ used }) => used)];
  const isOwnKey = plan.payer === 'own-key';
  return {
    kind: 'settled',
    costMicro: isOwnKey ? 0n : expectedCharge(plan, side, told, books),
    inputTokens: all.reduce((sum, { input }) => sum + input, 0),
    outputTokens: all.reduce((sum, { output }) => sum + output, 0),
    listedMicro: isOwnKey ? undefined : listedCharge(plan, side, told, books),
  };
}

/** The provider's own bill wins over the price list; what it does not bill is priced as it was served. */
function expectedCharge(plan: Plan, side: Side, told: Used, books: BooksOfCall): bigint {
  const bill = writtenBill(plan, side);
  if (bill !== undefined) return chargeForBill(bill);
  const { model, served } = plan;
  const uses = [{ model: served.model ?? model.name, used: told }, ...toldBesides(plan)];
  return chargeForAll(
    uses.map((use) => {
      // The price of the model that was asked for is the one of the time of its hold.
      const book = use.model === model.name ? books.admitted : books.settled;
      return { used: use.used, ...book.priceOn(served, model.maker, use.model, use.used.input) };
    }),
  );
}

/** Tiers, other models and advisors are nothing that a request asks for. */
function listedCharge(plan: Plan, side: Side, told: Used, { admitted }: BooksOfCall): bigint | undefined {
  const { model, served, iterations, carried } = plan;
  if (Object.keys(served).length > 0) return undefined;
  if (iterations.length > (carried.compacts ? 1 : 0) || iterations.some(({ type }) => type !== 'compaction'))
    return undefined;
  if (servesOpenRouter(plan, side)) {
    const price = admitted.openRouterPrice(model.maker, model.name, told.input);
    return price && chargeForAll([{ used: told, price }]);
  }
  const uses = [told, ...toldBesides(plan).map(({ used }) => used)];
  return chargeForAll(uses.map((used) => ({ used, price: admitted.priceOf(model.maker, model.name, used.input) })));
}
