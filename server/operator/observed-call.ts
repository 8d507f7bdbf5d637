import type { Micro } from '../money/microcredits.ts';
import type { Mode, ProviderName } from '../money/prices.ts';
import type { TokenUsage } from '../money/usage.ts';

/**
 * The part of the proxy's `CallOutcome` that is counted. Every text in it comes from a short list of the proxy's own;
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
  readonly upstreamStatus?: number;
  /** Read, never shown: it may quote a network error. */
  readonly reason?: string;
  readonly durationMs: number;
  readonly bodyMs?: number;
  readonly upstreamMs?: number;
}

/** `2xx` to `5xx`; `none` without an answer. */
export function statusClass(status: number): string {
  return status === 0 ? 'none' : `${Math.floor(status / 100)}xx`;
}

/** How a provider failed, if it did: by the class of its status, else by what became of the connection. */
export function upstreamFault(call: ObservedCall): string | undefined {
  if (call.upstreamStatus !== undefined && call.upstreamStatus >= 300) return statusClass(call.upstreamStatus);
  if (call.code === 'provider_unreachable') return 'unreachable';
  if (call.code === 'provider_timeout') return 'timeout';
  // An answer that the proxy itself stopped reading, because its caller had left, is no fault of the provider's.
  if (call.code === 'provider_broken' && call.reason !== 'abandoned') return 'broken';
  return call.reason === 'ended_without_usage' ? 'broken' : undefined;
}

/** The proxy's own part in how long a forwarded call took, in seconds. Undefined for a call that was not forwarded. */
export function overheadSeconds({ durationMs, bodyMs = 0, upstreamMs }: ObservedCall): number | undefined {
  return upstreamMs === undefined ? undefined : Math.max(0, durationMs - bodyMs - upstreamMs) / 1000;
}
