/**
 * The metering proxy as a module (`rigkit/metering-proxy`): mount it in an Express app with your own workspace lookup,
 * store, providers and prices.
 */

export type {
  Admission,
  AdmissionOutcome,
  MeteringStore,
  Settlement,
  SettlementOutcome,
  TransitionOutcome,
} from '../ledger/port.ts';
export type { Micro } from '../money/microcredits.ts';
export type { ModelPrice, PriceTier, ProviderName, Rates } from '../money/prices.ts';
export type { TokenUsage } from '../money/usage.ts';
export {
  type ChargeAddition,
  type ChargeRow,
  type Charges,
  chargeAdditions,
  createCharges,
} from './charges/index.ts';
export { type MeteringProxy, meteringProxy } from './metering-proxy.ts';
export type {
  ApiName,
  BodyBounds,
  CallOutcome,
  Credential,
  DrainBounds,
  KeptId,
  KeptIds,
  MeteringProxyOptions,
  OutcomeKind,
  ProviderAccess,
  ProviderAccesses,
  ProxyLogger,
  ProxyWorkspace,
  UpstreamTimeouts,
} from './options.ts';
export { PriceFileError, type PriceOverrides, parsePriceOverrides } from './prices/overrides.ts';
export {
  createPriceSource,
  type PriceList,
  type PriceMatch,
  type PriceSource,
} from './prices/source.ts';
export { type RefusalCode, refusals } from './refusals.ts';
