import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OpenHoldTotal } from '../ledger/audit.ts';
import type { Micro } from '../money/microcredits.ts';
import type { Mode, ProviderName } from '../money/prices.ts';
import type { TokenUsage } from '../money/usage.ts';
import { inTime, STORE_DEADLINE_MS } from './deadline.ts';

export interface MetricsOptions {
  /** Read once per scrape. */
  readonly openHoldTotals: () => Promise<readonly OpenHoldTotal[]>;
  /** How long that may take; a scrape without it is better than none. Default 2,000. */
  readonly storeTimeoutMs?: number;
}

export interface Metrics {
  /** Counts a finished call: the proxy's `onOutcome`. */
  readonly record: (call: ObservedCall) => void;
  /** Everything in Prometheus' text format. Scrapes that come together share one reading of the store. */
  scrape(): Promise<string>;
  /** Where they are registered, for metrics of your own, or to add them up with those of other processes (prom-client's cluster support). */
  readonly register: Registry;
  /** The media type of a scrape. */
  readonly contentType: string;
}

/**
 * The part of the proxy's `CallOutcome` that is counted. Every text in it comes from a short list of the proxy's own:
 * ids, keys, subjects and the names of models are not among it.
 */
export interface ObservedCall {
  readonly outcome: string;
  /** 0: the caller left before there was one. */
  readonly status: number;
  readonly code?: string;
  readonly api: string;
  readonly operation?: string;
  readonly mode?: Mode;
  readonly provider?: ProviderName;
  readonly streamed?: boolean;
  readonly costMicro?: Micro;
  readonly usage?: TokenUsage;
  /** Counted, never shown: a provider chose the names. */
  readonly unpriced?: readonly string[];
  readonly upstreamStatus?: number;
  /** Read, never shown: it may quote a network error. */
  readonly reason?: string;
  readonly durationMs: number;
  readonly bodyMs?: number;
  readonly upstreamMs?: number;
}

/** A database on one machine answers an admission in one to three milliseconds, most of it the disk. */
const OVERHEAD_BUCKETS_SECONDS = [0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

/**
 * The metrics of one platform, in a registry of its own, with those of its process. The labels are short lists that no
 * caller can lengthen. The figures of calls are this process's since it started; the ledger is what bills are made from.
 */
export function createMetrics({ openHoldTotals, storeTimeoutMs = STORE_DEADLINE_MS }: MetricsOptions): Metrics {
  const register = new Registry();
  const calls = callMetrics(register);
  let reading: Promise<void> | undefined;
  const holds = holdMetrics(register, () => {
    reading ??= inTime(openHoldTotals(), storeTimeoutMs)
      .then(holds.show, holds.hide)
      .finally(() => {
        reading = undefined;
      });
    return reading;
  });
  collectDefaultMetrics({ register });
  return {
    record: calls.record,
    register,
    contentType: register.contentType,
    scrape: () => register.metrics(),
  };
}

function callMetrics(register: Registry): Pick<Metrics, 'record'> {
  const registers = [register];
  const requests = new Counter({
    name: 'rigkit_proxy_requests_total',
    help: 'Calls answered, by API shape and operation, provider, mode, outcome for the ledger, and class of the status.',
    labelNames: ['api', 'operation', 'provider', 'mode', 'outcome', 'status_class'],
    registers,
  });
  const refusals = new Counter({
    name: 'rigkit_proxy_refusals_total',
    help: "Calls that ended with a refusal or failure of the proxy's own, by its code.",
    labelNames: ['api', 'code'],
    registers,
  });
  const tokens = new Counter({
    name: 'rigkit_proxy_tokens_total',
    help: 'Tokens of settled calls: input with cache reads and writes, output with reasoning.',
    labelNames: ['api', 'operation', 'provider', 'mode', 'direction'],
    registers,
  });
  const charged = new Counter({
    name: 'rigkit_proxy_charged_microcredits_total',
    help: 'What settled calls were charged, in microcredits.',
    labelNames: ['api', 'operation', 'provider'],
    registers,
  });
  const unpriced = new Counter({
    name: 'rigkit_proxy_unpriced_usage_total',
    help: 'Settled calls of which some usage was charged without a known price: `rigkit ledger audit` says what.',
    labelNames: ['api', 'operation', 'provider'],
    registers,
  });
  const overhead = new Histogram({
    name: 'rigkit_proxy_overhead_seconds',
    help: "The proxy's own time in forwarded calls: without the caller's upload and without the provider's time.",
    labelNames: ['api', 'streamed'],
    buckets: OVERHEAD_BUCKETS_SECONDS,
    registers,
  });
  const errors = new Counter({
    name: 'rigkit_proxy_upstream_errors_total',
    help: 'Providers that failed: by the class of their status, or unreachable, timeout, broken.',
    labelNames: ['provider', 'error'],
    registers,
  });

  return {
    record(call) {
      const { api, operation = 'none', provider = 'none', mode = 'none', outcome, code, usage } = call;
      requests.inc({ api, operation, provider, mode, outcome, status_class: statusClass(call.status) });
      if (code !== undefined) refusals.inc({ api, code });
      if (outcome === 'settled' && usage !== undefined) {
        tokens.inc({ api, operation, provider, mode, direction: 'input' }, usage.inputTokens);
        tokens.inc({ api, operation, provider, mode, direction: 'output' }, usage.outputTokens);
        charged.inc({ api, operation, provider }, Number(call.costMicro ?? 0n));
      }
      if (call.unpriced !== undefined) unpriced.inc({ api, operation, provider });
      const seconds = overheadSeconds(call);
      if (seconds !== undefined) overhead.observe({ api, streamed: String(call.streamed ?? false) }, seconds);
      const error = upstreamError(call);
      if (error !== undefined) errors.inc({ provider, error });
    },
  };
}

const OPEN_STATES = ['held', 'uncertain'] as const satisfies readonly OpenHoldTotal['state'][];

/** `collect` reads the totals and shows or hides them. Each metric asks for it; one reading serves a whole scrape. */
function holdMetrics(register: Registry, collect: () => Promise<void>) {
  const registers = [register];
  const count = new Gauge({
    name: 'rigkit_holds_open',
    help: 'Open holds in the store, by state. Processes that share a store all show the same.',
    labelNames: ['state'],
    aggregator: 'first',
    registers,
    collect,
  });
  const amount = new Gauge({
    name: 'rigkit_holds_open_microcredits',
    help: 'What the open holds reserve, in microcredits, by state. Processes that share a store all show the same.',
    labelNames: ['state'],
    aggregator: 'first',
    registers,
    collect,
  });
  const up = new Gauge({
    name: 'rigkit_store_up',
    help: 'Whether the store answered this scrape. While it does not, the holds are not shown.',
    aggregator: 'min',
    registers,
    collect,
  });
  return {
    show(totals: readonly OpenHoldTotal[]): void {
      for (const state of OPEN_STATES) {
        const total = totals.find((candidate) => candidate.state === state);
        count.set({ state }, total?.count ?? 0);
        amount.set({ state }, Number(total?.amountMicro ?? 0n));
      }
      up.set(1);
    },
    /** An old figure would look like a new one. */
    hide(): void {
      count.reset();
      amount.reset();
      up.set(0);
    },
  };
}

/** `2xx` to `5xx`; `none` without an answer. */
function statusClass(status: number): string {
  return status === 0 ? 'none' : `${Math.floor(status / 100)}xx`;
}

/** How a provider failed, if it did: by the class of its status, else by what became of the connection. */
function upstreamError(call: ObservedCall): string | undefined {
  if (call.upstreamStatus !== undefined && call.upstreamStatus >= 300) return statusClass(call.upstreamStatus);
  if (call.code === 'provider_unreachable') return 'unreachable';
  if (call.code === 'provider_timeout') return 'timeout';
  // An answer that the proxy itself stopped reading, because its caller had left, is not the provider's error.
  if (call.code === 'provider_broken' && call.reason !== 'abandoned') return 'broken';
  return call.reason === 'ended_without_usage' ? 'broken' : undefined;
}

/** The proxy's own part in how long a forwarded call took, in seconds. Undefined for a call that was not forwarded. */
function overheadSeconds({ durationMs, bodyMs = 0, upstreamMs }: ObservedCall): number | undefined {
  return upstreamMs === undefined ? undefined : Math.max(0, durationMs - bodyMs - upstreamMs) / 1000;
}
