import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OpenHoldTotal } from '../ledger/audit.ts';
import { inTime, STORE_DEADLINE_MS } from './deadline.ts';
import { type ObservedCall, overheadSeconds, statusClass, upstreamFault } from './observed-call.ts';

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
  /** The same as data, to be added up with those of other processes. */
  figures(): Promise<Figures>;
  /** The media type of a scrape. */
  readonly contentType: string;
}

/** What a process counted, as it is sent to another one. */
export type Figures = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** The metrics of several processes that share a store, as if they were one, in Prometheus' text format. */
export async function sumOfFigures(each: readonly Figures[]): Promise<string> {
  return AggregatorRegistry.aggregate([...each]).metrics();
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
  const holds = holdMetrics(register);
  collectDefaultMetrics({ register });
  let reading: Promise<void> | undefined;

  async function readHolds(): Promise<void> {
    try {
      holds.show(await inTime(openHoldTotals(), storeTimeoutMs));
    } catch {
      holds.hide();
    } finally {
      reading = undefined;
    }
  }

  return {
    record: calls.record,
    contentType: register.contentType,
    async scrape() {
      await read();
      return register.metrics();
    },
    async figures() {
      await read();
      return register.getMetricsAsJSON();
    },
  };

  function read(): Promise<void> {
    reading ??= readHolds();
    return reading;
  }
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
  const overhead = new Histogram({
    name: 'rigkit_proxy_overhead_seconds',
    help: "The proxy's own time in forwarded calls: without the caller's upload and without the provider's time.",
    labelNames: ['api', 'streamed'],
    buckets: OVERHEAD_BUCKETS_SECONDS,
    registers,
  });
  const faults = new Counter({
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
      const seconds = overheadSeconds(call);
      if (seconds !== undefined) overhead.observe({ api, streamed: String(call.streamed ?? false) }, seconds);
      const error = upstreamFault(call);
      if (error !== undefined) faults.inc({ provider, error });
    },
  };
}

const OPEN_STATES = ['held', 'uncertain'] as const satisfies readonly OpenHoldTotal['state'][];

function holdMetrics(register: Registry) {
  const registers = [register];
  const count = new Gauge({
    name: 'rigkit_holds_open',
    help: 'Open holds in the store, by state. Processes that share a store all show the same.',
    labelNames: ['state'],
    aggregator: 'first',
    registers,
  });
  const amount = new Gauge({
    name: 'rigkit_holds_open_microcredits',
    help: 'What the open holds reserve, in microcredits, by state. Processes that share a store all show the same.',
    labelNames: ['state'],
    aggregator: 'first',
    registers,
  });
  const up = new Gauge({
    name: 'rigkit_store_up',
    help: 'Whether the store answered this scrape. While it does not, the holds are not shown.',
    aggregator: 'min',
    registers,
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
