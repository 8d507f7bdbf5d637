import type { MeteringStore, SettlementOutcome, UnpricedNote } from '../ledger/port.ts';
import { readsOnce, upperBound } from '../money/bounds.ts';
import { type Micro, microAsCredits, microAsInteger } from '../money/microcredits.ts';
import type { Hold } from './admit.ts';
import { isCount } from './apis/wire-values.ts';
import { type Bill, billCall } from './bill.ts';
import type { Forwarded } from './forwarding.ts';
import type { JsonEdit } from './json-text.ts';
import type { ProxyLogger } from './options.ts';
import type { PriceSource } from './prices/source.ts';
import type { Quote } from './quote.ts';
import type { CallRecord } from './request-context.ts';

interface SettleTools {
  readonly store: MeteringStore;
  readonly logger: ProxyLogger;
  readonly outputTokensPerSecond: number | undefined;
}

interface Settling {
  readonly hold: Hold;
  readonly quote: Quote;
  readonly forwarded: Forwarded;
  readonly record: CallRecord;
  readonly prices: PriceSource;
  readonly at: number;
}

/**
 * Closes the hold once: charged what the call cost, released where it certainly cost nothing, kept as uncertain where the cost
 * is not known. Returns the charge that may be shown. A store that fails now leaves the hold open, which loses no money.
 */
export async function settle(call: Settling, tools: SettleTools): Promise<Micro | undefined> {
  const { forwarded, hold, record } = call;
  const { store, logger } = tools;
  try {
    const bill = forwarded.kind === 'complete' && forwarded.reported && billCall(forwarded.reported, call);
    if (bill && bill.kind === 'bill') return await charge(call, bill, store, logger);
    const reason = bill ? bill.reason : forwarded.kind === 'complete' ? 'answer_without_usage' : forwarded.reason;
    record.reason = reason;
    if (forwarded.kind === 'unspent') {
      record.outcome = 'released';
      await store.release(hold.holdId, reason, call.at);
    } else {
      record.outcome = 'uncertain';
      await store.markUncertain(hold.holdId, reason, call.at, mostMicro(call, tools.outputTokensPerSecond));
    }
  } catch (error) {
    record.outcome = 'unsettled';
    // With what was used, this line is the evidence by which the hold can be settled later.
    const { holdId } = hold;
    logger.error({ err: error, holdId, costMicro: record.costMicro, usage: record.usage }, 'a hold stays open');
  }
  return undefined;
}

/** For so long, a provider may write on until it sees that nobody reads. */
const NOTICE_SECONDS = 5;

/** The most that a call can have cost whose end is not known; undefined where that is its hold. */
function mostMicro({ quote, hold, forwarded, record }: Settling, perSecond: number | undefined): Micro | undefined {
  const { price, extent } = quote;
  if (price === undefined) return undefined;
  const said = forwarded.kind === 'unknown' ? forwarded.told : undefined;
  const told = said && Object.values(said).every(isCount) ? said : undefined;
  const seconds = (record.upstreamMs ?? Number.POSITIVE_INFINITY) / 1000 + NOTICE_SECONDS;
  const most = upperBound(price, extent, {
    input: readsOnce(extent) ? told : undefined,
    outputTokens: perSecond && Math.max(Math.ceil(perSecond * seconds), told?.outputTokens ?? 0),
  });
  // Whatever else the hold is for stays held.
  const otherMicro = hold.amountMicro - upperBound(price, extent);
  const boundMicro = otherMicro > 0n ? most + otherMicro : most;
  return boundMicro < hold.amountMicro ? boundMicro : undefined;
}

/** For a call that the proxy itself failed at: how far it came is not known, and it is not worked on any more. */
export async function leaveUncertain(
  { holdId }: Hold,
  reason: string,
  at: number,
  store: MeteringStore,
  logger: ProxyLogger,
): Promise<void> {
  try {
    await store.markUncertain(holdId, reason, at);
  } catch (error) {
    logger.error({ err: error, holdId }, 'a hold stays open');
  }
}

async function charge(
  { hold, quote, record, at }: Settling,
  { usage, costMicro, unpriced }: Bill,
  store: MeteringStore,
  logger: ProxyLogger,
): Promise<Micro | undefined> {
  record.usage = usage;
  record.costMicro = costMicro;
  const outcome = await store.settle({ holdId: hold.holdId, costMicro, usage, at });
  const charged = chargedMicro(outcome);
  record.outcome = charged === undefined ? 'unsettled' : 'settled';
  if (charged === undefined) logger.error({ holdId: hold.holdId, costMicro, usage, outcome }, 'a cost was not charged');
  if (unpriced.length > 0) {
    record.unpriced = unpriced;
    const { provider, model } = quote.price ?? quote;
    await tellUnpriced({ holdId: hold.holdId, provider, model, fields: unpriced, at }, store, logger);
  }
  return charged;
}

/** Tells the operator of a price that is missing. What goes wrong with that is not the call's problem. */
async function tellUnpriced(note: UnpricedNote, store: MeteringStore, logger: ProxyLogger): Promise<void> {
  logger.warn(note, 'a call was charged without a known price for some of its usage');
  try {
    await store.noteUnpriced?.(note);
  } catch (error) {
    logger.error({ err: error, holdId: note.holdId }, 'unpriced usage was not noted');
  }
}

/** A replay of the settlement shows what was charged then. */
function chargedMicro(outcome: SettlementOutcome): Micro | undefined {
  if (outcome.kind === 'settled') return outcome.costMicro;
  return outcome.kind === 'already_closed' && outcome.state === 'settled' ? outcome.costMicro : undefined;
}

/** The headers that show a cost. One that is not known is not shown. */
export function costHeaders(cost: Micro | undefined): Record<string, string> {
  if (cost === undefined) return {};
  return { 'x-rigbox-cost-micro': String(microAsInteger(cost)), 'x-rigbox-cost-credits': String(microAsCredits(cost)) };
}

/** The fields that show a cost, put into the object at `path`. */
export function costEdits(path: readonly string[] | undefined, cost: Micro | undefined): readonly JsonEdit[] {
  if (path === undefined || cost === undefined) return [];
  return [
    { path: [...path, 'cost_micro'], json: String(microAsInteger(cost)) },
    { path: [...path, 'cost_credits'], json: String(microAsCredits(cost)) },
  ];
}
