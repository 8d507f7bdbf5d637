import type { Agent } from 'undici';
import type { Micro } from '../../money/microcredits.ts';
import type { Scrubber } from '../bytes/scrub.ts';
import { answerRefusal, type Exchange } from '../exchange.ts';
import type { UpstreamTimeouts } from '../options.ts';
import type { JsonObject, Operation, PathParts, Reported } from '../providers/operation.ts';
import type { Quote } from '../quote.ts';
import { type Refusal, refusal } from '../refusals.ts';
import type { Address } from '../upstream/address.ts';
import type { Break, Opened } from '../upstream/dispatch.ts';
import type { Drains } from '../upstream/drain.ts';

/**
 * What came of forwarding a call. The caller still lacks the end of its answer, which `deliver` sends once the call is
 * settled: so the balance is right when the answer is there (contract section 4).
 * - `complete`: the answer is whole. Without `reported`, the provider did not say what it used.
 * - `unspent`: it certainly cost nothing.
 * - `unknown`: it was dispatched, and nobody knows what it cost.
 */
export type Forwarded =
  | {
      readonly kind: 'complete';
      readonly reported: Reported | undefined;
      /** `cost` undefined: not known, and then it is not shown (never as zero). */
      deliver(cost: Micro | undefined): Promise<void>;
    }
  | { readonly kind: 'unspent' | 'unknown'; readonly reason: string; deliver(): Promise<void> };

/** A call that is admitted, or needs no admission. */
export interface ForwardCall {
  readonly exchange: Exchange;
  readonly operation: Operation;
  readonly parts: PathParts;
  /** The caller's body, before anything was put in. */
  readonly request: JsonObject | undefined;
  readonly quote: Quote;
  /** Whether the provider is called with the workspace's own key. */
  readonly isOwnKey: boolean;
}

export interface Forwarding extends ForwardCall {
  readonly scrubber: Scrubber;
}

/** A provider's answer, from its head on. */
export type Answer = Extract<Opened, { kind: 'opened' }>;

export interface ForwardTools {
  readonly agent: Agent;
  readonly scrubberFor: (providerKey: string) => Scrubber;
  readonly addressOf: (url: string) => Address;
  readonly drains: Drains;
  readonly timeouts: Required<UpstreamTimeouts>;
}

/** The call was dispatched and its answer did not come whole: it may have cost something, so it must not be repeated. */
export function lost({ exchange }: Forwarding, reason: Break | 'malformed'): Forwarded {
  return {
    kind: 'unknown',
    reason,
    deliver: async () => answerRefusal(exchange, lossRefusal(reason)),
  };
}

export function lossRefusal(reason: Break | 'malformed'): Refusal {
  const code = reason === 'timeout' ? 'provider_timeout' : 'provider_broken';
  return refusal(code, { headers: { 'x-should-retry': 'false' } });
}
