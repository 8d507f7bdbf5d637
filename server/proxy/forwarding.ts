import type { Agent } from 'undici';
import type { Micro } from '../money/microcredits.ts';
import type { Consumption } from '../money/prices.ts';
import type { Operation, PathParts, Reported } from './apis/operation.ts';
import type { JsonObject } from './apis/wire-values.ts';
import type { Drains } from './drains.ts';
import type { Address } from './headers.ts';
import type { UpstreamTimeouts } from './options.ts';
import type { Quote } from './quote.ts';
import { type Refusal, refusal } from './refusals.ts';
import { type RequestContext, sendRefusal } from './request-context.ts';
import type { ResponseShare } from './response-budget.ts';
import type { Scrubber } from './scrub.ts';
import type { Break } from './upstream.ts';

/**
 * What came of forwarding a call. The caller still lacks the end of its response, which `deliver` sends once the call is
 * settled: so the balance is right when the response is there.
 * - `complete`: the response is whole. Without `reported`, the provider did not say what it used.
 * - `unspent`: it certainly cost nothing.
 * - `unknown`: it was dispatched, and its cost is not known.
 */
export type Forwarded =
  | {
      readonly kind: 'complete';
      readonly reported: Reported | undefined;
      /** `cost` undefined: not known, and then it is not shown (never as zero). */
      deliver(cost: Micro | undefined): Promise<void>;
    }
  | { readonly kind: 'unspent'; readonly reason: string; deliver(): Promise<void> }
  | {
      readonly kind: 'unknown';
      readonly reason: string;
      /** What the provider has told until then: more output may have followed. */
      readonly told?: Consumption | undefined;
      deliver(): Promise<void>;
    };

/** A call that is admitted, or needs no admission. */
export interface ForwardCall {
  readonly context: RequestContext;
  readonly operation: Operation;
  readonly parts: PathParts;
  /** The caller's body, before anything was put in. */
  readonly request: JsonObject | undefined;
  readonly quote: Quote;
  /** Whether the provider is called with the workspace's own key. */
  readonly isOwnKey: boolean;
  readonly responseShare: ResponseShare;
}

export interface Forwarding extends ForwardCall {
  readonly scrubber: Scrubber;
}

export interface ForwardTools {
  readonly agent: Agent;
  readonly scrubberFor: (providerKey: string) => Scrubber;
  readonly addressFor: (url: string) => Address;
  readonly drains: Drains;
  readonly timeouts: Required<UpstreamTimeouts>;
}

/** The call was dispatched and its response did not come whole: it may have cost something, so it must not be repeated. */
export function lost({ context }: Forwarding, reason: Break | 'malformed'): Forwarded {
  return { kind: 'unknown', reason, deliver: async () => sendRefusal(context, lossRefusal(reason)) };
}

export function lossRefusal(reason: Break | 'malformed'): Refusal {
  const code = reason === 'timeout' ? 'provider_timeout' : 'provider_broken';
  return refusal(code, { headers: { 'x-should-retry': 'false' } });
}
