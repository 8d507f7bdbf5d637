/**
 * The metering proxy as a module (`rigkit/metering-proxy`): mount it in an Express app with your own workspace lookup,
 * store, providers and prices.
 */
export type { Micro } from '../domain/microcredits.ts';
export type { ModelPrice, PriceTier, ProviderName, Rates } from '../domain/prices.ts';
export type {
  Admission,
  AdmissionOutcome,
  MeteringStore,
  Settlement,
  SettlementOutcome,
  TransitionOutcome,
} from '../domain/store.ts';
export type { TokenUsage } from '../domain/usage.ts';
export type {
  CallOutcome,
  Credential,
  DrainBounds,
  MeteringProxyOptions,
  OutcomeKind,
  ProviderAccess,
  ProviderAccesses,
  ProxyLogger,
  ProxyWorkspace,
  UpstreamTimeouts,
} from './options.ts';
export {
  createPriceSource,
  PriceFileError,
  type PriceList,
  type PriceMatch,
  type PriceOverrides,
  type PriceSource,
  parsePriceOverrides,
} from './prices/index.ts';
export { type RefusalCode, refusals } from './refusals.ts';
export { type MeteringProxy, meteringProxy } from './router.ts';
